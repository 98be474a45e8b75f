// The German texts of the company page and the explainer.
import type { CompanyTexts } from './company-texts.ts';

export const GERMAN: CompanyTexts = {
  language: 'de',
  name: 'Deutsch',
  title: 'Was Kundinnen und Kunden sagen',
  periods: { week: 'Woche', month: 'Monat', quarter: 'Quartal' },
  periodsLabel: 'Zeitraum',
  languagesLabel: 'Sprache',
  answers: (n) => `Antworten: ${n}`,
  interval: (low, high) => `95-%-Intervall: ${low} bis ${high}`,
  response: (rate, answered, asked) => `Rücklaufquote: ${rate} (${answered} von ${asked})`,
  tooFew: (least) =>
    `Weniger als ${least} Antworten, hier oder als Differenz zu anderen Zeiträumen: nichts wird gezeigt, damit niemand zu erkennen ist.`,
  nothing: 'Es gibt noch keine Umfrage.',
  change: {
    up: 'Wirklich höher als im Zeitraum davor.',
    down: 'Wirklich niedriger als im Zeitraum davor.',
    same: 'Wie im Zeitraum davor.',
    unclear:
      'Ob es sich vom Zeitraum davor unterscheidet, lässt sich nicht sagen: der Zufall allein kann es erklären, oder es gibt zu wenige Antworten.',
  },
  trend: 'Verlauf',
  launches: 'Was geschehen ist',
  columns: { period: 'Ab', score: 'Wert', answers: 'Antworten', interval: '95-%-Intervall' },
  drivers: 'Genannte Gründe',
  imported: (n, tool) => `Aus ${tool} übernommen: ${n}; in keiner Rücklaufquote enthalten.`,
  otherTool: 'einem anderen Programm',
  footnote: (least) =>
    `Keine Namen, Tickets oder Kommentare. Was weniger als ${least} Personen sagten, fehlt, auch was es als Differenz verriete.`,
  about: 'Was diese Werte bedeuten',
  back: 'Zurück zu den Werten',
  notices: {
    unknown: { title: 'Hier ist nichts', text: 'Prüfen Sie die Adresse.' },
    revoked: { title: 'Dieser Link wurde widerrufen', text: 'Fragen Sie die Admins Ihres Helpdesks nach einem neuen.' },
    busy: { title: 'Zu viele Anfragen', text: 'Laden Sie die Seite in einer Minute neu.' },
    trouble: { title: 'Die Seite hat ein Problem', text: 'Es liegt an uns. Laden Sie die Seite gleich noch einmal.' },
  },
  kinds: {
    nps: {
      heading: 'NPS: würde man uns empfehlen?',
      counted: 'Anteil der Promotoren minus Anteil der Kritiker, mal 100: von −100 bis +100.',
      source: 'Reichheld, „The One Number You Need to Grow“, Harvard Business Review, 2003',
    },
    csat: {
      heading: 'CSAT: wie zufrieden ist man mit der Hilfe?',
      counted: 'Anteil der Antworten 4 und 5.',
      source: 'Die beiden besten Antworten, wie bei Zufriedenheit üblich',
    },
    ces: {
      heading: 'CES: wie leicht ist es, Hilfe zu bekommen?',
      counted: 'Anteil der Antworten 5, 6 und 7.',
      source: 'Dixon, Toman und DeLisi, „The Effortless Experience“, 2013 (CES 2.0)',
    },
  },
  classes: {
    promoter: 'Promotoren',
    passive: 'Passive',
    detractor: 'Kritiker',
    happy: 'zufrieden',
    neutral: 'neutral',
    unhappy: 'unzufrieden',
    easy: 'leicht',
    hard: 'schwer',
  },
  explain: {
    title: (company) => `Was die Umfragewerte von ${company} bedeuten`,
    intro: (company) => `Für alle, die bei ${company} arbeiten: was gefragt wird und wie Antworten gezählt werden.`,
    question: 'Frage',
    scale: (lowest, highest) => `Skala: ${lowest} bis ${highest}`,
    asked: {
      atOnce: 'Gefragt wird, sobald die Anfrage gelöst ist.',
      solve: (when) => `Gefragt wird nach der Lösung der Anfrage; Abstand: ${when}.`,
      campaign: (when) =>
        `Jede Person wird höchstens einmal in diesem Zeitraum gefragt, ob sie uns schrieb oder nicht: ${when}.`,
    },
    requests: {
      about: (categories) => `Nur nach Anfragen zu: ${categories}.`,
      allBut: (categories) => `Nach allen Anfragen außer denen zu: ${categories}.`,
      none: 'Zurzeit wird nach keiner Art von Anfrage gefragt.',
    },
    conditions: 'Davon werden nur diejenigen gefragt, auf die die Bedingungen in den Einstellungen zutreffen.',
    sample: (share) => `Anteil der Gefragten: ${share}; wer in der Stichprobe ist, bleibt darin.`,
    remind: (after) => `Wer nicht geantwortet hat, wird einmal erinnert; Abstand: ${after}.`,
    open: (duration) => `So lange sind Antworten und Änderungen möglich: ${duration}.`,
    businessHours: (hours) => `${hours} Geschäftszeit`,
    rulesTitle: 'Wie oft gefragt wird',
    contact: (every) =>
      `Niemand wird häufiger als einmal in diesem Zeitraum gefragt, alle Umfragen zusammen: ${every}.`,
    rest: (duration) => `Nach der ersten Anfrage wird zunächst nicht gefragt; Ruhezeit: ${duration}.`,
    unsubscribe: 'Wer sich abmeldet, wird nie wieder gefragt.',
    readingTitle: 'Wie man einen Wert liest',
    reading: [
      'Ein Wert ist eine Schätzung aus den Antworten. Das 95-%-Intervall sagt, wie sicher sie ist: je weniger Antworten, desto breiter.',
      'Bei weniger als 30 Antworten wird nichts beurteilt. Eine Änderung heißt wirklich, wenn der Zufall allein eine so große in weniger als einem von zwanzig Fällen hervorbringt.',
      'Die Rücklaufquote ist der Anteil der zugestellten Umfragen, die beantwortet wurden. Wo sie niedrig ist, können sich die Antwortenden von den anderen unterscheiden.',
      'Antworten, die von Prüfprogrammen für E-Mail stammen, zählen nicht.',
    ],
    benchmarksTitle: 'Was andere erreichen',
    noBenchmarks: 'In der Policy steht kein Vergleichswert („benchmark“ eines Ziels oder des NPS).',
    benchmark: (text, source) => `${text} (${source})`,
    caution:
      'Werte anderer Firmen hängen von Frage, Skala, Kanal und Kundschaft ab. Vergleichen Sie sich zuerst mit sich selbst.',
    madeFrom: (date) => `Erstellt aus den Einstellungen, die am ${date} galten.`,
  },
};
