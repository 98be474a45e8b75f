// Reserves a survey for sending, so that only one process sends it.
import { SURVEY_KINDS } from '@deskwright/shared';
import { and, desc, eq, inArray, isNull, max, ne } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { isOpenByProgram, type TicketRow, tickets } from '../tickets/index.ts';
import { findBrand } from './brand.ts';
import { IS_COVERED } from './claim-due-invitations.ts';
import { lockContact, MAY_HAVE_REACHED, readRest } from './contact-ledger.ts';
import { whenQuotaAllows } from './daily-quota.ts';
import { isUnsubscribed } from './is-unsubscribed.ts';
import type { NameOf } from './names-asked.ts';
import { nextSendTime } from './send-window.ts';
import { addPolicyDuration, isTooLate, type SurveyPolicy } from './survey-policy.ts';
import { campaigns, invitations } from './tables.ts';
import { isNameUnread, whyConditionsExclude } from './why-conditions-exclude.ts';
import { type InvitationRow, type NotSentReason, type Requester, whyNotSend } from './why-not-send.ts';

/** Longer than any hand-over can take (four time-outs of the mail sender), so nobody is sending an older `sending` row any more. */
export const HANDOVER_MS = 10 * 60_000;

/** The directory reads names again within minutes. */
const RETRY_MS = 60_000;

export interface Reservation {
  invitation: InvitationRow;
  /** Empty: it is about no ticket. */
  ticketSubject: string;
  email: string;
  expiresAt: Date;
}

export type Reserved =
  | { outcome: 'reserved'; reservation: Reservation }
  | { outcome: 'cancelled' | 'failed'; reason: NotSentReason }
  /** Cancelled or claimed by another process since it was claimed here, or Deskwright was paused. */
  | { outcome: 'not_ours' };

export interface Recipient {
  requesterId: number;
  /** The ticket's requester in the projection when `requester` was read. */
  projected: number | null;
}

interface Ask extends Recipient {
  invitationId: number;
  requester: Requester | null;
  policy: SurveyPolicy;
  nameOf: NameOf;
  tokenHash: Buffer;
  now: Date;
}

/**
 * Repeats all checks and writes `sending` with the token's hash in one transaction, before the mail is handed over.
 * Invitations of one requester are reserved one at a time, so that of two due at the same moment only one is sent.
 */
export async function reserveInvitation(db: Database, ask: Ask): Promise<Reserved> {
  return db.transaction(async (tx) => {
    const invitation = await lockScheduled(tx, ask.invitationId);
    if (!invitation) return { outcome: 'not_ours' };
    const { requester, policy, now, requesterId } = ask;
    const email = requester?.email?.trim().toLowerCase() ?? '';
    await lockContact(tx, { requesterId, email });
    const ticket = await ticketOf(tx, invitation);
    if ((ticket?.requesterId ?? null) !== ask.projected) return release(tx, invitation);
    const settings = policy.surveys[invitation.survey];
    const reason = whyNotSend({
      invitation,
      ticket: ticket ?? null,
      solveStands: ticket !== undefined && (await isOpenByProgram(tx, ticket)),
      requester,
      unsubscribed: await isUnsubscribed(tx, { requesterId, email }),
      configured: settings !== undefined,
      now,
    });
    if (reason || !settings) return giveUp(tx, invitation, reason ?? 'survey_not_configured', now);
    if (invitation.cause === 'campaign' && isOfDroppedBrand(invitation, policy))
      return giveUp(tx, invitation, 'brand_not_configured', now);
    const asked =
      ticket && requester && invitation.cause === 'solve'
        ? { invitation, ticket, requester, policy, nameOf: ask.nameOf, now }
        : null;
    if (asked && isNameUnread(asked))
      return release(tx, invitation, { claimedUntil: new Date(now.getTime() + RETRY_MS) });
    const excludedBy = asked && (await whyConditionsExclude(tx, asked));
    if (excludedBy !== null) return giveUp(tx, invitation, 'conditions_not_met', now, excludedBy);
    const rest = await readRest(tx, { requesterId, email }, { survey: invitation.survey, policy }, invitation.id);
    if (rest && rest.until > now) {
      const later = nextSendTime(rest.until, policy, requester?.timeZone ?? null);
      return (await isAskedLater(tx, invitation, { later, policy, now }))
        ? release(tx, invitation, { dueAt: later })
        : giveUp(tx, invitation, rest.reason, now);
    }
    const room = await whenQuotaAllows(tx, invitation, policy, now);
    if (room === 'never') return giveUp(tx, invitation, 'over_quota', now);
    if (room > now) return release(tx, invitation, { dueAt: room });

    const brand = ticket ? (findBrand(policy, ask.nameOf('brand', ticket.brandId))?.brand ?? null) : invitation.brand;
    const expiresAt = addPolicyDuration(now, settings.expires, policy);
    await tx
      .update(invitations)
      .set({
        state: 'sending',
        requesterId,
        tokenHash: ask.tokenHash,
        recipient: email,
        locale: requester?.locale ?? null,
        brand,
        ...(isAboutCustomer(invitation) && (await readNewestTicket(tx, requesterId))),
        sentAt: now,
        expiresAt,
        remindAt: remindAt(settings.remind_after, { now, expiresAt, policy }),
        claimedUntil: new Date(now.getTime() + HANDOVER_MS),
      })
      .where(eq(invitations.id, invitation.id));
    return {
      outcome: 'reserved',
      reservation: {
        invitation: { ...invitation, brand, sentAt: now },
        ticketSubject: ticket?.subject ?? '',
        email,
        expiresAt,
      },
    };
  });
}

