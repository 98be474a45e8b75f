// The French texts of the company page and the explainer.
import type { CompanyTexts } from './company-texts.ts';

export const FRENCH: CompanyTexts = {
  language: 'fr',
  name: 'Français',
  title: 'Ce que disent les clients',
  periods: { week: 'Semaine', month: 'Mois', quarter: 'Trimestre' },
  periodsLabel: 'Période',
  languagesLabel: 'Langue',
  answers: (n) => `Réponses : ${n}`,
  interval: (low, high) => `Intervalle à 95 % : de ${low} à ${high}`,
  response: (rate, answered, asked) => `Taux de réponse : ${rate} (${answered} sur ${asked})`,
  tooFew: (least) =>
    `Moins de ${least} réponses, ici ou par différence avec d’autres périodes : rien n’est affiché, pour que personne ne soit reconnu.`,
  nothing: 'Il n’y a pas encore d’enquête.',
  change: {
    up: 'Réellement plus haut que dans la période précédente.',
    down: 'Réellement plus bas que dans la période précédente.',
    same: 'Comme dans la période précédente.',
    unclear:
      'On ne peut pas dire si cela diffère de la période précédente : le hasard peut l’expliquer, ou il y a trop peu de réponses.',
  },
  trend: 'Tendance',
  launches: 'Ce qui s’est passé',
  columns: { period: 'À partir du', score: 'Score', answers: 'Réponses', interval: 'Intervalle à 95 %' },
  drivers: 'Raisons données par les clients',
  imported: (n, tool) => `Importées de ${tool} : ${n} ; elles ne sont dans aucun taux de réponse.`,
  otherTool: 'un autre outil',
  footnote: (least) =>
    `Ni noms, ni tickets, ni commentaires. Ce que moins de ${least} clients ont dit est omis, ainsi que tout ce qui le révélerait par différence.`,
  about: 'Ce que signifient ces scores',
  back: 'Retour aux scores',
  notices: {
    unknown: { title: 'Il n’y a rien ici', text: 'Vérifiez l’adresse.' },
    revoked: {
      title: 'Ce lien a été révoqué',
      text: 'Demandez-en un nouveau à un administrateur de votre assistance.',
    },
    busy: { title: 'Trop de requêtes', text: 'Rechargez la page dans une minute.' },
    trouble: { title: 'La page a un problème', text: 'Le problème vient de nous. Rechargez-la dans un instant.' },
  },
  kinds: {
    nps: {
      heading: 'NPS : les clients nous recommanderaient-ils ?',
      counted: 'Part des promoteurs moins part des détracteurs, fois 100 : de −100 à +100.',
      source: 'Reichheld, « The One Number You Need to Grow », Harvard Business Review, 2003',
    },
    csat: {
      heading: 'CSAT : les clients sont-ils satisfaits de l’aide ?',
      counted: 'Part des réponses 4 et 5.',
      source: 'Les deux meilleures réponses, comme d’usage pour la satisfaction',
    },
    ces: {
      heading: 'CES : est-il facile d’obtenir de l’aide ?',
      counted: 'Part des réponses 5, 6 et 7.',
      source: 'Dixon, Toman et DeLisi, « The Effortless Experience », 2013 (CES 2.0)',
    },
  },
  classes: {
    promoter: 'promoteurs',
    passive: 'passifs',
    detractor: 'détracteurs',
    happy: 'satisfaits',
    neutral: 'neutres',
    unhappy: 'insatisfaits',
    easy: 'facile',
    hard: 'difficile',
  },
  explain: {
    title: (company) => `Ce que signifient les scores des enquêtes de ${company}`,
    intro: (company) =>
      `Pour tous ceux qui travaillent chez ${company} : ce qui est demandé aux clients, et comment leurs réponses sont comptées.`,
    question: 'Question',
    scale: (lowest, highest) => `Échelle : de ${lowest} à ${highest}`,
    asked: {
      atOnce: 'Les clients sont interrogés dès que leur demande est résolue.',
      solve: (when) => `Les clients sont interrogés après la résolution de leur demande ; délai : ${when}.`,
      campaign: (when) =>
        `Chaque client est interrogé au plus une fois dans ce délai, qu’il ait écrit ou non : ${when}.`,
    },
    requests: {
      about: (categories) => `Seulement après les demandes au sujet de : ${categories}.`,
      allBut: (categories) => `Après toutes les demandes, sauf celles au sujet de : ${categories}.`,
      none: 'Elle ne suit à présent aucun type de demande.',
    },
    conditions: 'Parmi ces clients, seuls ceux qui remplissent les conditions des réglages sont interrogés.',
    sample: (share) => `Part des clients interrogés : ${share} ; qui est dans l’échantillon y reste.`,
    remind: (after) => `Qui n’a pas répondu reçoit un seul rappel ; délai : ${after}.`,
    open: (duration) => `On peut répondre et modifier sa réponse pendant ${duration}.`,
    businessHours: (hours) => `${hours} ouvrées`,
    rulesTitle: 'À quelle fréquence les clients sont interrogés',
    contact: (every) =>
      `Personne n’est interrogé plus d’une fois dans ce délai, toutes enquêtes confondues : ${every}.`,
    rest: (duration) => `Les nouveaux clients ne sont pas interrogés après leur première demande pendant ${duration}.`,
    unsubscribe: 'Qui se désabonne n’est plus jamais interrogé.',
    readingTitle: 'Comment lire un score',
    reading: [
      'Un score est une estimation faite à partir de ceux qui ont répondu. L’intervalle à 95 % dit à quel point il est sûr : moins il y a de réponses, plus il est large.',
      'Avec moins de 30 réponses, rien n’est jugé. Un changement est dit réel si le hasard seul en produit un aussi grand dans moins d’un cas sur vingt.',
      'Le taux de réponse est la part des enquêtes livrées qui ont reçu une réponse. S’il est bas, ceux qui ont répondu peuvent différer des autres.',
      'Les réponses envoyées par des programmes qui contrôlent le courrier ne comptent pas.',
    ],
    benchmarksTitle: 'Ce que d’autres atteignent',
    noBenchmarks: 'La politique ne contient aucune référence (« benchmark » d’un objectif ou du NPS).',
    benchmark: (text, source) => `${text} (${source})`,
    caution:
      'Les scores d’autres entreprises dépendent de leur question, échelle, canal et clientèle. Comparez-vous d’abord à vous-même.',
    madeFrom: (date) => `Établi d’après les réglages en vigueur le ${date}.`,
  },
};
