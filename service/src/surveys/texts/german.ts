// The German texts of surveys.
import type { SurveyTexts } from './survey-texts.ts';

const number = (value: number) => value.toLocaleString('de');

export const GERMAN: SurveyTexts = {
  language: 'de',
  scales: {
    csat: {
      lead: '',
      question: () => 'Wie zufrieden sind Sie mit der Hilfe, die Sie erhalten haben?',
      labels: ['Sehr unzufrieden', 'Unzufrieden', 'Weder noch', 'Zufrieden', 'Sehr zufrieden'],
      subject: (company) => `Wie war ${company}?`,
    },
    ces: {
      lead: 'Wie sehr stimmen Sie zu?',
      question: (company) => `${company} hat es mir leicht gemacht, mein Anliegen zu klären.`,
      labels: [
        'Stimme gar nicht zu',
        'Stimme nicht zu',
        'Stimme eher nicht zu',
        'Weder noch',
        'Stimme eher zu',
        'Stimme zu',
        'Stimme voll zu',
      ],
      subject: (company) => `War es leicht, von ${company} Hilfe zu bekommen?`,
    },
    nps: {
      lead: '',
      question: (company) => `Wie wahrscheinlich ist es, dass Sie ${company} Freunden oder Kollegen weiterempfehlen?`,
      labels: ['Sehr unwahrscheinlich', '', '', '', '', '', '', '', '', '', 'Sehr wahrscheinlich'],
      subject: (company) => `Würden Sie ${company} empfehlen?`,
      intro: (company) => `Wir von ${company} möchten wissen, was Sie von uns halten. Es dauert keine Minute.`,
    },
    pulse: {
      lead: '',
      question: () => 'Wie war Ihre Arbeit in den letzten Wochen?',
      labels: ['Sehr schlecht', 'Schlecht', 'Weder noch', 'Gut', 'Sehr gut'],
      subject: (company) => `Wie läuft die Arbeit bei ${company}?`,
      intro: () => 'Eine Frage zu Ihrer Arbeit. Niemand sieht, wer was geantwortet hat.',
    },
  },
  drivers: {
    speed: 'Wie schnell es ging',
    knowledge: 'Das Wissen des Teams',
    friendliness: 'Wie ich behandelt wurde',
    solution: 'Die Lösung selbst',
    effort: 'Wie viel ich selbst tun musste',
  },
  greeting: (name) => (name ? `Guten Tag ${name},` : 'Guten Tag,'),
  request: (ticketId) => `Nr. ${ticketId}`,
  mail: {
    intro: (company, request) =>
      `${company} hat Ihre Anfrage ${request} als gelöst markiert. Sagen Sie uns, wie es war? Es dauert keine Minute.`,
    how: 'Wenn Sie eine Antwort wählen, öffnet sich eine Seite; das allein speichert keine Antwort. Was Sie dort wählen oder schreiben, kann gespeichert werden, bevor Sie auf „Senden“ drücken.',
    expires: (date) => `Sie können bis zum ${date} antworten und Ihre Antwort ändern.`,
    unsubscribe: 'Keine Umfragen mehr',
    unsubscribeWhy: (company) => `Sie erhalten diese E-Mail, weil Sie ${company} um Hilfe gebeten haben.`,
    scoreLink: (score, label) => `${score}: ${label}`,
  },
  form: {
    title: 'Wie war es?',
    about: (request) => `Zu Ihrer Anfrage ${request}`,
    comment: 'Möchten Sie etwas hinzufügen?',
    followUp: {
      low: 'Was ist schiefgegangen?',
      middle: 'Was könnten wir besser machen?',
      high: 'Was haben wir gut gemacht?',
    },
    drivers: 'Was war am wichtigsten?',
    mayContact: (company) => `${company} darf mich zu dieser Antwort kontaktieren`,
    saved: 'Gespeichert',
    optional: 'freiwillig',
    commentHint: (limit) => `Bis zu ${number(limit)} Zeichen.`,
    privacy: (company) =>
      `Das Support-Team von ${company} liest jede Antwort. Bitte nennen Sie keine Passwörter und Kartennummern.`,
    send: 'Senden',
    errorTitle: 'Bitte prüfen Sie Ihre Antwort',
    errorPrefix: 'Fehler: ',
    scoreMissing: 'Wählen Sie eine der Antworten.',
    commentTooLong: (length, limit) =>
      `Ihr Kommentar hat ${number(length)} Zeichen; bitte kürzen Sie ihn auf ${number(limit)}.`,
    changing: (answer) => `Sie hatten „${answer}“ geantwortet. Dieses Formular ändert Ihre Antwort.`,
    change: 'Änderung senden',
  },
  thanks: {
    title: 'Vielen Dank',
    lead: (company) => `Ihre Antwort ist beim Support-Team von ${company} angekommen.`,
    yourAnswer: 'Ihre Antwort',
    yourComment: 'Ihr Kommentar',
    openUntil: (date) => `Sie können sie bis zum ${date} ändern.`,
    change: 'Meine Antwort ändern',
  },
  pulse: {
    open: 'Frage beantworten',
    how: 'Die Mail nennt mit Absicht keine Antwort: Was Sie wählen, erfährt nur die Seite.',
    expires: (date) => `Sie können bis zum ${date} antworten.`,
    unsubscribeWhy: (company) =>
      `Sie erhalten diese Mail, weil Sie Anfragen von Kundinnen und Kunden von ${company} beantworten.`,
    promise:
      'Ihre Antwort ist anonym: Sie wird ohne Ihren Namen gespeichert und erst gezeigt, wenn die Umfrage geschlossen ist und mindestens fünf Personen geantwortet haben. Danach kann sie nicht mehr geändert werden. Bitte schreiben Sie nichts, woran man Sie erkennt.',
    confirm: {
      title: 'Bitte bestätigen Sie Ihre Antwort',
      text: 'Auch Programme, die Mails prüfen, füllen Formulare aus; bitte zeigen Sie, dass Sie keines sind. Noch ist nichts gespeichert.',
      again: (score) => `Geben Sie die Zahl Ihrer Antwort ein: ${score}`,
      mismatch: 'Das ist eine andere Zahl als die Ihrer Antwort.',
    },
    thanks: {
      title: 'Danke',
      text: () => 'Ihre Antwort wurde ohne Ihren Namen gespeichert. Sie kann nicht mehr geändert werden.',
    },
    answered: {
      title: 'Dieser Link wurde schon benutzt',
      text: () =>
        'Jede Person antwortet einmal. Weil die Antworten anonym sind, lässt sich Ihre weder zeigen noch ändern.',
    },
  },
  followUp: {
    subject: (company) => `Ihre Antwort auf die Umfrage von ${company}`,
  },
  thankYou: {
    subject: (company) => `${company} sagt danke`,
    text: (company, agent) =>
      agent === ''
        ? `Danke, dass Sie ${company} weiterempfehlen. Wir haben uns alle sehr darüber gefreut.`
        : `Danke, dass Sie ${company} weiterempfehlen. ${agent} und alle anderen hier haben sich sehr darüber gefreut.`,
    link: 'Bewertung schreiben',
  },
  closed: {
    expired: {
      title: 'Diese Umfrage ist beendet',
      text: (company) =>
        `Die Frist für Antworten ist abgelaufen. Wenn Sie ${company} noch etwas sagen möchten, antworten Sie auf Ihre Anfrage.`,
    },
    expiredAnswered: {
      title: 'Diese Umfrage ist beendet',
      text: (company) => `Ihre Antwort liegt ${company} vor. Sie kann nicht mehr geändert werden.`,
    },
    unknown: {
      title: 'Diesen Link kennen wir nicht',
      text: () =>
        'Vielleicht ist er unvollständig. Öffnen Sie ihn noch einmal aus der E-Mail, oder kopieren Sie die ganze Adresse in Ihren Browser.',
    },
    cancelled: { title: 'Diese Umfrage ist nicht mehr offen', text: () => 'Sie müssen nichts tun.' },
    busy: {
      title: 'Einen Moment, bitte',
      text: () => 'Aus Ihrem Netz kamen zu viele Anfragen. Versuchen Sie es in einer Minute noch einmal.',
    },
    busySending: {
      title: 'Einen Moment, bitte',
      text: () =>
        'Aus Ihrem Netz kamen zu viele Anfragen. Ihre Antwort ist nicht verloren: Drücken Sie in einer Minute den Knopf, um sie noch einmal zu senden.',
    },
    tooLarge: {
      title: 'Das war zu viel Text',
      text: () =>
        'Ihre Antwort wurde nicht gespeichert. Gehen Sie zurück, kürzen Sie den Kommentar und senden Sie ihn noch einmal.',
    },
    trouble: {
      title: 'Das hat nicht geklappt',
      text: () =>
        'Das Problem liegt bei uns. Versuchen Sie es in ein paar Minuten noch einmal; Ihr Link bleibt gültig.',
    },
  },
  unsubscribe: {
    ask: {
      title: 'Keine Umfragen mehr?',
      text: (company) =>
        `Drücken Sie den Knopf, um keine Umfragen von ${company} mehr zu erhalten. E-Mails zu Ihren Anfragen erhalten Sie weiterhin.`,
    },
    confirm: 'Keine Umfragen mehr',
    done: {
      title: 'Keine Umfragen mehr',
      text: (company) =>
        `${company} schickt Ihnen keine Umfragen mehr. E-Mails zu Ihren Anfragen erhalten Sie weiterhin.`,
    },
    undo: 'Wieder Umfragen erhalten',
    askAgain: {
      title: 'Wieder Umfragen?',
      text: (company) => `Drücken Sie den Knopf, um wieder Umfragen von ${company} zu erhalten.`,
    },
    undone: {
      title: 'Willkommen zurück',
      text: (company) => `Sie können wieder Umfragen von ${company} erhalten.`,
    },
  },
};
