// Reads how the figures developed, with what was marked.
import type { Policy } from '@deskwright/shared';
import type { FigureId, Trends } from '@deskwright/shared/contract';
import { readGoalTarget } from '../../figures/goals.ts';
import { readBacklog, readMarks, readSeries, readWaiting } from '../../history/index.ts';
import { type Asked, filtersOf, findRange } from '../api/dashboard-query.ts';
import type { SectionDeps } from '../section-deps.ts';

const FIGURES = [
  'arrivals',
  'solves',
  'first_reply_time',
  'next_reply_time',
  'full_resolution_time',
  'replies_within_target',
  'reopen_rate',
  'csat',
  'ces',
  'automatic_rate',
] as const satisfies readonly FigureId[];

/** Of more days, each point is a week. */
const MOST_DAYS = 120;
/** Of several filters there are sums of weeks alone for most figures. */
const MOST_DAYS_COMBINED = 45;
const DAY_MS = 86_400_000;

export async function readTrends({ db, policy, clock }: SectionDeps, asked: Asked): Promise<Trends> {
  const now = new Date(clock());
  const { policy: inForce } = policy.current();
  const range = findRange(asked.range, inForce.time_zone, now.getTime());
  const { from, to } = range;
  const filters = filtersOf(asked);
  const days = Math.round((to.getTime() - from.getTime()) / DAY_MS);
  const isCombined = Object.values(filters).filter((value) => value !== undefined).length > 1;
  const bucket = range.step === 'hour' ? 'hour' : days > (isCombined ? MOST_DAYS_COMBINED : MOST_DAYS) ? 'week' : 'day';
  const until = to < now ? to : now;
  const [series, annotations, waiting] = await Promise.all([
    readSeries(db, { ...filters, from, to: until < from ? from : until }, FIGURES, bucket),
    readMarks(db, { from, to }, { policy: inForce, now }),
    readWaiting(db, filters, { policy: inForce, now }),
  ]);
  return {
    trends: series.map((trend) => ({ ...trend, goal: goalOf(trend.figure, inForce, asked) })),
    annotations: annotations.map(({ id, at, kind, text, effect }) => ({ id, at, kind, text, effect })),
    backlog: await readBacklog(db, { ...filters, from, to: until }, { open: waiting.open, now }),
  };
}

/** The target of the goal for the same tickets; of a target in business hours none, as the line shows calendar time. */
function goalOf(figure: FigureId, { goals }: Policy, { tier, category }: Asked): number | null {
  const goal = goals.find((each) => each.figure === figure && each.tier === tier && each.category === category);
  if (goal === undefined) return null;
  const target = readGoalTarget(goal);
  return target.clock === 'calendar' ? target.value : null;
}
