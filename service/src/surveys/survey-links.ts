// Builds the links of a survey mail and their unguessable tokens, and finds and changes what is behind one.
import { createHash } from 'node:crypto';
import { SURVEY_KINDS } from '@deskwright/shared';
import { and, eq, inArray, isNull, notLike, or, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { isHashed } from './hash-address.ts';
import { invitations, responses, unsubscribed } from './tables.ts';
import { thankYous } from './thank-you/tables.ts';
import type { InvitationRow } from './why-not-send.ts';

interface SurveyLinks {
  page: string;
  /** The page with an answer preselected; opening it records nothing. */
  score: (score: number) => string;
  unsubscribe: string;
}

/** `publicUrl` may have a path (`https://example.com/support`). */
export function surveyLinks(publicUrl: string, token: string): SurveyLinks {
  const base = publicUrl.replace(/\/+$/, '');
  const page = `${base}/s/${token}`;
  return { page, score: (score) => `${page}?score=${score}`, unsubscribe: `${base}/u/${token}` };
}

/** 256 random bits as base64url, which no mail client breaks. */
export function encodeSurveyToken(random: Buffer): string {
  if (random.length < 16) throw new RangeError('a survey token needs at least 128 random bits');
  return random.toString('base64url');
}

/** The stored hash. A plain SHA-256 is enough: 256 random bits cannot be guessed. */
export function hashSurveyToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

type ResponseRow = typeof responses.$inferSelect;

export type FoundSurvey =
  | { state: 'unknown' }
  | { state: 'cancelled'; invitation: InvitationRow }
  | { state: 'open' | 'expired'; invitation: InvitationRow; expiresAt: Date; answer: ResponseRow | null };

/**
 * Finds a survey by the hash of its token. One whose delivery is in doubt is open too: whoever has the link received the mail.
 * `lock`: locks the invitation for the caller's transaction, so that two answers are recorded one after the other.
 */
export async function findSurvey(
  db: Queryable,
  tokenHash: Buffer,
  now: Date,
  options: { lock?: boolean } = {},
): Promise<FoundSurvey> {
  const query = db.select().from(invitations).where(hasLink(tokenHash));
  const [invitation] = await (options.lock ? query.for('update') : query);
  if (!invitation) return { state: 'unknown' };
  const { state, expiresAt } = invitation;
  if (state === 'cancelled' || state === 'scheduled' || !expiresAt) return { state: 'cancelled', invitation };
  const [answer] = await db.select().from(responses).where(eq(responses.invitationId, invitation.id));
  return { state: expiresAt > now ? 'open' : 'expired', invitation, expiresAt, answer: answer ?? null };
}

/** Whether any customer was sent this link. */
export async function isSurveyLink(db: Queryable, tokenHash: Buffer): Promise<boolean> {
  const rows = await db.select({ id: invitations.id }).from(invitations).where(hasLink(tokenHash)).limit(1);
  return rows.length > 0;
}

/** The link of the first mail or of the reminder. */
const hasLink = (tokenHash: Buffer) =>
  or(eq(invitations.tokenHash, tokenHash), eq(invitations.reminderTokenHash, tokenHash));

interface Subscriber {
  invitationId: number;
  requesterId: number;
  email: string;
  locale: string | null;
  /** Of the invitation. */
  brand: string | null;
  unsubscribed: boolean;
  /** By their own wish, which they may take back unless they complained, at any address of theirs. */
  mayResubscribe: boolean;
  /** The survey is: nothing is kept of who opens its pages. */
  anonymous: boolean;
}

/** The customer a link was sent to; null when the link is unknown. Links to unsubscribe do not expire. */
export async function findSubscriber(db: Queryable, tokenHash: Buffer): Promise<Subscriber | null> {
  // A scalar subquery, so that each part of the condition is found by its index: anybody can open such a page.
  const thanked = db.select({ id: thankYous.id }).from(thankYous).where(eq(thankYous.tokenHash, tokenHash));
  const [row] = await db
    .select({
      id: invitations.id,
      survey: invitations.survey,
      requesterId: invitations.requesterId,
      email: invitations.recipient,
      locale: invitations.locale,
      brand: invitations.brand,
      byCustomer: unsubscribed.byCustomer,
      isKeptElsewhere: sql<boolean>`EXISTS (SELECT FROM ${unsubscribed} u
        WHERE u.refused_by = ${invitations.requesterId} AND NOT u.by_customer)`,
    })
    .from(invitations)
    .leftJoin(unsubscribed, eq(unsubscribed.email, invitations.recipient))
    .where(or(hasLink(tokenHash), eq(invitations.id, sql`(${thanked})`)));
  if (!row?.email) return null;
  const { id: invitationId, requesterId, email, locale, brand, byCustomer, survey } = row;
  const anonymous = SURVEY_KINDS[survey].anonymousUnder !== null;
  const mayResubscribe = byCustomer === true && !row.isKeptElsewhere && !isHashed(email);
  const known = { invitationId, requesterId, email, locale, brand };
  return { ...known, unsubscribed: byCustomer !== null, mayResubscribe, anonymous };
}

/**
 * Permanent, for all surveys. Scheduled invitations are cancelled when they become due. The wish of the customer or their complaint also holds for other
 * addresses of theirs; what a bounce or a complaint suppressed cannot be taken back. Of several events at one address all hold, in any order.
 */
export async function unsubscribe(
  db: Queryable,
  { email, requesterId }: { email: string; requesterId: number },
  now: Date,
  because: 'wish' | 'bounce' | 'complaint' = 'wish',
): Promise<void> {
  const byCustomer = because === 'wish';
  await suppress(db, { email, since: now, byCustomer, refusedBy: because === 'bounce' ? null : requesterId });
}

/** Adds what suppresses an address to what already does. */
export async function suppress(db: Queryable, row: typeof unsubscribed.$inferSelect): Promise<void> {
  const { email, byCustomer, refusedBy } = unsubscribed;
  await db
    .insert(unsubscribed)
    .values(row)
    .onConflictDoUpdate({
      target: email,
      set: {
        byCustomer: sql`${byCustomer} AND excluded.by_customer`,
        refusedBy: sql`coalesce(${refusedBy}, excluded.refused_by)`,
      },
    });
}

/** Takes back what the customer wished, at all addresses of theirs; what a bounce, a complaint or an erasure suppressed stays. */
export async function resubscribe(
  db: Queryable,
  { email, requesterId }: { email: string; requesterId: number },
): Promise<void> {
  if (isHashed(email)) return;
  const { refusedBy, byCustomer } = unsubscribed;
  const used = db
    .select({ email: invitations.recipient })
    .from(invitations)
    .where(eq(invitations.requesterId, requesterId));
  // Wishes of earlier versions do not say whose they are.
  const unnamed = and(isNull(refusedBy), inArray(unsubscribed.email, used));
  const theirs = or(eq(unsubscribed.email, email), eq(refusedBy, requesterId), unnamed);
  await db.delete(unsubscribed).where(and(theirs, eq(byCustomer, true), notLike(unsubscribed.email, 'sha256:%')));
}
