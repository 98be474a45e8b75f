// Checks that surveys are not deleted while something else still needs them.
import { parseDuration } from '../../time/duration.ts';
import { ALL_SURVEYS } from '../../words/survey-kinds.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { valueAt } from '../value-at.ts';

const HOURS = { m: 1 / 60, h: 1, d: 24, bh: 24 } as const;

const PATH = ['retention', 'surveys'] as const;

/** What surveys must be kept as long as, and why. */
const NEEDED: readonly { as: PolicyPath; because: string }[] = [
  {
    as: ['surveys', 'contact_at_most_every'],
    because: 'otherwise past contacts are deleted too early and customers are contacted too often',
  },
  ...ALL_SURVEYS.map((kind) => ({
    as: ['surveys', kind, 'expires'],
    because: 'otherwise links stop working before they expire',
  })),
  ...(['nps', 'pulse'] as const).map((kind) => ({
    as: ['surveys', kind, 'every'],
    because: 'otherwise past contacts are deleted too early and people are contacted too often',
  })),
];

/** Only what is written is compared: the defaults fit, and a part of another shape has its own error. */
export function checkRetention(policy: unknown): Finding[] {
  const kept = hoursOf(valueAt(policy, PATH));
  return NEEDED.flatMap(({ as, because }) => {
    const needed = hoursOf(valueAt(policy, as));
    if (kept === null || needed === null || kept >= needed) return [];
    return [
      errorAt(
        PATH,
        `surveys must be at least as long as ${as.join('.')}, which is ${String(valueAt(policy, as))}: ${because}`,
      ),
    ];
  });
}

/** Null: no duration is written there. An hour of business is counted as a day, so that it is never too short. */
function hoursOf(value: unknown): number | null {
  try {
    const { amount, unit } = parseDuration(String(value));
    return amount * HOURS[unit];
  } catch {
    return null;
  }
}
