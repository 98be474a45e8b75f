// Reads whether the policy's goals are reached.
import type { Policy } from '@deskwright/shared';
import type { GoalStatus } from '@deskwright/shared/contract';
import { goalPeriod, judgeGoal, readGoalTarget } from '../../figures/goals.ts';
import { readFigures } from '../../history/index.ts';
import type { Queryable } from '../../platform/storage/database.ts';

/** Each for its own period, whatever the range. `now`: epoch milliseconds. */
export function readGoals(db: Queryable, policy: Policy, now: number): Promise<GoalStatus[]> {
  return Promise.all(
    policy.goals.map(async (goal) => {
      const { id, name, figure, owner, benchmark = null, tier, category } = goal;
      const period = goalPeriod(goal, new Date(now), policy.time_zone);
      const span = { from: new Date(period.from), to: new Date(period.to) };
      const [value] = await readFigures(db, { ...span, tier, category }, [figure]);
      const target = readGoalTarget(goal);
      const verdict = judgeGoal(target, value ?? { value: null, n: 0 });
      return {
        id,
        name,
        figure,
        unit: target.unit,
        target: target.value,
        is: target.is,
        ...verdict,
        from: span.from.toISOString(),
        to: span.to.toISOString(),
        owner,
        benchmark,
      };
    }),
  );
}
