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
  const at = new Date(now);
  const waiting = onceForEach((filters: Filters) => readWaiting(db, filters, { policy, now: at }));
  // Goals of the same period and filters are read together.
  const askedOf = (goal: Goal): Asked => ({
    ...goalPeriod(goal, at, policy.time_zone),
    tier: goal.tier,
    category: goal.category,
  });
  const figures = onceForEach((asked: Asked) => {
    const together = policy.goals.filter((goal) => JSON.stringify(askedOf(goal)) === JSON.stringify(asked));
    const { from, to, ...filters } = asked;
    const ids = [...new Set(together.map(({ figure }) => figure))];
    return readFigures(db, { from: new Date(from), to: new Date(to), ...filters }, ids);
  });
  return Promise.all(
    policy.goals.map(async (goal) => {
      const { id, name, figure, owner, benchmark = null } = goal;
      const asked = askedOf(goal);
      const target = readGoalTarget(goal);
      const verdict = judgeGoal(target, await readGoalFigure(goal, { db, policy, now, asked, waiting, figures }));
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
        from: new Date(asked.from).toISOString(),
        to: new Date(asked.to).toISOString(),
        owner,
        benchmark,
      };
    }),
  );
}

type Filters = Pick<Goal, 'tier' | 'category'>;
/** Epoch milliseconds. */
type Asked = Filters & { readonly from: number; readonly to: number };

interface Around {
  readonly db: Queryable;
  readonly policy: Policy;
  readonly now: number;
  readonly asked: Asked;
  readonly waiting: (filters: Filters) => ReturnType<typeof readWaiting>;
  readonly figures: (asked: Asked) => ReturnType<typeof readFigures>;
}

async function readGoalFigure(
  { figure, tier, category }: Goal,
  { db, policy, now, asked, waiting, figures }: Around,
): Promise<GoalFigure> {
  const filters = { tier, category };
  switch (figure) {
    case 'waiting': {
      const { n } = await waiting(filters);
      return { value: n, n };
    }
    case 'open_tickets': {
      const { open } = await waiting(filters);
      return { value: open, n: open };
    }
    case 'oldest_wait': {
      const { n, oldest } = await waiting(filters);
      const since = oldest === null ? now : Date.parse(oldest.since);
      const business = businessMsBetween(since, now, toBusinessCalendar(policy)) / 1_000;
      return { value: (now - since) / 1_000, n, business: { median: business, p90: business, mean: business } };
    }
    case 'days_to_clear': {
      const { open } = await waiting(filters);
      const forecast = await readForecast(db, filters, { policy, now: new Date(now), open });
      // Known days without a forecast mean that the backlog does not shrink.
      return { value: forecast.days, n: open, isOutOfReach: forecast.days === null && forecast.from >= FEWEST_DAYS };
    }
    default: {
      const values = await figures(asked);
      return values.find(({ id }) => id === figure) ?? { value: null, n: 0 };
    }
  }
}

/** Asks once for each argument. */
function onceForEach<Asked, Answer>(read: (asked: Asked) => Promise<Answer>): (asked: Asked) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (asked) => {
    const key = JSON.stringify(asked);
    const answer = answers.get(key) ?? read(asked);
    answers.set(key, answer);
    return answer;
  };
}
