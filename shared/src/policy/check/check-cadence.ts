// Checks that the times of surveys, reminders and expiry are consistent.
import { parseDuration } from '../../time/duration.ts';
import { ALL_SURVEYS } from '../../words/survey-kinds.ts';
import { type Finding, warningAt } from '../finding.ts';
import { valueAt } from '../value-at.ts';

/** Of what is left out. */
const DEFAULTS = { nps: '90d', pulse: '30d', contact_at_most_every: '30d' } as const;

export function checkCadence(policy: unknown): Finding[] {
  return [...ALL_SURVEYS.flatMap((kind) => checkReminder(policy, kind)), ...checkRounds(policy)];
}

function checkReminder(policy: unknown, kind: string): Finding[] {
  const path = ['surveys', kind, 'remind_after'];
  const after = hoursOf(valueAt(policy, path));
  const expires = hoursOf(valueAt(policy, ['surveys', kind, 'expires']));
  if (after === null || expires === null || after < expires) return [];
  return [warningAt(path, 'no reminder is sent, because the link has expired by then; make it shorter than expires')];
}

/** Of surveys that are asked in rounds. A part that is not described has no finding. */
function checkRounds(policy: unknown): Finding[] {
  const allowed = valueAt(policy, ['surveys', 'contact_at_most_every']);
  const rest = typeof allowed === 'string' ? allowed : DEFAULTS.contact_at_most_every;
  return (['nps', 'pulse'] as const).flatMap((kind): Finding[] => {
    const survey = ['surveys', kind];
    if (valueAt(policy, survey) === undefined) return [];
    const written = valueAt(policy, [...survey, 'every']);
    const every = hoursOf(written ?? DEFAULTS[kind]);
    const between = hoursOf(rest);
    const expires = hoursOf(valueAt(policy, [...survey, 'expires']));
    if (every === null) return [];
    return [
      ...(between !== null && every < between
        ? [
            warningAt(
              [...survey, ...(written === undefined ? [] : ['every'])],
              `surveys: contact_at_most_every (${rest}) is longer, so some people are left out of each round; make every at least as long`,
            ),
          ]
        : []),
      ...(kind === 'pulse' && expires !== null && expires > every
        ? [
            warningAt(
              [...survey, 'expires'],
              'a round is still open when the next one starts, and results are shown only after it ends; make it shorter than every',
            ),
          ]
        : []),
    ];
  });
}

const HOURS = { m: 1 / 60, h: 1, d: 24 } as const;

/** Null: none is written there, or one of business hours, which has no fixed length. */
function hoursOf(value: unknown): number | null {
  try {
    const { amount, unit } = parseDuration(String(value));
    return unit === 'bh' ? null : amount * HOURS[unit];
  } catch {
    return null;
  }
}
