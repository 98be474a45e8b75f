// The French texts of surveys.
import type { SurveyTexts } from './survey-texts.ts';

const number = (value: number) => value.toLocaleString('fr');

export const FRENCH: SurveyTexts = {
  language: 'fr',
  scales: {
    csat: {
      lead: '',
      question: () => 'Êtes-vous satisfait de l’aide reçue ?',
      labels: ['Très insatisfait', 'Insatisfait', 'Neutre', 'Satisfait', 'Très satisfait'],
      subject: (company) => `Comment s’en est sorti ${company} ?`,
    },
    ces: {
      lead: 'Dans quelle mesure êtes-vous d’accord ?',
      question: (company) => `${company} m’a permis de régler mon problème facilement.`,
      labels: [
        'Pas du tout d’accord',
        'Pas d’accord',
        'Plutôt pas d’accord',
        'Ni d’accord ni pas d’accord',
        'Plutôt d’accord',
        'D’accord',
        'Tout à fait d’accord',
      ],
      subject: (company) => `A-t-il été facile d’obtenir l’aide de ${company} ?`,
    },
    nps: {
      lead: '',
      question: (company) => `Quelle est la probabilité que vous recommandiez ${company} à un ami ou à un collègue ?`,
      labels: ['Pas du tout probable', '', '', '', '', '', '', '', '', '', 'Très probable'],
      subject: (company) => `Recommanderiez-vous ${company} ?`,
      intro: (company) =>
        `Chez ${company}, nous aimerions savoir ce que vous pensez de nous. Moins d’une minute suffit.`,
    },
    pulse: {
      lead: '',
      question: () => 'Comment s’est passé votre travail ces dernières semaines ?',
      labels: ['Très mal', 'Mal', 'Ni bien ni mal', 'Bien', 'Très bien'],
      subject: (company) => `Comment va le travail chez ${company} ?`,
      intro: () => 'Une question sur votre travail. Personne ne voit qui a répondu quoi.',
    },
  },
  drivers: {
    speed: 'La rapidité',
    knowledge: 'Les connaissances de l’équipe',
    friendliness: 'La façon dont on m’a traité',
    solution: 'La solution elle-même',
    effort: 'L’effort que cela m’a demandé',
  },
  greeting: (name) => (name ? `Bonjour ${name},` : 'Bonjour,'),
  request: (ticketId) => `nº ${ticketId}`,
  mail: {
    intro: (company, request) =>
      `${company} a marqué votre demande ${request} comme résolue. Nous direz-vous comment cela s’est passé ? Moins d’une minute suffit.`,
    how: 'Choisir une réponse ouvre une page ; cela seul n’enregistre aucune réponse. Ce que vous y choisissez ou écrivez peut être enregistré avant que vous n’appuyiez sur « Envoyer ».',
    expires: (date) => `Vous pouvez répondre, ou modifier votre réponse, jusqu’au ${date}.`,
    unsubscribe: 'Ne plus recevoir d’enquêtes',
    unsubscribeWhy: (company) => `Vous recevez ce message parce que vous avez demandé de l’aide à ${company}.`,
    scoreLink: (score, label) => `${score} : ${label}`,
  },
  form: {
    title: 'Comment cela s’est-il passé ?',
    about: (request) => `À propos de votre demande ${request}`,
    comment: 'Souhaitez-vous ajouter quelque chose ?',
    followUp: {
      low: 'Qu’est-ce qui n’a pas marché ?',
      middle: 'Que pourrions-nous améliorer ?',
      high: 'Qu’avons-nous bien fait ?',
    },
    drivers: 'Qu’est-ce qui a le plus compté ?',
    mayContact: (company) => `${company} peut me contacter au sujet de cette réponse`,
    saved: 'Enregistré',
    optional: 'facultatif',
    commentHint: (limit) => `Jusqu’à ${number(limit)} caractères.`,
    privacy: (company) =>
      `L’équipe d’assistance de ${company} lit chaque réponse. N’indiquez ni mot de passe ni numéro de carte.`,
    send: 'Envoyer',
    errorTitle: 'Vérifiez votre réponse',
    errorPrefix: 'Erreur : ',
    scoreMissing: 'Choisissez une des réponses.',
    commentTooLong: (length, limit) =>
      `Votre commentaire compte ${number(length)} caractères ; ramenez-le à ${number(limit)}.`,
    changing: (answer) => `Vous aviez répondu « ${answer} ». Envoyer ce formulaire modifie votre réponse.`,
    change: 'Envoyer la modification',
  },
  thanks: {
    title: 'Merci',
    lead: (company) => `Votre réponse est parvenue à l’équipe d’assistance de ${company}.`,
    yourAnswer: 'Votre réponse',
    yourComment: 'Votre commentaire',
    openUntil: (date) => `Vous pouvez la modifier jusqu’au ${date}.`,
    change: 'Modifier ma réponse',
  },
  pulse: {
    open: 'Répondre à la question',
    how: 'Ce message ne mentionne volontairement aucune réponse : votre choix n’est connu que de la page.',
    expires: (date) => `Vous pouvez répondre jusqu’au ${date}.`,
    unsubscribeWhy: (company) =>
      `Vous recevez ce message parce que vous répondez aux demandes des clients de ${company}.`,
    promise:
      'Votre réponse est anonyme : elle est enregistrée sans votre nom et n’est montrée qu’une fois l’enquête close, et seulement si au moins cinq personnes ont répondu. Elle ne peut plus être modifiée ensuite. N’écrivez rien qui permette de savoir qui vous êtes.',
    confirm: {
      title: 'Confirmez votre réponse',
      text: 'Les programmes qui vérifient les messages remplissent aussi des formulaires ; montrez que vous n’en êtes pas un. Rien n’a encore été enregistré.',
      again: (score) => `Saisissez le numéro de votre réponse : ${score}`,
      mismatch: 'Ce numéro n’est pas celui de votre réponse.',
    },
    thanks: {
      title: 'Merci',
      text: () => 'Votre réponse a été enregistrée sans votre nom. Elle ne peut plus être modifiée.',
    },
    answered: {
      title: 'Ce lien a déjà servi',
      text: () =>
        'Chaque personne répond une fois. Les réponses étant anonymes, la vôtre ne peut être ni montrée ni modifiée.',
    },
  },
  followUp: {
    subject: (company) => `Votre réponse à l’enquête de ${company}`,
  },
  thankYou: {
    subject: (company) => `${company} vous remercie`,
    text: (company, agent) =>
      agent === ''
        ? `Merci de recommander ${company}. Toute l’équipe a été heureuse de le lire.`
        : `Merci de recommander ${company}. ${agent} et toute l’équipe ont été heureux de le lire.`,
    link: 'Écrire un avis',
  },
  closed: {
    expired: {
      title: 'Cette enquête est terminée',
      text: (company) => `Le délai de réponse est passé. Pour en dire plus à ${company}, répondez à votre demande.`,
    },
    expiredAnswered: {
      title: 'Cette enquête est terminée',
      text: (company) => `${company} a votre réponse. Elle ne peut plus être modifiée.`,
    },
    unknown: {
      title: 'Nous ne connaissons pas ce lien',
      text: () =>
        'Il est peut-être incomplet. Ouvrez-le de nouveau depuis le message, ou copiez l’adresse entière dans votre navigateur.',
    },
    cancelled: { title: 'Cette enquête n’est plus ouverte', text: () => 'Vous n’avez rien à faire.' },
    busy: {
      title: 'Un instant, s’il vous plaît',
      text: () => 'Il y a eu trop de requêtes depuis votre réseau. Réessayez dans une minute.',
    },
    busySending: {
      title: 'Un instant, s’il vous plaît',
      text: () =>
        'Il y a eu trop de requêtes depuis votre réseau. Votre réponse n’est pas perdue : dans une minute, appuyez sur le bouton pour la renvoyer.',
    },
    tooLarge: {
      title: 'Ce texte est trop long',
      text: () =>
        'Votre réponse n’a pas été enregistrée. Revenez en arrière, raccourcissez votre commentaire et renvoyez-le.',
    },
    trouble: {
      title: 'Cela n’a pas fonctionné',
      text: () => 'Le problème vient de nous. Réessayez dans quelques minutes ; votre lien reste valable.',
    },
  },
  unsubscribe: {
    ask: {
      title: 'Plus d’enquêtes ?',
      text: (company) =>
        `Appuyez sur le bouton pour ne plus recevoir d’enquêtes de ${company}. Vous recevrez toujours les messages sur vos demandes.`,
    },
    confirm: 'Ne plus en recevoir',
    done: {
      title: 'Plus d’enquêtes',
      text: (company) =>
        `${company} ne vous enverra plus d’enquêtes. Vous recevrez toujours les messages sur vos demandes.`,
    },
    undo: 'Recevoir de nouveau des enquêtes',
    askAgain: {
      title: 'De nouveau des enquêtes ?',
      text: (company) => `Appuyez sur le bouton pour recevoir de nouveau des enquêtes de ${company}.`,
    },
    undone: {
      title: 'Heureux de vous revoir',
      text: (company) => `Vous pourrez de nouveau recevoir des enquêtes de ${company}.`,
    },
  },
};
