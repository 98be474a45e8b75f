// Counts what an activation would change at once: the effects observed so far, views out of order, surveys that are due.
import type { Policy } from '@deskwright/shared';
import { type SQL, sql } from 'drizzle-orm';
import { burstOf } from '../../platform/outbox/rate.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { nameOfView } from '../../provision/index.ts';
import { ticketInScope } from '../../tickets/index.ts';

/** Where Deskwright is to act. */
export type WantedScope =
  | { kind: 'all' }
  /** Tickets opened from now on. */
  | { kind: 'new_tickets' }
  | { kind: 'group'; id: number; name: string };

/** Without the customer's name and words: both stand on the ticket. */
type SurveyToSend = {
  ticketId: number;
  survey: string;
  /** The customer's id in Zendesk. */
  requesterId: number;
  /** When it is due; mailed at once if that is past. */
  dueAt: string;
};

export interface Changes {
  tickets: number;
  notes: number;
  /** Tickets that move to another group. */
  moves: number;
  views: readonly string[];
  /** Of them, those that would be sent at once. */
  mails: number;
  /** Surveys that would be mailed, the earliest first; at most `LISTED`. */
  surveys: readonly SurveyToSend[];
  /** Calls of Zendesk that change something, about. */
  calls: number;
  /** About. */
  minutes: number;
}

/** Tickets in one bulk job, and calls that a view takes: who changed it, the change, reading it back. */
const ROWS_PER_JOB = 100;
const CALLS_PER_VIEW = 3;
/** Fewer tickets get a call of their own. */
const FEW = 5;

/** @param policy that of the service, for its budget and the views it keeps in order */
export async function countChanges(
  db: Queryable,
  scope: WantedScope,
  { policy, now }: { policy: Pick<Policy, 'views' | 'zendesk'>; now: Date },
): Promise<Changes> {
  const writesPerMinute = policy.zendesk.writes_per_minute;
  const { tickets, notes, moves } = await countEffects(db, scope);
  const views = scope.kind === 'all' ? await viewsOutOfOrder(db, policy.views) : [];
  const updates = tickets > FEW ? Math.ceil(tickets / ROWS_PER_JOB) : tickets;
  const waits = Math.max(0, updates - burstOf(writesPerMinute));
  return {
    tickets,
    notes,
    moves,
    views,
    ...(await listMails(db, scope, now)),
    calls: updates + views.length * CALLS_PER_VIEW,
    minutes: Math.ceil(waits / writesPerMinute),
  };
}

/** As `acting()` will say. */
const scopeRow = (scope: WantedScope): SQL =>
  sql`(SELECT ${scope.kind}::text AS scope, ${scope.kind === 'group' ? scope.id : null}::bigint AS group_id, now() AS since)`;

async function countEffects(db: Queryable, scope: WantedScope) {
  const moved = sql`(o.payload->'change'->>'groupId')::bigint`;
  const { rows } = await db.execute<{ tickets: number; notes: number; moves: number }>(sql`
    SELECT count(DISTINCT o.ticket_id)::int AS tickets,
      count(DISTINCT o.ticket_id) FILTER (WHERE o.payload->'change' ? 'note')::int AS notes,
      count(DISTINCT o.ticket_id) FILTER (WHERE ${moved} IS NOT NULL)::int AS moves
    FROM outbox o, ${scopeRow(scope)} AS a
    WHERE o.state = 'observed' AND (a.scope = 'all' OR ${ticketInScope(sql`o.ticket_id`, moved)})`);
  return rows[0] ?? { tickets: 0, notes: 0, moves: 0 };
}

async function viewsOutOfOrder(db: Queryable, managed: Policy['views']): Promise<string[]> {
  const kept = new Set(managed.filter(({ keep }) => keep === 'enforce').map(nameOfView));
  const { rows } = await db.execute<{ title: string }>(
    sql`SELECT title FROM view_checks WHERE state = 'out_of_order' ORDER BY title`,
  );
  return rows.flatMap(({ title }) => (kept.has(title) ? [title] : []));
}

/** More are only counted. */
const LISTED = 1_000;

/** Without those that are too late to be sent, see `isTooLate` of surveys. */
async function listMails(db: Queryable, scope: WantedScope, now: Date): Promise<Pick<Changes, 'mails' | 'surveys'>> {
  const moment = now.toISOString();
  const { rows } = await db.execute<SurveyToSend & { due: number }>(sql`
    SELECT i.ticket_id::float8 AS "ticketId", i.survey, i.requester_id::float8 AS "requesterId", i.due_at AS "dueAt",
      (count(*) FILTER (WHERE i.due_at <= ${moment}) OVER ())::int AS due
    FROM invitations i, ${scopeRow(scope)} AS a
    WHERE i.state = 'scheduled' AND i.due_at > ${moment}::timestamptz - interval '3 days'
      AND (a.scope = 'all' OR ${ticketInScope(sql`i.ticket_id`)})
    ORDER BY i.due_at, i.id LIMIT ${LISTED}`);
  return {
    mails: rows[0]?.due ?? 0,
    surveys: rows.map(({ ticketId, survey, requesterId, dueAt }) => ({
      ticketId,
      survey,
      requesterId,
      dueAt: new Date(dueAt).toISOString(),
    })),
  };
}
