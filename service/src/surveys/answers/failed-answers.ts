// Lists and retries answers that could not be put on their tickets, followed up and thanked for.
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { invitations, responses } from '../tables.ts';

/** After this many failures an answer is set aside for an operator. */
export const MOST_FAILURES = 5;

export interface FailedAnswer {
  /** Of the invitation. */
  readonly id: number;
  /** Null: it is about no ticket. */
  readonly ticketId: number | null;
  readonly answeredAt: Date;
  /** Without customers' words. */
  readonly reason: string;
}

/** Its ticket does not show the answer, or shows it as it was before. */
export const isNotShown = sql`${responses.onTicket} IS DISTINCT FROM ${responses.revision}`;

/** The literal, which the index has too. One that the button put on its ticket in the meantime is not. */
const isSetAside = and(sql`${responses.failures} > 0`, gte(responses.failures, MOST_FAILURES), isNotShown);

/** Of an invitation: nobody has seen to it yet. */
export const hasFailedAnswer = sql`EXISTS (SELECT FROM ${responses} WHERE ${responses.invitationId} = ${invitations.id} AND ${isSetAside})`;

export async function listFailedAnswers(db: Queryable, limit: number): Promise<FailedAnswer[]> {
  const { invitationId: id, answeredAt, failure } = responses;
  const rows = await db
    .select({ id, ticketId: invitations.ticketId, answeredAt, failure })
    .from(responses)
    .innerJoin(invitations, eq(invitations.id, id))
    .where(isSetAside)
    .orderBy(asc(id))
    .limit(limit);
  return rows.map(({ failure: reason, ...row }) => ({ ...row, reason: reason ?? 'no reason was recorded' }));
}

/** They are tried within a minute. One failure stays counted: by it the job finds them, however old they are. Returns how many. */
export async function retryFailedAnswers(db: Database, ids: readonly number[] | 'all'): Promise<number> {
  const some = ids === 'all' ? undefined : inArray(responses.invitationId, [...ids]);
  const { rowCount } = await db.update(responses).set({ failures: 1 }).where(and(isSetAside, some));
  return rowCount ?? 0;
}
