// Thanks a promoter by mail, an effect of the outbox: at most once, like all mails to customers.
import { classOfScore } from '@deskwright/shared';
import { and, desc, eq, isNotNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Directory } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import type { MailOutcome } from '../../mail/mail-sender.ts';
import type { MailWatch } from '../../mail/watch-mail.ts';
import { type EffectDefinition, PERHAPS_PERFORMED } from '../../platform/outbox/effect-definition.ts';
import { type Outcome, simpleEffect } from '../../platform/outbox/simple-effect.ts';
import type { EffectKind } from '../../platform/outbox/work.ts';
import type { Database } from '../../platform/storage/database.ts';
import { tickets } from '../../tickets/index.ts';
import { isHashed } from '../hash-address.ts';
import { isUnsubscribed } from '../is-unsubscribed.ts';
import { describeStopOrPause } from '../pause.ts';
import { nextSendTime } from '../send-window.ts';
import { encodeSurveyToken, hashSurveyToken } from '../survey-links.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { invitations, responses } from '../tables.ts';
import { composeThankYouMail } from './compose-thank-you-mail.ts';
import { thankYous } from './tables.ts';

export interface ThankYouMail {
  readonly invitationId: number;
}

export const THANK_YOU_MAIL: EffectDefinition<ThankYouMail> = {
  name: 'thank_you_mail',
  description: 'A mail that thanks a promoter',
  payload: z.strictObject({ invitationId: z.int() }),
  // It follows a survey that was sent, and changes nothing in Zendesk.
  inScope: () => sql`true`,
  whenInDoubt: 'dead_letter',
  advise: (reason) =>
    reason.startsWith(PERHAPS_PERFORMED)
      ? 'Look it up in the log of your mail server. Retry it only if it was not sent.'
      : 'See what the mail server names, then retry it. Not to thank somebody is no loss.',
};

export interface ThankYouDeps {
  db: Database;
  mail: Pick<MailWatch, 'sender' | 'canSend'>;
  directory: Pick<Directory, 'person'>;
  policy: () => SurveyPolicy;
  publicUrl: string;
  /** `SURVEY_MAIL_ADDRESS`. */
  returnAddress?: string | null | undefined;
  randomBytes: (size: number) => Buffer;
  /** Epoch milliseconds. */
  clock: () => number;
}

const WAIT_MS = 60_000;

export function thankYouEffect(deps: ThankYouDeps): EffectKind {
  return simpleEffect(THANK_YOU_MAIL, {
    perform: async ([
      {
        payload: { invitationId },
      },
    ]) => {
      const outcome = await thank(deps, invitationId);
      // Nobody was thanked: a later answer may be.
      if (outcome.outcome === 'cancelled') await deps.db.delete(thankYous).where(eq(thankYous.id, invitationId));
      return outcome;
    },
  });
}

/** Everything is checked again: the customer may have changed the answer or unsubscribed since. */
async function thank(deps: ThankYouDeps, invitationId: number): Promise<Outcome> {
  const { db, mail, policy: current } = deps;
  if (!mail.sender || !mail.canSend())
    return { outcome: 'wait', ms: WAIT_MS, reason: 'mail cannot be sent at the moment' };
  const stopped = await describeStopOrPause(db);
  if (stopped !== null) return { outcome: 'wait', ms: WAIT_MS, reason: stopped };
  const policy = current();
  const [found] = await db
    .select({
      email: invitations.recipient,
      requesterId: invitations.requesterId,
      brand: invitations.brand,
      score: responses.score,
    })
    .from(invitations)
    .innerJoin(responses, eq(responses.invitationId, invitations.id))
    .where(eq(invitations.id, invitationId));
  const cancelled = (reason: string): Outcome => ({ outcome: 'cancelled', reason });
  if (!policy.surveys.nps?.thank_you) return cancelled('the policy thanks nobody');
  if (!found || classOfScore('nps', found.score) !== 'promoter') return cancelled('the answer has changed');
  const { email, requesterId, brand } = found;
  if (!email || isHashed(email)) return cancelled('the address was erased');
  const person = await deps.directory.person(requesterId);
  if (!person || person.suspended) return cancelled('Zendesk has no such customer, or suspended them');
  // The survey went to the address of that time; the customer may have another one now.
  const now = person.email?.trim().toLowerCase() ?? email;
  const refused = await isUnsubscribed(db, { requesterId, email });
  if (refused || (await isUnsubscribed(db, { requesterId, email: now })))
    return cancelled('the customer has unsubscribed');

  const opens = nextSendTime(new Date(deps.clock()), policy, person.timeZone ?? null);
  if (opens.getTime() > deps.clock())
    return { outcome: 'wait', ms: opens.getTime() - deps.clock(), reason: 'the send window is closed' };

  const token = encodeSurveyToken(deps.randomBytes(32));
  await db
    .update(thankYous)
    .set({ tokenHash: hashSurveyToken(token) })
    .where(eq(thankYous.id, invitationId));
  const agent = await lastAgent(db, requesterId);
  const { name, locale } = person;
  const sent = await mail.sender.send(
    composeThankYouMail({ ...deps, invitationId, to: { name, address: email }, locale, agent, policy, brand, token }),
  );
  await noteSending(deps, invitationId, sent);
  return toOutcome(sent);
}

/** The link is stored before the mail, which may arrive at once. It counts as sent unless it certainly was not. */
async function noteSending({ db, clock }: ThankYouDeps, invitationId: number, { outcome }: MailOutcome): Promise<void> {
  if (outcome === 'in_doubt') return;
  const noted = outcome === 'accepted' ? { at: new Date(clock()) } : { tokenHash: null };
  await db.update(thankYous).set(noted).where(eq(thankYous.id, invitationId));
}

/** Who solved the customer's last ticket; null: unknown. */
async function lastAgent(db: Database, requesterId: number): Promise<string | null> {
  const [agent] = await db
    .select({ name: people.name })
    .from(tickets)
    .innerJoin(people, eq(people.id, tickets.assigneeId))
    .where(and(eq(tickets.requesterId, requesterId), isNotNull(tickets.solvedAt)))
    .orderBy(desc(tickets.solvedAt))
    .limit(1);
  return agent?.name ?? null;
}

function toOutcome(sent: MailOutcome): Outcome {
  switch (sent.outcome) {
    case 'accepted':
      return { outcome: 'done' };
    case 'recipient_refused':
      return { outcome: 'cancelled', reason: 'the mail server refused the address' };
    case 'message_refused':
      return { outcome: 'refused', reason: 'the mail server refused the message' };
    case 'try_later':
      return { outcome: sent.server ? 'wait' : 'failed', ms: WAIT_MS, reason: 'the mail server takes no mail now' };
    case 'in_doubt':
      return { outcome: 'unknown', reason: 'the connection ended while the mail was handed over' };
  }
}
