// Mails a code to the customer's address on record, an effect of the outbox. The code exists only in the mail; the database has its hash.
import type { Policy } from '@deskwright/shared';
import { and, eq, sql } from 'drizzle-orm';
import { encode } from 'html-entities';
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import type { Mail, MailOutcome } from '../../mail/mail-sender.ts';
import type { MailWatch } from '../../mail/watch-mail.ts';
import type { EffectDefinition } from '../../platform/outbox/effect-definition.ts';
import { type Outcome, simpleEffect } from '../../platform/outbox/simple-effect.ts';
import type { EffectKind } from '../../platform/outbox/work.ts';
import type { Database } from '../../platform/storage/database.ts';
import type { Zendesk } from '../../zendesk/zendesk.ts';
import { hashCode } from './codes.ts';
import { readAddress, whyNotSent } from './read-address.ts';
import { verificationChallenges } from './tables.ts';

export interface VerificationMail {
  readonly challengeId: number;
}

export const VERIFICATION_MAIL: EffectDefinition<VerificationMail> = {
  name: 'verification_mail',
  description: 'A mail with a code for a customer',
  payload: z.strictObject({ challengeId: z.int() }),
  priority: () => 0,
  // It was refused on tickets on which Deskwright does not act.
  inScope: () => sql`true`,
  whenInDoubt: 'dead_letter',
  advise: () => 'Nothing to do: a code lives for minutes. The agent can send another one.',
};

interface CodeMailDeps {
  db: Database;
  mail: Pick<MailWatch, 'sender' | 'canSend'>;
  directory: Pick<Directory, 'person'>;
  zendesk: Pick<Zendesk, 'showAddress'>;
  policy: () => Policy;
  publicUrl: string;
  makeCode: () => string;
  /** Epoch milliseconds. */
  clock: () => number;
}

const WAIT_MS = 15_000;
/** The customer is waiting: after that the agent is told that it did not work. */
const LONGEST_WAIT_MS = 3 * 60_000;

export function codeMailKind(deps: CodeMailDeps): EffectKind {
  return simpleEffect(VERIFICATION_MAIL, { perform: ([{ payload }]) => mailCode(deps, payload.challengeId) });
}

async function mailCode(deps: CodeMailDeps, challengeId: number): Promise<Outcome> {
  const { db, mail, clock } = deps;
  const isThis = and(eq(verificationChallenges.id, challengeId), eq(verificationChallenges.state, 'asked'));
  const [challenge] = await db.select().from(verificationChallenges).where(isThis);
  const policy = deps.policy();
  const minutes = policy.verification?.code?.minutes;
  if (!challenge || minutes === undefined) return { outcome: 'cancelled', reason: 'it is no longer wanted' };
  const set = (values: Partial<typeof verificationChallenges.$inferInsert>) =>
    db.update(verificationChallenges).set(values).where(isThis);
  const giveUp = async (reason: string): Promise<Outcome> => {
    await set({ state: 'failed', salt: null, hash: null });
    return { outcome: 'cancelled', reason };
  };
  const isLate = clock() - challenge.askedAt.getTime() > LONGEST_WAIT_MS;
  if (!mail.sender || !mail.canSend())
    return isLate
      ? giveUp('no mail could be sent in time')
      : { outcome: 'wait', ms: WAIT_MS, reason: 'mail cannot be sent' };
  const person = await deps.directory.person(challenge.requesterId);
  if (!person || person.suspended) return giveUp('Zendesk has no such customer');
  // Read once more: it may have been changed since the agent asked.
  const address = await readAddress(deps.zendesk, challenge.requesterId);
  if (address === 'unknown')
    return isLate
      ? giveUp('Zendesk did not say in time which address the customer has')
      : { outcome: 'wait', ms: WAIT_MS, reason: 'Zendesk does not say which address the customer has' };
  if (address === null) return giveUp('Zendesk has no address of the customer');
  if (whyNotSent(address, policy, new Date(clock())) !== null)
    return giveUp('the address was changed a short time ago');
  const code = deps.makeCode();
  // Before the mail: the customer may read it sooner than the server answers.
  await set({ ...(await hashCode(code)), expiresAt: new Date(clock() + minutes * 60_000) });
  const { company } = policy;
  const to = { name: '', address: address.email };
  const sent = await mail.sender.send(
    composeMail({ to, code, minutes, company, challenge, locale: person.locale, publicUrl: deps.publicUrl }),
  );
  return settle(sent, { isLate, giveUp, done: () => set({ state: 'sent' }) });
}

interface Settling {
  isLate: boolean;
  giveUp: (reason: string) => Promise<Outcome>;
  done: () => Promise<unknown>;
}

async function settle(sent: MailOutcome, { isLate, giveUp, done }: Settling): Promise<Outcome> {
  switch (sent.outcome) {
    case 'recipient_refused':
      return giveUp('the mail server refused the address');
    case 'message_refused':
      return giveUp('the mail server refused the message');
    case 'try_later':
      return isLate
        ? giveUp('the mail server takes no mail')
        : { outcome: 'wait', ms: WAIT_MS, reason: 'the mail server takes no mail now' };
    case 'accepted':
    case 'in_doubt':
      await done();
      return { outcome: 'done' };
  }
}

interface CodeMail {
  to: Mail['to'];
  code: string;
  minutes: number;
  company: string;
  challenge: { id: number; ticketId: number };
  locale: string | null;
  publicUrl: string;
}

/** HTML and plain text with the same content, without a link: nobody should learn to click in such mails. */
function composeMail({ to, code, minutes, company, challenge, locale, publicUrl }: CodeMail): Mail {
  const texts = codeMailTexts(locale);
  const lines = [texts.intro(company, challenge.ticketId), code, texts.lives(minutes), texts.warning(company)];
  const html = lines.map((line) =>
    line === code ? `<p style="font-size:28px;letter-spacing:4px"><b>${code}</b></p>` : `<p>${encode(line)}</p>`,
  );
  return {
    to,
    subject: texts.subject(company),
    text: `${lines.join('\n\n')}\n`,
    html: `<!doctype html><html lang="${texts.language}"><body style="font-family:sans-serif">${html.join('')}</body></html>`,
    messageId: `<verification.${challenge.id}@${new URL(publicUrl).hostname}>`,
    language: texts.language,
  };
}

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
const codeMailTexts = (locale: string | null): CodeMailTexts =>
  BY_LANGUAGE[locale?.toLowerCase().split(/[-_]/)[0] ?? ''] ?? ENGLISH;