/** The mail would have the company's name for customers whom a brand was to ask. */
const isOfDroppedBrand = ({ ticketId, brand }: InvitationRow, policy: SurveyPolicy): boolean =>
  ticketId === null && brand !== null && !findBrand(policy, brand);

/** About no ticket, and not anonymous. */
const isAboutCustomer = ({ ticketId, survey }: InvitationRow): boolean =>
  ticketId === null && SURVEY_KINDS[survey].asks === 'customers';

/** What the customer was last in touch about: by it reports group answers that are about no ticket. @internal */
export async function readNewestTicket(tx: Queryable, requesterId: number): Promise<Partial<InvitationRow>> {
  const { category, tier, groupId, via: channel, brandId } = tickets;
  const [newest] = await tx
    .select({ category, tier, groupId, channel, brandId })
    .from(tickets)
    .where(and(eq(tickets.requesterId, requesterId), isNull(tickets.gone)))
    .orderBy(desc(tickets.createdAt), desc(tickets.id))
    .limit(1);
  return newest ?? {};
}

/**
 * Whoever was asked something else meanwhile is asked later in the campaign's round, as when it was planned; who is asked again after a call, up to `every`
 * later than `ask_again_after`. Neither gets the same survey twice.
 */
async function isAskedLater(
  tx: Queryable,
  { id, campaignId, requesterId, survey, cause, round, createdAt }: InvitationRow,
  { later, policy, now }: { later: Date; policy: SurveyPolicy; now: Date },
): Promise<boolean> {
  const { sentAt, state } = invitations;
  const ofSurvey = and(
    eq(invitations.requesterId, requesterId),
    eq(invitations.survey, survey),
    ne(invitations.id, id),
  );
  const [same] = await tx
    .select({ at: max(sentAt) })
    .from(invitations)
    .where(and(ofSurvey, inArray(state, [...MAY_HAVE_REACHED])));
  const { nps, contact_at_most_every: rest } = policy.surveys;
  if (nps && survey === 'nps' && cause === 'campaign' && round === null) {
    const wanted = addPolicyDuration(createdAt, nps.ask_again_after, policy);
    return later < addPolicyDuration(wanted, nps.every, policy) && !(same?.at && same.at > createdAt);
  }
  const [campaign] = campaignId === null ? [] : await tx.select().from(campaigns).where(eq(campaigns.id, campaignId));
  if (!campaign || later >= campaign.endsAt) return false;
  return !same?.at || addPolicyDuration(same.at, rest, policy) <= now;
}

/** Null: never, also when the survey would have expired by then. */
function remindAt(
  after: string | undefined,
  { now, expiresAt, policy }: { now: Date; expiresAt: Date; policy: SurveyPolicy },
): Date | null {
  const at = after === undefined ? null : addPolicyDuration(now, after, policy);
  return at && at < expiresAt ? at : null;
}

async function ticketOf(tx: Queryable, { ticketId }: InvitationRow): Promise<TicketRow | undefined> {
  if (ticketId === null) return undefined;
  const [ticket] = await tx.select().from(tickets).where(eq(tickets.id, ticketId));
  return ticket;
}

/** Left for the next attempt: when the ticket got another requester at this moment, a name is not read yet, the day's quota is full, or the customer must rest. */
async function release(
  tx: Queryable,
  { id }: InvitationRow,
  until: Partial<Pick<InvitationRow, 'dueAt' | 'claimedUntil'>> = {},
): Promise<Reserved> {
  await tx
    .update(invitations)
    .set({ claimedUntil: null, ...until })
    .where(eq(invitations.id, id));
  return { outcome: 'not_ours' };
}

async function lockScheduled(tx: Queryable, id: number): Promise<InvitationRow | undefined> {
  const [row] = await tx
    .select()
    .from(invitations)
    .where(and(eq(invitations.id, id), eq(invitations.state, 'scheduled'), IS_COVERED))
    .for('update');
  return row;
}

/** A mail that failed for days is dead-lettered, so that an operator sees it; everything else is cancelled. */
async function giveUp(
  tx: Queryable,
  invitation: InvitationRow,
  reason: NotSentReason,
  now: Date,
  detail: string | null = invitation.detail,
): Promise<Reserved> {
  const tried = invitation.attempts > 0 && isTooLate(invitation.dueAt, now) && reason === 'too_late';
  const end = tried
    ? ({ state: 'parked', reason: 'mail_undeliverable' } as const)
    : ({ state: 'cancelled', reason, detail } as const);
  await tx
    .update(invitations)
    .set({ ...end, claimedUntil: null })
    .where(eq(invitations.id, invitation.id));
  return { outcome: tried ? 'failed' : 'cancelled', reason: end.reason };
}
