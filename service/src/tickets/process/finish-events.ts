// Marks the events of a ticket's observations as finished.
import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { inbox } from '../tables.ts';
import type { Observation } from './observation.ts';

/** `decided_with_later`: applied to the projection; the decision for a later event of the same run covers it too. */
export type Outcome =
  | 'acted'
  | 'unchanged'
  | 'left_to_human'
  | 'not_open'
  | 'in_shadow'
  | 'own_write'
  | 'known'
  | 'done_before'
  | 'decided_with_later'
  | 'erased';

/** Every event that the observation covers. */
export function eventsOf({ inboxId, answers = [] }: Pick<Observation, 'inboxId' | 'answers'>): number[] {
  return inboxId === null ? [...answers] : [...answers, inboxId];
}

/**
 * Locks the events that are still waiting, of several tickets, a list for each. Call it after locking the tickets, because another transaction may be about
 * to finish some. Events are locked in the order of their ids everywhere, which rules out deadlocks.
 */
export async function takeWaiting(
  tx: Queryable,
  lists: readonly (readonly number[])[],
): Promise<ReadonlySet<number>[]> {
  const ids = lists.flat();
  const rows =
    ids.length === 0
      ? []
      : await tx
          .select({ id: inbox.id })
          .from(inbox)
          .where(and(inArray(inbox.id, ids), eq(inbox.state, 'waiting')))
          .orderBy(asc(inbox.id))
          .for('update');
  const waiting = new Set(rows.map(({ id }) => id));
  return lists.map(() => waiting);
}

export interface EndedEvent {
  id: number;
  outcome: string;
  bare?: boolean;
}

/**
 * Ends the waiting events. A decision names one event; others that it covers are `ignored`, with their own
 * outcome. The body of an event about an erased ticket is not kept, nor one with text that must be erased (`bare`, or a redaction since), nor
 * the text of internal notes, which nothing reads.
 */
export async function finishEvents(tx: Queryable, ended: readonly EndedEvent[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = ended.map((event) => ({ ...event, state: IGNORED.has(event.outcome) ? 'ignored' : 'decided' }));
  await tx.execute(sql`
    UPDATE inbox SET state = ended.state, outcome = ended.outcome, finished_at = now(), held_by = NULL,
      body = CASE WHEN ended.outcome = 'erased' OR ended.bare OR EXISTS (SELECT 1 FROM redacted_tickets AS redacted
          WHERE redacted.ticket_id = inbox.ticket_id AND redacted.redacted_at >= inbox.occurred_at) THEN '{}'
        WHEN inbox.body #>> '{event,comment,is_public}' = 'true' THEN inbox.body
        -- Of another form there is nothing to take out, and trying to would be an error.
        WHEN jsonb_typeof(inbox.body #> '{event,comment}') = 'object' THEN inbox.body #- '{event,comment,body}'
        ELSE inbox.body END
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS ended(id bigint, outcome text, state text, bare boolean)
    WHERE inbox.id = ended.id AND inbox.state = 'waiting'`);
}

/** {@link finishEvents} for several tickets, a list for each. */
export async function finishAllEvents(tx: Queryable, lists: readonly (readonly EndedEvent[])[]): Promise<void[]> {
  await finishEvents(tx, lists.flat());
  return lists.map(() => undefined);
}

const IGNORED: ReadonlySet<string> = new Set<Outcome | 'not_about_a_ticket'>([
  'own_write',
  'known',
  'decided_with_later',
  'not_about_a_ticket',
  'erased',
]);
