// Reads what needs attention: long waits, tickets that bounce between groups, unhappy customers, and failures.
import type { AttentionItem } from '@deskwright/shared/contract';
import { and, isNull, type SQL, sql } from 'drizzle-orm';
import { type AlarmKind, listAlarms, PROMISED_AT, WAS_REMINDED_OF_WAIT, whatDiffers } from '../../alerts/index.ts';
import type { Directory } from '../../directory/directory.ts';
import type { FigureFilters } from '../../history/index.ts';
import { driverName, hasBadAnswer, hasFailedAnswer } from '../../surveys/index.ts';
import { tickets } from '../../tickets/index.ts';
import type { SectionDeps } from '../section-deps.ts';
import { findDrifted, findFailingMail, findOverruledViews } from './find-faults.ts';
import { isOverdue } from './overdue.ts';

/** More than are shown, since not everybody may see each of them. */
const MAX_TICKETS = 200;
/** An answer that was given longer ago was dealt with otherwise. */
const ANSWERS_FOR = '30 days';
/** Times that a ticket went back to a tier or department that it had left. */
const BOUNCES = 3;
/** The lower two of five, and of seven the lower three. */
const UNHAPPY = { csat: 2, ces: 3 } as const;

export interface AttentionDeps extends Pick<SectionDeps, 'db' | 'policy' | 'ticketUrl'> {
  /** Null: the account's names are not loaded yet. */
  readonly directory: { readonly current: () => Pick<Directory, 'groupId'> | null };
}
export type AttentionFilters = Omit<FigureFilters, 'agent'>;

interface Found {
  readonly n: number;
  readonly since: Date | null;
  readonly ids: readonly string[] | null;
  readonly about?: string | null;
  /** The alarm's number, if it is one. */
  readonly alarm?: number;
}

/** What needs attention now, whatever the range; of the tickets and effects that the filters fit. */
export async function readAttention(
  deps: AttentionDeps,
  asked: AttentionFilters,
  now: number,
): Promise<AttentionItem[]> {
  const [alarms, { overdue, dueSoon }, promises, approvals, bounced, unhappy, followUps, failed, views, mail, drifted] =
    await Promise.all([
      listAlarms(deps.db),
      findWaiting(deps, asked, now),
      findPromises(deps, asked),
      findApprovals(deps, asked, now),
      findBounced(deps, asked),
      findUnhappy(deps, asked, now),
      findOverdueFollowUps(deps, asked, now),
      findFailedEffects(deps, asked),
      findOverruledViews(deps, now),
      findFailingMail(deps),
      findDrifted(deps),
    ]);
  const item = (kind: AttentionItem['kind'], { n, since, ids, about = null, alarm }: Found): AttentionItem[] =>
    n === 0
      ? []
      : [
          {
            kind,
            n,
            since: since?.toISOString() ?? null,
            about,
            ...(alarm !== undefined && { alarm }),
            tickets: (ids ?? []).map((id) => ({ id: Number(id), url: deps.ticketUrl(Number(id)) })),
          },
        ];
  const { policy } = deps.policy.current();
  const named = (kind: AlarmKind, about: string | null): string | null => {
    // Every text names the limit, in the reader's language.
    if (kind === 'oldest_wait') return policy.alarms.oldest_wait_above ?? null;
    if (kind === 'driver_named') return driverName(policy, about ?? '');
    // People are not named on a screen that many see: the ticket leads to them.
    if (kind === 'agent_refunds' || kind === 'customer_refunds') return null;
    if (kind === 'refund_differences') return whatDiffers(about ?? '');
    if (kind === 'outside_refunds' || kind === 'refunds_not_compared') return null;
    if (kind === 'score_fall') return about?.toUpperCase() ?? null;
    return about === null ? null : (policy.categories.find(({ id }) => id === about)?.name ?? about);
  };
  return [
    ...alarms.flatMap(({ id, kind, n, since, about, ticketId }) =>
      item(kind, {
        n,
        since,
        alarm: id,
        about: named(kind, about),
        ids: ticketId === null ? null : [String(ticketId)],
      }),
    ),
    ...item('overdue', overdue),
    ...item('due_soon', dueSoon),
    ...item('promise_due', promises),
    ...item('approvals_waiting', approvals),
    ...item('unhappy_and_open', unhappy),
    ...item('follow_up_overdue', followUps),
    ...item('bounced', bounced),
    ...item('failed_effects', failed),
    ...item('mail_failing', mail),
    ...views.flatMap((view) => item('overruled_views', view)),
    ...drifted.flatMap((object) => item('drifted_objects', object)),
  ];
}

const NOTHING: Found = { n: 0, since: null, ids: null };

