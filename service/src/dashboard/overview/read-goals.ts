// Reads whether the policy's goals are reached.
import { businessMsBetween, type Policy, toBusinessCalendar } from '@deskwright/shared';
import type { GoalStatus } from '@deskwright/shared/contract';
import { FEWEST_DAYS } from '../../figures/forecast.ts';
import { type GoalFigure, goalPeriod, judgeGoal, readGoalTarget } from '../../figures/goals.ts';
import { readFigures, readForecast, readWaiting } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';

type Goal = Policy['goals'][number];

/** Each for its own period, whatever the range; what is counted at the moment, as it is now. `now`: epoch milliseconds. */
export function readGoals(db: Queryable, policy: Policy, now: number): Promise<GoalStatus[]> {
  return Promise.all(
    policy.goals.map(async (goal) => {
      const { id, name, figure, owner, benchmark = null } = goal;
      const { from, to } = goalPeriod(goal, new Date(now), policy.time_zone);
      const target = readGoalTarget(goal);
      const verdict = judgeGoal(target, await readGoalFigure(db, goal, { policy, now, from, to }));
      return {
        id,
        name,
        figure,
        unit: target.unit,
        target: target.value,
        is: target.is,
        ...(target.unit === 'duration' && { clock: target.clock }),
        tier: goal.tier,
        category: goal.category,
        ...verdict,
        from: new Date(from).toISOString(),
        to: new Date(to).toISOString(),
        owner,
        benchmark,
      };
    }),
  );
}

interface Around {
  policy: Policy;
  now: number;
  from: number;
  to: number;
}

async function readGoalFigure(db: Queryable, goal: Goal, { policy, now, from, to }: Around): Promise<GoalFigure> {
  const { figure, tier, category } = goal;
  const filters = { tier, category };
  const at = new Date(now);
  switch (figure) {
    case 'waiting': {
      const { n } = await readWaiting(db, filters, { policy, now: at });
      return { value: n, n };
    }
    case 'open_tickets': {
      const { open } = await readWaiting(db, filters, { policy, now: at });
      return { value: open, n: open };
    }
    case 'oldest_wait': {
      const { n, oldest } = await readWaiting(db, filters, { policy, now: at });
      const since = oldest === null ? now : Date.parse(oldest.since);
      const business = businessMsBetween(since, now, toBusinessCalendar(policy)) / 1_000;
      return { value: (now - since) / 1_000, n, business: { median: business, p90: business, mean: business } };
    }
    case 'days_to_clear': {
      const { open } = await readWaiting(db, filters, { policy, now: at });
      const forecast = await readForecast(db, filters, { policy, now: at, open });
      // Known days without a forecast mean that the backlog does not shrink.
      return { value: forecast.days, n: open, isOutOfReach: forecast.days === null && forecast.from >= FEWEST_DAYS };
    }
    default: {
      const [value] = await readFigures(db, { from: new Date(from), to: new Date(to), ...filters }, [figure]);
      return value ?? { value: null, n: 0 };
    }
  }
}
