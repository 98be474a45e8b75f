// Reads follow-ups: those that answers opened or joined, those of customers, those that nobody has ended.
import { asc, getTableColumns, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { type FollowUpRow, followUpAnswers, followUps } from './tables.ts';

/** Without the words of the note and the key. */
export interface FollowUp extends Omit<FollowUpRow, 'key' | 'note'> {
  /** The answers that opened and joined it, as `responses.invitation_id`, the first one first. */
  readonly answerIds: readonly number[];
}

/** Ids of answers (`responses.invitation_id`), ids of customers in Zendesk, or all under way. */
export type WhichFollowUps =
  | { readonly answers: readonly number[] }
  | { readonly customers: readonly number[] }
  | 'under_way';

/** The one due first comes first. */
export async function readFollowUps(db: Queryable, which: WhichFollowUps): Promise<FollowUp[]> {
  const { key: _key, note: _note, ...columns } = getTableColumns(followUps);
  const answerIds = sql<number[]>`ARRAY(SELECT a.invitation_id FROM follow_up_answers a
    WHERE a.follow_up_id = ${followUps.id} ORDER BY a.joined_at, a.invitation_id)`.mapWith((ids: readonly unknown[]) =>
    ids.map(Number),
  );
  return db
    .select({ ...columns, answerIds })
    .from(followUps)
    .where(conditionFor(db, which))
    .orderBy(asc(followUps.dueAt), asc(followUps.id));
}

function conditionFor(db: Queryable, which: WhichFollowUps) {
  if (which === 'under_way') return isNull(followUps.endedAt);
  if ('customers' in which) return inArray(followUps.requesterId, [...which.customers]);
  const theirs = db
    .select({ id: followUpAnswers.followUpId })
    .from(followUpAnswers)
    .where(inArray(followUpAnswers.invitationId, [...which.answers]));
  return inArray(followUps.id, theirs);
}
