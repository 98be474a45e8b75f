// Sends one due survey.
import { and, eq, inArray } from 'drizzle-orm';
import { type NewHistoryEntry, recordHistory } from '../history/index.ts';
import type { MailOutcome, MailSender } from '../mail/mail-sender.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import { tickets } from '../tickets/index.ts';
import { type InvitationClaim, isStillOurs } from './claim-due-invitations.ts';
import { composeInvitationMail } from './compose-invitation-mail.ts';
import type { NameOf } from './names-asked.ts';
import { type Recipient, reserveInvitation } from './reserve-invitation.ts';
import { nextSendTime } from './send-window.ts';
import { encodeSurveyToken, hashSurveyToken } from './survey-links.ts';
import { isTooLate, type SurveyPolicy } from './survey-policy.ts';
import { invitations } from './tables.ts';
import type { InvitationRow, Requester } from './why-not-send.ts';

export type Delivered = { result: Settled | 'not_ours'; mailServerUnavailable: boolean };

/** Reads the requester, reserves the invitation, hands the mail over and records the outcome. Each step is durable before the next begins. */
export async function deliverInvitation(deps: SendDeps, claim: InvitationClaim): Promise<Delivered> {
  const { id: invitationId } = claim;
  const now = () => new Date(deps.clock());
  const [claimed] = await deps.db.select().from(invitations).where(isStillOurs(claim));
  if (!claimed) return done('not_ours');
  const asked = await currentRecipient(deps, claimed);
  if (asked === 'unavailable') {
    await postpone(deps, claim, claimed.attempts);
    return done('retried');
  }
  const requester = await readRequester(deps, asked.requesterId);
  if (requester === 'unavailable') {
    await postpone(deps, claim, claimed.attempts);
    return done('retried');
  }

  const policy = deps.policy();
  const opens = nextSendTime(now(), policy, requester?.timeZone ?? null);
  if (opens > now() && !isTooLate(claimed.dueAt, now())) {
    await deps.db.update(invitations).set({ dueAt: opens, claimedUntil: null }).where(isStillOurs(claim));
    return done('retried');
  }
  const token = encodeSurveyToken(deps.randomBytes(32));
  const tokenHash = hashSurveyToken(token);
  const reserved = await reserveInvitation(deps.db, {
    invitationId,
    ...asked,
    requester,
    policy,
    nameOf: deps.nameOf,
    tokenHash,
    now: now(),
  });
  if (reserved.outcome !== 'reserved' || !requester) {
    return done(reserved.outcome === 'reserved' ? 'not_ours' : reserved.outcome);
  }
  const { reservation } = reserved;
  const mail = composeInvitationMail({ ...deps, reservation, requester, policy, token });
  const outcome = await deps.mail.send(mail);
  const result = await settleInvitation(deps.db, reservation.invitation, tokenHash, outcome, now());
  if (result !== 'sent') {
    deps.logger.warn(
      { invitationId, ticketId: claimed.ticketId, outcome: outcome.outcome, result },
      'A survey mail was not accepted',
    );
  }
  return { result, mailServerUnavailable: outcome.outcome === 'try_later' && outcome.server };
}

const done = (result: Delivered['result']): Delivered => ({ result, mailServerUnavailable: false });

/**
 * The ticket's current requester: it may have been corrected since the solve, or the user merged into another. Read from Zendesk,
 * because after a lost webhook the mail, which names the ticket's subject, would go to the wrong person.
 */
async function currentRecipient(deps: SendDeps, invitation: InvitationRow): Promise<Recipient | 'unavailable'> {
  const { ticketId } = invitation;
  if (ticketId === null) return { projected: null, requesterId: invitation.requesterId };
  const [ticket] = await deps.db.select({ id: tickets.requesterId }).from(tickets).where(eq(tickets.id, ticketId));
  const projected = ticket?.id ?? null;
  try {
    const told = (await deps.ticketRequester?.(ticketId)) ?? null;
    return { projected, requesterId: told ?? projected ?? invitation.requesterId };
  } catch (error) {
    deps.logger.warn(
      { ticketId, ...aboutError(error) },
      'Could not read the ticket of a survey; the survey is retried later',
    );
    return 'unavailable';
  }
}

export async function readRequester(
  deps: Pick<SendDeps, 'person' | 'logger'>,
  id: number,
): Promise<Requester | null | 'unavailable'> {
  try {
    return await deps.person(id);
  } catch (error) {
    deps.logger.warn(
      { requesterId: id, ...aboutError(error) },
      'Could not read the requester of a survey; the survey is retried later',
    );
    return 'unavailable';
  }
}