/** The rows of `tickets` that the filters fit. */
function fits({ tier, category, categories, channel, group }: AttentionFilters): SQL {
  const conditions = and(
    isNull(tickets.gone),
    tier === undefined ? undefined : sql`${tickets.tier} = ${tier}`,
    category === undefined ? undefined : sql`${tickets.category} = ${category}`,
    categories === undefined ? undefined : sql`${tickets.category} = ANY(${sql.param(categories)}::text[])`,
    channel === undefined ? undefined : sql`${tickets.via} = ${channel}`,
    group === undefined ? undefined : sql`${tickets.groupId} = ${group}`,
  );
  return conditions ?? sql`true`;
}

/** @param rows a query of `id` and `since`, the most urgent first by `since` */
async function count({ db }: Pick<SectionDeps, 'db'>, rows: SQL): Promise<Found> {
  const { rows: found } = await db.execute<{ n: number; since: string | null; ids: string[] | null }>(sql`
    WITH found AS MATERIALIZED (${rows})
    SELECT count(*)::int AS n, min(since) AS since,
      (SELECT array_agg(id ORDER BY since, id) FROM (SELECT id, since FROM found ORDER BY since, id LIMIT ${MAX_TICKETS}) first) AS ids
    FROM found`);
  return foundIn(found);
}

const foundIn = ([row]: readonly { n: number; since: string | null; ids: string[] | null }[]): Found =>
  row === undefined ? NOTHING : { ...row, since: row.since === null ? null : new Date(row.since) };

/**
 * Those whose target is missed, and those for whom somebody was reminded before it is. Departments answer within times of their own. Both in one query: it
 * reads everybody who waits.
 */
async function findWaiting(
  { db, policy, directory }: AttentionDeps,
  asked: AttentionFilters,
  now: number,
): Promise<{ overdue: Found; dueSoon: Found }> {
  const inForce = policy.current();
  const overdue = isOverdue(inForce.policy.targets, inForce.compiled.calendar, now);
  if (overdue === null) return { overdue: NOTHING, dueSoon: NOTHING };
  const departments = inForce.policy.departments.flatMap(({ group }) => directory.current()?.groupId(group) ?? []);
  const first = (which: SQL): SQL => sql`(
    SELECT array_agg(id ORDER BY since, id) FROM (SELECT id, since FROM waiting WHERE ${which} ORDER BY since, id LIMIT ${MAX_TICKETS}) first)`;
  const { rows } = await db.execute<{
    overdue: number;
    overdue_since: string | null;
    overdue_ids: string[] | null;
    soon: number;
    soon_since: string | null;
    soon_ids: string[] | null;
  }>(sql`
    WITH judged AS MATERIALIZED (
      SELECT ${tickets.id} AS id, ${tickets.waitingSince} AS since, ${overdue} AS overdue FROM ${tickets}
      WHERE ${fits(asked)} AND ${tickets.waitingSince} IS NOT NULL
        AND (${tickets.groupId} IS NULL OR ${tickets.groupId} <> ALL(${`{${departments.join()}}`}::bigint[]))),
    reminded AS MATERIALIZED (
      SELECT ${tickets.id} AS id FROM ${tickets} JOIN judged ON judged.id = ${tickets.id} AND NOT overdue WHERE ${WAS_REMINDED_OF_WAIT}),
    waiting AS MATERIALIZED (SELECT id, since, overdue, id IN (SELECT reminded.id FROM reminded) AS soon FROM judged)
    SELECT count(*) FILTER (WHERE overdue)::int AS overdue, min(since) FILTER (WHERE overdue) AS overdue_since, ${first(sql`overdue`)} AS overdue_ids,
      count(*) FILTER (WHERE soon)::int AS soon, min(since) FILTER (WHERE soon) AS soon_since, ${first(sql`soon`)} AS soon_ids
    FROM waiting`);
  const [row] = rows;
  if (row === undefined) return { overdue: NOTHING, dueSoon: NOTHING };
  const found = (n: number, since: string | null, ids: string[] | null): Found => ({
    n,
    since: since === null ? null : new Date(since),
    ids,
  });
  return {
    overdue: found(row.overdue, row.overdue_since, row.overdue_ids),
    dueSoon: found(row.soon, row.soon_since, row.soon_ids),
  };
}

const IS_OPEN = sql`${tickets.status} NOT IN ('solved', 'closed')`;

