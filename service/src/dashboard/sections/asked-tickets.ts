// Parses the query for the tickets of a figure.
import { FIGURE_IDS, FIGURES, type FigureId } from '@deskwright/shared';
import type { AgeBand } from '@deskwright/shared/contract';
import { z } from 'zod';
import type { Period } from '../api/dashboard-query.ts';

export interface AskedTickets {
  readonly figure: FigureId;
  /** The first is 1. */
  readonly page: number;
  /** In place of the range. */
  readonly period: Period | null;
  /** Any of these; '' is none. */
  readonly categories: readonly string[] | undefined;
  readonly agent: number | undefined;
  readonly department: string | undefined;
  readonly trigger: string | undefined;
  readonly chosen: boolean;
  readonly unassigned: boolean;
  /** Hours. */
  readonly waited: Pick<AgeBand, 'from' | 'to'> | null;
}

/** Nobody reads on, and each page takes longer than the one before. */
export const MAX_PAGES = 200;
/** Two years, one of them a leap year. */
const MAX_PERIOD_MS = 731 * 86_400_000;
const OF_TRIGGERS: ReadonlySet<FigureId> = new Set(['automatic_rate', 'override_rate', 'in_shadow']);
const id = z.string().max(200);
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const ticketsShape = z.object({
  figure: z.enum(FIGURE_IDS),
  page: z
    .string()
    .regex(/^[1-9]\d{0,2}$/)
    .default('1')
    .transform(Number)
    .pipe(z.number().max(MAX_PAGES)),
  from: instant.optional(),
  to: instant.optional(),
  categories: z.string().max(4_000).optional(),
  agent: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number)
    .optional(),
  department: id.optional(),
  trigger: id.optional(),
  chosen: z.literal('1').optional(),
  unassigned: z.literal('1').optional(),
  waited: z
    .string()
    .regex(/^\d{1,5}\.\.(\d{1,5})?$/)
    .optional(),
});

/** What each must be, for a message. */
const MUST: Readonly<Record<string, string>> = {
  figure: `must be given once, and be one of ${FIGURE_IDS.join(', ')}`,
  page: `must be a number from 1 to ${MAX_PAGES}, given at most once`,
  agent: 'must be the number of an agent in Zendesk, given at most once',
  chosen: 'must be 1, given at most once',
  unassigned: 'must be 1, given at most once',
  waited: 'must be hours such as 4..24 or 168.., given at most once',
  from: 'must be a moment such as 2026-11-01T05:00:00Z, given at most once',
  to: 'must be a moment such as 2026-11-01T05:00:00Z, given at most once',
};

export type AskedTicketsAnswer = { ok: true; asked: AskedTickets } | { ok: false; message: string };

/** `message`: what is wrong, and what it must be. */
export function readAskedTickets(query: unknown): AskedTicketsAnswer {
  const read = ticketsShape.safeParse(query);
  if (!read.success) {
    const name = String(read.error.issues[0]?.path[0]);
    return { ok: false, message: `"${name}" ${MUST[name] ?? 'must be given at most once'}.` };
  }
  const { figure, page, from, to, categories, agent, department, trigger, chosen, unassigned, waited } = read.data;
  const isOfNow = FIGURES[figure].from.kind === 'now';
  const problem =
    checkPeriod(from, to) ??
    (trigger === undefined || OF_TRIGGERS.has(figure)
      ? null
      : '"trigger" goes with automatic_rate, override_rate and in_shadow only.') ??
    (chosen === undefined || figure === 'in_shadow' ? null : '"chosen" goes with in_shadow only.') ??
    (department === undefined || isOfNow || figure === 'department_answer_time'
      ? null
      : '"department" goes with department_answer_time, waiting, oldest_wait and open_tickets only.') ??
    ((unassigned === undefined && waited === undefined) || isOfNow
      ? null
      : '"unassigned" and "waited" go with waiting, oldest_wait and open_tickets only.');
  if (problem !== null) return { ok: false, message: problem };
  return {
    ok: true,
    asked: {
      figure,
      page,
      period: from && to ? { from, to } : null,
      categories: categories?.split(','),
      agent,
      department,
      trigger,
      chosen: chosen !== undefined,
      unassigned: unassigned !== undefined,
      waited: waited === undefined ? null : readHours(waited),
    },
  };
}

function checkPeriod(from: Date | undefined, to: Date | undefined): string | null {
  if (from === undefined && to === undefined) return null;
  if (from === undefined || to === undefined) return '"from" and "to" are given both or not at all.';
  if (from >= to) return '"from" must be before "to".';
  return to.getTime() - from.getTime() > MAX_PERIOD_MS ? '"from" and "to" are more than two years apart.' : null;
}

function readHours(waited: string): Pick<AgeBand, 'from' | 'to'> {
  const [from = '', to = ''] = waited.split('..');
  return { from: Number(from), to: to === '' ? null : Number(to) };
}
