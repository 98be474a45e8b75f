// Defines what the daily and weekly reports are made from.
import type { CalendarPeriod, FigureId, Policy } from '@deskwright/shared';
import type {
  Annotation,
  AttentionItem,
  Dashboard,
  FigureValue,
  Forecast,
  GoalStatus,
  Instant,
} from '@deskwright/shared/contract';
import { type AttentionDeps, HEADLINE_FIGURES, readAttention, readGoals, readRestated } from '../../dashboard/index.ts';
import { readGroups } from '../../directory/directory.ts';
import { FEWEST_DAYS } from '../../figures/forecast.ts';
import type { BeforeAndAfter } from '../../figures/topics.ts';
import {
  type FigureFilters,
  type Mark,
  readFigures,
  readFlow,
  readForecast,
  readMarks,
  readTopics,
  readWaiting,
} from '../../history/index.ts';
import type { ReadDeps, SupportRequest } from '../report-request.ts';
import { describeScope } from './support-scope.ts';

export interface SupportData {
  readonly kind: 'daily' | 'weekly';
  readonly policy: Pick<Policy, 'company' | 'time_zone' | 'goals' | 'categories'>;
  readonly now: Date;
  readonly period: CalendarPeriod;
  readonly before: CalendarPeriod;
  /** What it is limited to, in words. Null: nothing. */
  readonly about: string | null;
  readonly link: string | null;
  /** How it stands now; null: the report is of a period that ended long ago. */
  readonly present: {
    readonly waiting: Omit<Dashboard['waiting'], 'oldest'> & { readonly oldest: { readonly since: Instant } | null };
    readonly attention: readonly AttentionItem[];
    readonly forecast: Forecast | null;
  } | null;
  readonly figures: ReadonlyMap<FigureId, FigureValue>;
  /** Arrivals and solves of each hour (daily) or day (weekly). */
  readonly flow: Dashboard['flow'];
  readonly topics: Dashboard['topics'];
  readonly goals: readonly GoalStatus[];
  readonly marks: readonly LaunchMark[];
  readonly restated: Dashboard['restated'];
}

export interface LaunchMark extends Pick<Annotation, 'at' | 'kind' | 'text'> {
  /** Null: it is no launch, and nothing is compared. */
  readonly effect: BeforeAndAfter | null;
}

const FIGURES = [
  ...HEADLINE_FIGURES,
  'overtake_rate',
  'clock_flips',
  'bounce_rate',
  'escalation_rate',
  'hand_off_rate',
] as const satisfies readonly FigureId[];

/** Launches of this long before the end of the period are told: what they changed shows in weeks. */
const MARKS_FOR_MS = 28 * 86_400_000;

/** @throws Error for a tier or category that the policy does not have */
export async function readSupportData(deps: ReadDeps, request: SupportRequest): Promise<SupportData> {
  const { db, now, link } = deps;
  const { policy } = deps.policy;
  const { kind, tier, categories, period, before } = request;
  const about = describeScope(request, policy);
  const filters: FigureFilters = { tier, categories };
  const dates = toDates(period);
  const query = { ...filters, ...dates, before: toDates(before) };
  // Of an earlier period, what is now is beside the point.
  const isRecent = now.getTime() - period.to < period.to - period.from;
  const [figures, flow, topics, present, goals, marks, restated] = await Promise.all([
    readFigures(db, query, FIGURES),
    readFlow(db, query, kind === 'daily' ? 'hour' : 'day'),
    readTopics(db, query, policy),
    isRecent ? readPresent(deps, filters) : null,
    isRecent ? readGoals(db, policy, now.getTime()) : [],
    readMarks(db, { from: new Date(period.to - MARKS_FOR_MS), to: dates.to }, { policy, now }),
    readRestated(db, request.days),
  ]);
  return {
    kind,
    policy,
    now,
    period,
    before,
    about,
    link,
    present,
    figures: new Map(figures.map((figure) => [figure.id, figure])),
    flow,
    topics,
    goals: goals.filter((goal) => concernsScope(goal, deps, request)),
    marks: marksWithin(marks, request),
    restated,
  };
}

/** A limited report has the goals for what it is limited to. */
function concernsScope({ id }: GoalStatus, { policy: { policy } }: ReadDeps, scope: SupportRequest): boolean {
  const goal = policy.goals.find((each) => each.id === id);
  if (!goal || (scope.tier !== undefined && goal.tier !== scope.tier)) return false;
  return scope.categories === undefined || (goal.category !== undefined && scope.categories.includes(goal.category));
}

/** What a launch changed is known by category, not by tier; versions of the policy are told of the period only. */
export function marksWithin(
  marks: readonly Mark[],
  { tier, categories, period }: Pick<SupportRequest, 'tier' | 'categories' | 'period'>,
): SupportData['marks'] {
  if (tier !== undefined) return [];
  const isOf = (category: string): boolean => categories === undefined || categories.includes(category);
  return marks
    .filter(({ kind, at, category }) =>
      kind === 'mark' ? category === null || isOf(category) : categories === undefined && Date.parse(at) >= period.from,
    )
    .map(({ at, kind, text, compared }) => ({
      at,
      kind,
      text,
      effect:
        compared?.state === 'known'
          ? { ...compared, effect: compared.effect.filter(({ category }) => isOf(category)) }
          : compared,
    }));
}

async function readPresent(deps: ReadDeps, filters: FigureFilters): Promise<SupportData['present']> {
  const { db, policy, now } = deps;
  const groups = await readGroups(db);
  const attention: AttentionDeps = {
    db,
    policy: { current: () => policy },
    directory: { current: () => ({ groupId: (name) => groups.get(name) ?? null }) },
    ticketUrl: deps.ticketUrl,
  };
  const [waiting, items] = await Promise.all([
    readWaiting(db, filters, { policy: policy.policy, now }),
    readAttention(attention, filters, now.getTime()),
  ]);
  const forecast = await readForecast(db, filters, { policy: policy.policy, now, open: waiting.open });
  // With fewer days there is nothing to say yet.
  return { waiting, attention: items, forecast: forecast.from < FEWEST_DAYS ? null : forecast };
}

const toDates = ({ from, to }: { from: number; to: number }) => ({ from: new Date(from), to: new Date(to) });
