// Reads how the figures developed, with what was marked.
import type { Policy } from '@deskwright/shared';
import type { FigureId, Trends } from '@deskwright/shared/contract';
import { readGoalTarget } from '../../figures/goals.ts';
import { readMarks, readSeries, readWaiting } from '../../history/index.ts';
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
const DAY_MS = 86_400_000;

export async function readTrends({ db, policy, clock }: SectionDeps, asked: Asked): Promise<Trends> {
  const now = new Date(clock());
  const { policy: inForce } = policy.current();
  const range = findRange(asked.range, inForce.time_zone, now.getTime());
  const { from, to } = range;
  const filters = filtersOf(asked);
  const days = Math.round((to.getTime() - from.getTime()) / DAY_MS);
  const bucket = range.step === 'hour' ? 'hour' : days > MOST_DAYS ? 'week' : 'day';
  const until = to < now ? to : now;
  const [series, annotations, backlog] = await Promise.all([
    readSeries(db, { ...filters, from, to: until < from ? from : until }, FIGURES, bucket),
    readMarks(db, { from, to }, { policy: inForce, now }),
    readBacklog({ db, policy: inForce, now }, { filters, from, to: until }),
  ]);
  return {
    trends: series.map((trend) => ({ ...trend, goal: goalOf(trend.figure, inForce, asked) })),
    annotations: annotations.map(({ id, at, kind, text, effect }) => ({ id, at, kind, text, effect })),
    backlog,
  };
}

/** The target of the goal for the same tickets; of a target in business hours none, as the line shows calendar time. */
function goalOf(figure: FigureId, { goals }: Policy, { tier, category }: Asked): number | null {
  const goal = goals.find((each) => each.figure === figure && each.tier === tier && each.category === category);
  if (goal === undefined) return null;
  const target = readGoalTarget(goal);
  return target.clock === 'calendar' ? target.value : null;
}

interface BacklogDeps {
  readonly db: SectionDeps['db'];
  readonly policy: Policy;
  readonly now: Date;
}

/** Counted back from what is open now: a day earlier those were open that were solved since, and those that arrived or were reopened since were not. */
async function readBacklog(
  { db, policy, now }: BacklogDeps,
  { filters, from, to }: { filters: ReturnType<typeof filtersOf>; from: Date; to: Date },
): Promise<Trends['backlog']> {
  if (to <= from) return [];
  const [waiting, [arrivals, solves, reopens]] = await Promise.all([
    readWaiting(db, filters, { policy, now }),
    readSeries(db, { ...filters, from, to: now }, ['arrivals', 'solves', 'reopen_rate'], 'day'),
  ]);
  let { open } = waiting;
  const ends: { at: string; open: number }[] = [];
  for (const [day, { at, value }] of [...(arrivals?.points.entries() ?? [])].toReversed()) {
    if (at < to.toISOString()) ends.push({ at, open: Math.max(0, open) });
    const reopened = reopens?.points[day];
    open -= (value ?? 0) + Math.round((reopened?.value ?? 0) * (reopened?.n ?? 0)) - (solves?.points[day]?.value ?? 0);
  }
  return ends.toReversed();
}
