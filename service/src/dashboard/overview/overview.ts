// Computes the first screen, as someone who may see everything would see it, and leaves of it what the viewer may see.
import type { Dashboard, Forecast } from '@deskwright/shared/contract';
import { sql } from 'drizzle-orm';
import { FEWEST_DAYS } from '../../figures/forecast.ts';
import { isPartialSince, readFigures, readFlow, readForecast, readTopics, readWaiting } from '../../history/index.ts';
import { isAmong, type Queryable } from '../../platform/storage/database.ts';
import type { SeenTicket } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { type Asked, askedPeriods, filtersOf, findRange, type Range } from '../api/dashboard-query.ts';
import type { Rights } from '../api/viewer.ts';
import type { SectionDeps } from '../section-deps.ts';
import { readAttention } from './read-attention.ts';
import { readGoals } from './read-goals.ts';

export interface Overview {
  readonly dashboard: Dashboard;
  /** Of the tickets it names, what decides who may see them. A ticket that we do not have is missing. */
  readonly seen: ReadonlyMap<number, SeenTicket>;
}

/** What leaders look at first, on the dashboard and in reports. */
export const HEADLINE_FIGURES = [
  'first_reply_time',
  'next_reply_time',
  'replies_within_target',
  'arrivals',
  'solves',
  'one_touch_rate',
  'reopen_rate',
  'csat',
  'csat_mean',
  'ces',
  'ces_mean',
  'response_rate',
] as const;

/** Throws what the database throws. */
export async function computeOverview(deps: SectionDeps, asked: Asked): Promise<Overview> {
  const { db, policy, clock } = deps;
  const now = clock();
  const { policy: inForce } = policy.current();
  const zone = inForce.time_zone;
  const range = findRange(asked.range, zone, now);
  const query = askedPeriods(asked, zone, now);
  const { before } = query;
  const [choices, waiting, figures, flow, topics, attention, goals, restated, isPartial] = await Promise.all([
    deps.choices(),
    readWaiting(db, filtersOf(asked), { policy: inForce, now: new Date(now) }),
    readFigures(db, query, HEADLINE_FIGURES),
    readFlow(db, query, range.step),
    readTopics(db, query, inForce),
    readAttention(deps, asked, now),
    readGoals(db, inForce, now),
    readRestated(db, range),
    isPartialSince(db, range.from),
  ]);
  const forecast = await readForecast(db, filtersOf(asked), {
    policy: inForce,
    now: new Date(now),
    open: waiting.open,
  });
  const dashboard: Dashboard = {
    company: inForce.company,
    asOf: new Date(now).toISOString(),
    timeZone: zone,
    range: { id: range.id, from: range.from.toISOString(), to: range.to.toISOString() },
    before: before && { from: before.from.toISOString(), to: before.to.toISOString() },
    choices,
    waiting: {
      ...waiting,
      oldest: waiting.oldest && {
        since: waiting.oldest.since,
        ticket: { id: waiting.oldest.ticketId, url: deps.ticketUrl(waiting.oldest.ticketId) },
      },
    },
    figures,
    flow,
    topics,
    attention,
    forecast: isKnown(forecast) ? forecast : null,
    goals,
    restated,
    isPartial,
    may: { seeAgents: true, makeLinks: true, openTickets: true },
  };
  return { dashboard, seen: await readSeen(db, ticketsIn(dashboard)) };
}

/** With nothing open there is nothing to forecast. */
const isKnown = ({ open, from }: Forecast): boolean => open === 0 || from >= FEWEST_DAYS;

function ticketsIn({ waiting, attention }: Dashboard): number[] {
  const ids = attention.flatMap(({ tickets }) => tickets.map(({ id }) => id));
  return [...new Set(waiting.oldest?.ticket ? [waiting.oldest.ticket.id, ...ids] : ids)];
}

/** Reads what decides who may see a ticket. */
async function readSeen(db: Queryable, ids: readonly number[]): Promise<Map<number, SeenTicket>> {
  if (ids.length === 0) return new Map();
  const { id, groupId, assigneeId, organizationId, requesterId } = tickets;
  const rows = await db
    .select({ id, groupId, assigneeId, organizationId, requesterId })
    .from(tickets)
    .where(isAmong(id, ids));
  return new Map(rows.map(({ id, ...seen }) => [id, seen]));
}

/** Reads whether late data has changed days that had ended. */
export async function readRestated(
  db: Queryable,
  { first, last }: Pick<Range, 'first' | 'last'>,
): Promise<Dashboard['restated']> {
  const { rows } = await db.execute<{ at: string | null; days: number }>(sql`
    SELECT max(at) AS at, count(*)::int AS days FROM restatements WHERE day BETWEEN ${first}::date AND ${last}::date`);
  const [row] = rows;
  return row?.at ? { at: new Date(row.at).toISOString(), days: row.days } : null;
}

/** As many links as anybody follows from the first screen. */
const MAX_LINKS = 20;

/** Counts are everybody's; tickets are named only to those whom Zendesk shows them. */
export function showOverview({ dashboard, seen }: Overview, { may, sees, isNamed, namesGroup }: Rights): Dashboard {
  const isShown = (id: number): boolean => {
    const ticket = seen.get(id);
    return may.openTickets && ticket !== undefined && sees(ticket);
  };
  const { oldest } = dashboard.waiting;
  return {
    ...dashboard,
    choices: shownChoices(dashboard.choices, { namesGroup }),
    waiting: {
      ...dashboard.waiting,
      oldest: oldest && { ...oldest, ticket: oldest.ticket && isShown(oldest.ticket.id) ? oldest.ticket : null },
    },
    attention: dashboard.attention.map(({ alarm, ...item }) => ({
      ...item,
      ...(alarm !== undefined && may.seeAgents && { alarm }),
      tickets: item.tickets.filter(({ id }) => isShown(id)).slice(0, MAX_LINKS),
    })),
    // Who answers for a goal is a person.
    goals: isNamed ? dashboard.goals : dashboard.goals.map((goal) => ({ ...goal, owner: '' })),
    may,
  };
}

export const shownChoices = <C extends Dashboard['choices']>(
  choices: C,
  { namesGroup }: Pick<Rights, 'namesGroup'>,
): C => ({
  ...choices,
  groups: choices.groups.filter(({ name }) => namesGroup(name)),
});
