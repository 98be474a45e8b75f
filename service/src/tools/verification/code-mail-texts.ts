// The texts of the mail with a code, in the languages of customers.

interface CodeMailTexts {
  readonly language: string;
  readonly subject: (company: string) => string;
  readonly intro: (company: string, ticketId: number) => string;
  readonly lives: (minutes: number) => string;
  readonly warning: (company: string) => string;
}

const ENGLISH: CodeMailTexts = {
  language: 'en',
  subject: (company) => `Your code for ${company}`,
  intro: (company, ticketId) => `This is the code that ${company} asks you for in request #${ticketId}:`,
  lives: (minutes) => `It works for ${minutes} minutes.`,
  warning: (company) =>
    `Tell it only to the person of ${company} whom you asked for help. If you did not ask for help, tell nobody and ignore this mail.`,
};

const SPANISH: CodeMailTexts = {
  language: 'es',
  subject: (company) => `Su código para ${company}`,
  intro: (company, ticketId) => `Este es el código que ${company} le pide en la solicitud n.º ${ticketId}:`,
  lives: (minutes) => `Es válido durante ${minutes} minutos.`,
  warning: (company) =>
    `Dígalo solo a la persona de ${company} a la que pidió ayuda. Si no ha pedido ayuda, no se lo diga a nadie e ignore este correo.`,
};

const FRENCH: CodeMailTexts = {
  language: 'fr',
  subject: (company) => `Votre code pour ${company}`,
  intro: (company, ticketId) => `Voici le code que ${company} vous demande pour la demande nº ${ticketId} :`,
  lives: (minutes) => `Il est valable ${minutes} minutes.`,
  warning: (company) =>
    `Ne le donnez qu’à la personne de ${company} à qui vous avez demandé de l’aide. Si vous n’avez rien demandé, ne le donnez à personne et ignorez ce message.`,
};

const GERMAN: CodeMailTexts = {
  language: 'de',
  subject: (company) => `Ihr Code für ${company}`,
  intro: (company, ticketId) => `Das ist der Code, nach dem ${company} Sie in der Anfrage Nr. ${ticketId} fragt:`,
  lives: (minutes) => `Er gilt ${minutes} Minuten lang.`,
  warning: (company) =>
    `Nennen Sie ihn nur der Person von ${company}, die Sie um Hilfe gebeten haben. Wenn Sie nicht um Hilfe gebeten haben, nennen Sie ihn niemandem und ignorieren Sie diese Mail.`,
};

const BY_LANGUAGE: Readonly<Record<string, CodeMailTexts>> = { en: ENGLISH, es: SPANISH, fr: FRENCH, de: GERMAN };

/** @param locale as Zendesk writes it; null: unknown. Falls back to English. */
export const codeMailTexts = (locale: string | null): CodeMailTexts =>
  BY_LANGUAGE[locale?.toLowerCase().split(/[-_]/)[0] ?? ''] ?? ENGLISH;
