// Reads the tickets behind a figure, as far as the viewer may see them.
import { FIGURES } from '@deskwright/shared';
import type { FigureTickets } from '@deskwright/shared/contract';
import { type SQL, sql } from 'drizzle-orm';
import { type FigureFilters, hasWaited, readFigureTickets } from '../../history/index.ts';
import type { PageDeps } from '../../sidebar/index.ts';
import { seenBy } from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { type Asked, askedPeriods } from '../api/dashboard-query.ts';
import type { Viewer } from '../api/viewer.ts';
import type { SectionDeps } from '../section-deps.ts';
import { type AskedTickets, MAX_PAGES } from './asked-tickets.ts';
import { rawOf, readRaw } from './raw-scores.ts';
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
  const ids = rows.map(({ ticketId }) => ticketId);
  const raw = agent === undefined ? await readRaw(deps.db, figure, query, ids) : null;
  return {
    ok: true,
    tickets: {
      ...skips,
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