/** Of promises that somebody was reminded of: an agent's next public reply keeps them. */
const findPromises = (deps: AttentionDeps, asked: AttentionFilters): Promise<Found> =>
  count(
    deps,
    sql`SELECT id, since FROM (
      SELECT ${tickets.id} AS id, ${PROMISED_AT} AS since FROM ${tickets} WHERE ${fits(asked)} AND ${IS_OPEN}
        AND EXISTS (SELECT FROM reminders r WHERE r.ticket_id = ${tickets.id} AND r.kind = 'promise')) promised
    WHERE since IS NOT NULL`,
  );

/** Refunds above a limit that somebody must answer. */
const findApprovals = (deps: AttentionDeps, asked: AttentionFilters, now: number): Promise<Found> =>
  count(
    deps,
    sql`SELECT ${tickets.id} AS id, min(a.asked_at) AS since FROM ${tickets} JOIN refund_approvals a ON a.ticket_id = ${tickets.id}
      WHERE ${fits(asked)} AND a.state = 'open' AND a.expires_at > ${new Date(now).toISOString()}::timestamptz GROUP BY ${tickets.id}`,
  );

const findBounced = (deps: AttentionDeps, asked: AttentionFilters): Promise<Found> =>
  count(
    deps,
    sql`SELECT ${tickets.id} AS id, max(m.at) AS since FROM ${tickets} JOIN measures m ON m.ticket_id = ${tickets.id}
      WHERE ${fits(asked)} AND ${IS_OPEN} AND m.figure = 'bounce'
      GROUP BY ${tickets.id} HAVING count(*) >= ${BOUNCES}`,
  );

/** The newest answer counts: who answered again, better, is not unhappy. */
const findUnhappy = (deps: AttentionDeps, asked: AttentionFilters, now: number): Promise<Found> =>
  count(
    deps,
    sql`SELECT id, since FROM (
      SELECT DISTINCT ON (${tickets.id}) ${tickets.id} AS id, m.at AS since, m.figure, m.score
      FROM ${tickets} JOIN measures m ON m.ticket_id = ${tickets.id}
      WHERE ${fits(asked)} AND ${IS_OPEN} AND m.figure IN ('csat', 'ces')
        AND m.at >= ${new Date(now).toISOString()}::timestamptz - ${ANSWERS_FOR}::interval
      ORDER BY ${tickets.id}, m.at DESC) newest
    WHERE score <= CASE figure WHEN 'csat' THEN ${UNHAPPY.csat}::int ELSE ${UNHAPPY.ces} END`,
  );

/** What concerns no ticket concerns everybody, but no filter. @param ticketId a column */
function ofThese(asked: AttentionFilters, ticketId: SQL): SQL {
  const isFiltered = [asked.tier, asked.category, asked.categories, asked.channel, asked.group].some(
    (filter) => filter !== undefined,
  );
  return isFiltered
    ? sql`AND EXISTS (SELECT FROM ${tickets} WHERE ${tickets.id} = ${ticketId} AND ${fits(asked)})`
    : sql``;
}

/** Whose time has passed without anybody reaching the customer; also those whose ticket could not be opened. */
async function findOverdueFollowUps(deps: AttentionDeps, asked: AttentionFilters, now: number): Promise<Found> {
  const ticketId = sql`coalesce(f.ticket_id, f.source_ticket_id)`;
  const { rows } = await deps.db.execute<{ n: number; since: string | null; ids: string[] | null }>(sql`
    SELECT count(*)::int AS n, min(f.due_at) AS since,
      (array_agg(${ticketId} ORDER BY f.due_at, f.id) FILTER (WHERE ${ticketId} IS NOT NULL))[1:${MAX_TICKETS}] AS ids
    FROM follow_ups f WHERE f.ended_at IS NULL AND f.state = 'open' AND f.due_at < ${new Date(now).toISOString()} AND ${hasBadAnswer(sql`f.id`, deps.policy.current().policy)} ${ofThese(asked, ticketId)}`);
  return foundIn(rows);
}

/** Effects, and answers that could not be put on their tickets: what `deskwright failed` lists of them. */
async function findFailedEffects({ db }: AttentionDeps, asked: AttentionFilters): Promise<Found> {
  const { rows } = await db.execute<{ n: number; since: string | null; ids: string[] | null }>(sql`
    SELECT count(*)::int AS n, min(created_at) AS since,
      (array_agg(DISTINCT ticket_id) FILTER (WHERE ticket_id IS NOT NULL))[1:${MAX_TICKETS}] AS ids
    FROM (SELECT ticket_id, created_at FROM outbox WHERE state = 'parked'
      UNION ALL SELECT ticket_id, created_at FROM invitations WHERE state = 'answered' AND ${hasFailedAnswer}) failed
    WHERE true ${ofThese(asked, sql`failed.ticket_id`)}`);
  return foundIn(rows);
}
