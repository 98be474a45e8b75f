// Reads the tickets behind a figure, as far as the viewer may see them.
import { FIGURES, type FigureId } from '@deskwright/shared';
import type { FigureTickets } from '@deskwright/shared/contract';
import { type SQL, sql } from 'drizzle-orm';
import { type FigureFilters, hasWaited, readFigureTickets } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { type PageDeps, seenBy } from '../../sidebar/index.ts';
import { readRawScores } from '../../surveys/index.ts';
import { tickets } from '../../tickets/index.ts';
import { type Asked, askedPeriods } from '../api/dashboard-query.ts';
import type { Viewer } from '../api/viewer.ts';
import type { SectionDeps } from '../section-deps.ts';
import { type AskedTickets, MAX_PAGES } from './asked-tickets.ts';
import { readNotSurveyed } from './not-surveyed.ts';
import { readSkippedTickets } from './skips.ts';
import { filtersOfAgent } from './team.ts';

const PAGE = 50;

type TicketsDeps = SectionDeps & Pick<PageDeps, 'findAgent'>;

export type TicketsAnswer =
  | { readonly ok: true; readonly tickets: FigureTickets }
  | { readonly ok: false; readonly refusal: 'bad_request' | 'forbidden'; readonly message: string };

/** The count is everybody's; the list has what Zendesk would show the viewer, and nothing for a wall. `limit`: rows of a page. */
export async function readTickets(
  deps: TicketsDeps,
  asked: Asked,
  wanted: AskedTickets,
  viewer: Viewer,
  limit = PAGE,
): Promise<TicketsAnswer> {
  const { figure, page, period, department, agent } = wanted;
  const { policy } = deps.policy.current();
  if (department !== undefined && !policy.departments.some(({ id }) => id === department)) {
    const known = policy.departments.map(({ id }) => id).join(', ') || 'none';
    return refused('bad_request', `"department" is not known: ${JSON.stringify(department)}. There are: ${known}.`);
  }
  const ofAgent = agent === undefined ? {} : await filtersOfAgent(deps, viewer, agent);
  if (ofAgent === null)
    return refused('forbidden', 'Figures of other agents are shown to admins and to the leads of their tier only.');
  const now = new Date(deps.clock());
  const query = {
    ...askedPeriods({ ...asked, compare: false }, policy.time_zone, now.getTime()),
    ...period,
    ...filtersOf(deps, wanted),
    ...ofAgent,
  };
  const seen = viewer.kind === 'wall' ? sql`false` : seenBy(viewer.agent);
  const part = {
    seen,
    only: conditionOf(wanted, now),
    onlyChosen: wanted.chosen,
    limit,
    offset: (page - 1) * limit,
    now,
  };
  const { unit, total, shown, rows } = await readFigureTickets(deps.db, query, figure, part);
  // Of a part of the figure, those skipped elsewhere would be listed too.
  const isWhole = period === null && agent === undefined && wanted.categories === undefined;
  const skips =
    figure === 'overtake_rate' && page === 1 && isWhole ? await readSkippedTickets(deps, asked, viewer) : {};
  const notSurveyed =
    figure === 'response_rate' && page === 1 && isWhole ? await readNotSurveyed(deps, asked, viewer) : {};
  const ids = rows.map(({ ticketId }) => ticketId);
  const raw = agent === undefined ? await readRaw(deps.db, figure, query, ids) : null;
  return {
    ok: true,
    tickets: {
      ...skips,
      ...notSurveyed,
      ...(raw === null ? {} : { raw: rawOf(figure, raw) }),
      figure,
      unit,
      total,
      page,
      pages: Math.min(MAX_PAGES, Math.ceil(shown / limit)),
      tickets: rows.map(({ ticketId, at, value, tier, category, channel }) => ({
        ticket: { id: ticketId, url: deps.ticketUrl(ticketId) },
        at: at.toISOString(),
        value,
        tier,
        category,
        channel,
        ...(raw === null ? {} : { raw: raw.ofTickets.get(ticketId) ?? null }),
      })),
    },
  };
}

const refused = (refusal: 'bad_request' | 'forbidden', message: string): TicketsAnswer => ({
  ok: false,
  refusal,
  message,
});

/** No group of Zendesk has it. */
const NO_GROUP = 0;

function filtersOf(
  { directory, policy }: TicketsDeps,
  { figure, categories, department, trigger }: AskedTickets,
): FigureFilters {
  const filters = categories === undefined ? {} : { categories };
  if (trigger !== undefined) return { ...filters, detail: trigger };
  if (department === undefined) return filters;
  if (FIGURES[figure].from.kind !== 'now') return { ...filters, detail: department };
  const group = policy.current().policy.departments.find(({ id }) => id === department)?.group ?? '';
  return { ...filters, group: directory.current()?.groupId(group) ?? NO_GROUP };
}

function conditionOf({ unassigned, waited }: AskedTickets, now: Date): SQL | undefined {
  const conditions = [
    ...(unassigned ? [sql`${tickets.assigneeId} IS NULL`] : []),
    ...(waited === null ? [] : [hasWaited(waited, now)]),
  ];
  return conditions.length === 0 ? undefined : sql.join(conditions, sql` AND `);
}

type RawScores = Awaited<ReturnType<typeof readRawScores>>;

const SURVEY_OF = { csat: 'csat', csat_mean: 'csat', ces: 'ces', ces_mean: 'ces' } as const;

/** Null: the figure is of no survey. Filters are those of the tickets as they are now. */
async function readRaw(
  db: Queryable,
  figure: FigureId,
  query: FigureFilters & { readonly from: Date; readonly to: Date },
  ticketIds: readonly number[],
): Promise<RawScores | null> {
  const survey = figure in SURVEY_OF ? SURVEY_OF[figure as keyof typeof SURVEY_OF] : null;
  return survey === null ? null : readRawScores(db, { ...query, survey, only: conditionOfAnswers(query), ticketIds });
}

function conditionOfAnswers({ tier, category, categories, channel, group }: FigureFilters): SQL {
  const is = (column: SQL, value: string | undefined): SQL[] =>
    value === undefined ? [] : [sql`coalesce(${column}, '') = ${value}`];
  const conditions = [
    ...is(sql`t.tier`, tier),
    ...is(sql`i.category`, category),
    ...is(sql`t.via`, channel),
    ...(categories === undefined ? [] : [sql`coalesce(i.category, '') = ANY(${sql.param(categories)}::text[])`]),
    ...(group === undefined ? [] : [sql`t.group_id = ${group}`]),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` AND `);
}

/** In the figure's unit. */
const rawOf = (figure: FigureId, { n, good, mean }: RawScores): NonNullable<FigureTickets['raw']> => ({
  n,
  value: figure.endsWith('_mean') ? mean : good,
});
