// Reads the tickets behind a figure, as far as the viewer may see them.
import { FIGURE_IDS, type FigureId } from '@deskwright/shared';
import type { FigureTickets } from '@deskwright/shared/contract';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { readFigureTickets } from '../../history/index.ts';
import { seenBy } from '../../sidebar/index.ts';
import { type Asked, askedPeriods } from '../api/dashboard-query.ts';
import type { Viewer } from '../api/viewer.ts';
import type { SectionDeps } from '../section-deps.ts';
import { readSkippedTickets } from './skips.ts';

export interface AskedTickets {
  readonly figure: FigureId;
  /** The first is 1. */
  readonly page: number;
}

const PAGE = 50;
/** Nobody reads on, and each page takes longer than the one before. */
const MAX_PAGES = 200;

const ticketsShape = z.object({
  figure: z.enum(FIGURE_IDS),
  page: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .default('1')
    .transform(Number)
    .pipe(z.number().max(MAX_PAGES)),
});

export type AskedTicketsAnswer = { ok: true; asked: AskedTickets } | { ok: false; message: string };

export function readAskedTickets(query: unknown): AskedTicketsAnswer {
  const read = ticketsShape.safeParse(query);
  if (read.success) return { ok: true, asked: read.data };
  const isFigure = read.error.issues[0]?.path[0] === 'figure';
  const message = isFigure
    ? `"figure" must be given once, and be one of ${FIGURE_IDS.join(', ')}.`
    : `"page" must be a number from 1 to ${MAX_PAGES}, given at most once.`;
  return { ok: false, message };
}

/** The count is everybody's; the list has what Zendesk would show the viewer, and nothing for a wall. `limit`: rows of a page. */
export async function readTickets(
  deps: SectionDeps,
  asked: Asked,
  { figure, page }: AskedTickets,
  viewer: Viewer,
  limit = PAGE,
): Promise<FigureTickets> {
  const now = deps.clock();
  const query = askedPeriods({ ...asked, compare: false }, deps.policy.current().policy.time_zone, now);
  const seen = viewer.kind === 'wall' ? sql`false` : seenBy(viewer.agent);
  const part = { seen, limit, offset: (page - 1) * limit, now: new Date(now) };
  const { unit, total, shown, rows } = await readFigureTickets(deps.db, query, figure, part);
  const skips = figure === 'overtake_rate' && page === 1 ? await readSkippedTickets(deps, asked, viewer) : {};
  return {
    ...skips,
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
    })),
  };
}
