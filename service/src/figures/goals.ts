// Judges whether a goal of the policy is reached.
import {
  type CalendarPeriod,
  calendarPeriod,
  type FigureId,
  type FigureUnit,
  MORE_IS_BETTER,
  type Policy,
  parseDuration,
} from '@deskwright/shared';
import type { FigureValue, GoalStatus } from '@deskwright/shared/contract';

type Goal = Policy['goals'][number];

export interface GoalTarget {
  readonly unit: FigureUnit;
  /** In the figure's unit: seconds, a share from 0 to 1, a number. */
  readonly value: number;
  readonly is: GoalStatus['is'];
  /** Of durations: whether the median of business time is meant, as with a target in `bh`. */
  readonly clock: 'calendar' | 'business';
}

const SECONDS = { m: 60, h: 3_600, bh: 3_600, d: 86_400 } as const;

const UNITS: Partial<Record<FigureId, FigureUnit>> = {
  waiting: 'count',
  open_tickets: 'count',
  days_to_clear: 'days',
};

/** The target of a goal that `loadPolicy` accepted. */
export function readGoalTarget({ figure, target }: Pick<Goal, 'figure' | 'target'>): GoalTarget {
  const is = MORE_IS_BETTER.has(figure) ? 'at_least' : 'at_most';
  if (typeof target === 'number') return { unit: UNITS[figure] ?? 'score', value: target, is, clock: 'calendar' };
  if (target.endsWith('%')) return { unit: 'share', value: Number(target.slice(0, -1)) / 100, is, clock: 'calendar' };
  const { amount, unit } = parseDuration(target);
  const clock = unit === 'bh' ? 'business' : 'calendar';
  return { unit: 'duration', value: amount * SECONDS[unit], is, clock };
}

/** The day, week, month or quarter for which the goal is judged now, by the calendar of the policy's time zone. */
export function goalPeriod({ every }: Pick<Goal, 'every'>, now: Date, timeZone: string): CalendarPeriod {
  return calendarPeriod(every, now.getTime(), timeZone);
}

export interface GoalVerdict {
  /** What is compared with the target; of durations the median of the target's clock. Null: nothing to count. */
  readonly value: number | null;
  readonly n: number;
  readonly state: GoalStatus['state'];
}

export interface GoalFigure extends Pick<FigureValue, 'value' | 'n' | 'business' | 'tooFew'> {
  /** No value, because it would have none however long one waits: a backlog that grows is never clear. */
  readonly isOutOfReach?: boolean;
}

/** Unknown: nothing was counted, or too little to judge. */
export function judgeGoal(target: GoalTarget, figure: GoalFigure): GoalVerdict {
  const value = target.clock === 'business' ? (figure.business?.median ?? null) : figure.value;
  if (figure.isOutOfReach) return { value, n: figure.n, state: 'off_track' };
  if (value === null || figure.tooFew) return { value, n: figure.n, state: 'unknown' };
  const isReached = target.is === 'at_least' ? value >= target.value : value <= target.value;
  return { value, n: figure.n, state: isReached ? 'on_track' : 'off_track' };
}
