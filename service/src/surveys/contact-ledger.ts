// Finds who was surveyed recently, by any survey, Zendesk's own included.
import { SURVEY_KINDS, type SurveyKind } from '@deskwright/shared';
import { and, eq, inArray, isNotNull, max, min, ne, or, sql } from 'drizzle-orm';
import { people } from '../directory/tables.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { tickets } from '../tickets/index.ts';
import { hashAddress } from './hash-address.ts';
import { addPolicyDuration, type SurveyPolicy } from './survey-policy.ts';
import { invitations, zendeskSurveys } from './tables.ts';

/** One person, under the id and the address that Zendesk has now. */
export interface Contact {
  requesterId: number;
  /** Lower case; empty: there is none. */
  email: string;
}

/**
 * Lets nobody else decide whether to ask this person until the transaction ends. The id is locked before the address by everybody, so that none waits
 * for another in a circle; two users of one address are asked one at a time too.
 */
export async function lockContact(tx: Queryable, { requesterId, email }: Contact): Promise<void> {
  for (const key of [`survey:${requesterId}`, ...(email === '' ? [] : [`survey-address:${email}`])]) {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
  }
}

/** Dead-lettered ones may have been sent, so they count. */
export const MAY_HAVE_REACHED = ['sending', 'sent', 'answered', 'parked'] as const;

/** When the person was last asked anything. `except`: an invitation that does not count. Call it under `lockContact`. */
export async function readLastContact(
  tx: Queryable,
  { requesterId, email }: Contact,
  except: number | null,
): Promise<Date | null> {
  // A user who was merged into another still has the address in that row.
  const theirs =
    email === ''
      ? eq(invitations.requesterId, requesterId)
      : or(eq(invitations.requesterId, requesterId), inArray(invitations.recipient, [email, hashAddress(email)]));
  const [ours] = await tx
    .select({ at: max(invitations.sentAt) })
    .from(invitations)
    .where(
      and(
        theirs,
        isNotNull(invitations.sentAt),
        inArray(invitations.state, [...MAY_HAVE_REACHED]),
        except === null ? undefined : ne(invitations.id, except),
      ),
    );
  const [zendesks] = await tx
    .select({ at: max(zendeskSurveys.askedAt) })
    .from(zendeskSurveys)
    .where(eq(zendeskSurveys.requesterId, requesterId));
  const times = [ours?.at, zendesks?.at].flatMap((at) => at?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.max(...times));
}

/** Until when the person is not asked, and why. Null: they may be asked at any time. Agents whom a survey asks are nobody's new customers. */
export async function readRest(
  tx: Queryable,
  contact: Contact,
  { survey, policy }: { survey: SurveyKind; policy: SurveyPolicy },
  except: number | null = null,
): Promise<{ until: Date; reason: 'contacted_recently' | 'new_customer' } | null> {
  const last = await readLastContact(tx, contact, except);
  const { contact_at_most_every: every, rest_for_new_customers: rest } = policy.surveys;
  const lately = last && { until: addPolicyDuration(last, every, policy), reason: 'contacted_recently' as const };
  const restsAtFirst = SURVEY_KINDS[survey].asks === 'customers' && !/^0+(?:\.0+)?\D/.test(rest);
  const first = !restsAtFirst ? null : await readFirstSeen(tx, contact.requesterId);
  const isNew = first && { until: addPolicyDuration(first, rest, policy), reason: 'new_customer' as const };
  if (!lately || !isNew) return lately ?? isNew;
  return isNew.until > lately.until ? isNew : lately;
}

/** When Zendesk first knew the customer: as a user, or by the oldest ticket that we know. */
async function readFirstSeen(tx: Queryable, requesterId: number): Promise<Date | null> {
  const [ticket] = await tx
    .select({ at: min(tickets.createdAt) })
    .from(tickets)
    .where(eq(tickets.requesterId, requesterId));
  const [user] = await tx.select({ at: people.createdAt }).from(people).where(eq(people.id, requesterId));
  const times = [ticket?.at, user?.at].flatMap((at) => at?.getTime() ?? []);
  return times.length === 0 ? null : new Date(Math.min(...times));
}