async function postpone(deps: SendDeps, claim: InvitationClaim, attempts: number): Promise<void> {
  await deps.db
    .update(invitations)
    .set({
      attempts: attempts + 1,
      claimedUntil: retryAt(attempts + 1, new Date(deps.clock())),
      detail: 'The requester could not be read from Zendesk.',
    })
    .where(isStillOurs(claim));
}

export interface SendDeps {
  db: Database;
  mail: MailSender;
  /** Null: Zendesk has no such user. Throws when Zendesk cannot be reached; the invitation is retried later. */
  person: (userId: number) => Promise<Requester | null>;
  /** Id of the user whom the ticket has as requester in Zendesk; null: unknown. Throws like `person`. Left out: the projection's requester is used. */
  ticketRequester?: (ticketId: number) => Promise<number | null>;
  /** The name in Zendesk; null: none, or unknown. */
  nameOf: NameOf;
  /** The policy in force. */
  policy: () => SurveyPolicy;
  /** `PUBLIC_URL`: where customers reach the service. */
  publicUrl: string;
  /** `SURVEY_MAIL_ADDRESS`; null or left out: none. */
  returnAddress?: string | null | undefined;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Cryptographically strong: `randomBytes` of node:crypto. */
  randomBytes: (size: number) => Buffer;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** Aborted at shutdown: mails being sent are finished, no new one is started. */
  signal?: AbortSignal | undefined;
}

type Settled = 'sent' | 'cancelled' | 'failed' | 'retried';

/** None before the hand-over began, or about no ticket. A second entry about the same hand-over is left out. */
export function surveyAsked({
  id,
  ticketId,
  survey,
  sentAt,
}: Pick<InvitationRow, 'id' | 'ticketId' | 'survey' | 'sentAt'>): NewHistoryEntry[] {
  return sentAt === null || ticketId === null
    ? []
    : [{ ticketId, at: sentAt, kind: 'survey_asked', value: survey, ref: id, actor: 'us', check: 'once' }];
}

type Change = Partial<typeof invitations.$inferInsert>;

/**
 * Records the outcome of a hand-over, only while the row still has this token: if a customer has answered already, or an
 * operator has retried it, nothing changes. A row that was dead-lettered because we took too long is corrected.
 */
async function settleInvitation(
  db: Database,
  invitation: Pick<InvitationRow, 'id' | 'ticketId' | 'survey' | 'attempts' | 'sentAt'>,
  tokenHash: Buffer,
  result: MailOutcome,
  now: Date,
): Promise<Settled> {
  const { settled, change } = changeFor(invitation, result, now);
  await db.transaction(async (tx) => {
    await tx
      .update(invitations)
      .set(change)
      .where(
        and(
          eq(invitations.id, invitation.id),
          eq(invitations.tokenHash, tokenHash),
          inArray(invitations.state, ['sending', 'parked']),
        ),
      );
    if (settled === 'sent') await recordHistory(tx, surveyAsked(invitation));
  });
  return settled;
}

function changeFor(
  { attempts }: Pick<InvitationRow, 'attempts'>,
  result: MailOutcome,
  now: Date,
): { settled: Settled; change: Change } {
  switch (result.outcome) {
    case 'accepted':
      return { settled: 'sent', change: { state: 'sent', reason: null, detail: null, claimedUntil: null } };
    case 'recipient_refused':
      return {
        settled: 'cancelled',
        change: { ...NOT_SENT, state: 'cancelled', reason: 'mail_recipient_refused', detail: result.answer },
      };
    case 'message_refused':
      return {
        settled: 'failed',
        change: { ...NOT_SENT, state: 'parked', reason: 'mail_message_refused', detail: result.answer },
      };
    case 'try_later':
      return {
        settled: 'retried',
        change: {
          ...NOT_SENT,
          state: 'scheduled',
          detail: result.answer,
          attempts: attempts + 1,
          // Mails are held back until the server takes some again; then this one must not wait longer than the others.
          claimedUntil: retryAt(result.server ? 1 : attempts + 1, now),
        },
      };
    case 'in_doubt':
      return {
        settled: 'failed',
        change: { state: 'parked', reason: 'mail_in_doubt', detail: result.answer, claimedUntil: null },
      };
  }
}

/** No mail was sent: the link is void, and the customer counts as not contacted. */
const NOT_SENT = { tokenHash: null, sentAt: null, expiresAt: null, remindAt: null, claimedUntil: null } as const;

const FIRST_MS = 60_000;
const LONGEST_MS = 3_600_000;

/** One minute after the first attempt, doubling up to an hour. */
function retryAt(attempts: number, now: Date): Date {
  return new Date(now.getTime() + Math.min(FIRST_MS * 2 ** (attempts - 1), LONGEST_MS));
}
