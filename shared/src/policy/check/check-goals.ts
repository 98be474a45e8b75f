// Checks that a goal's target has the unit of its figure.
import type { FigureId } from '../../figures/figure-ids.ts';
import { errorAt, type Finding } from '../finding.ts';
import { isBlock } from '../is-block.ts';
import { checkPercent, checkPositiveDuration } from './check-amount.ts';

const TIMES = [
  'first_reply_time',
  'next_reply_time',
  'requester_wait_time',
  'first_resolution_time',
  'full_resolution_time',
  'department_answer_time',
  'oldest_wait',
] as const satisfies readonly FigureId[];

const SHARES = [
  'replies_within_target',
  'one_touch_rate',
  'reopen_rate',
  'escalation_rate',
  'hand_off_rate',
  'bounce_rate',
  'overtake_rate',
  'automatic_rate',
  'override_rate',
  'other_share',
  'guidance_coverage',
  'steps_followed',
  'csat',
  'ces',
  'response_rate',
] as const satisfies readonly FigureId[];

const NUMBERS = [
  'waiting',
  'open_tickets',
  'csat_mean',
  'ces_mean',
  'days_to_clear',
] as const satisfies readonly FigureId[];

/** Figures that a goal can be set for. */
export const GOAL_FIGURES = [...TIMES, ...SHARES, ...NUMBERS] as const;

const isOneOf = (list: readonly string[], figure: unknown): boolean =>
  typeof figure === 'string' && list.includes(figure);

export function checkGoal(goal: unknown): Finding[] {
  if (!isBlock(goal)) return [];
  const { figure, target } = goal;
  if (target === undefined || target === null) return [errorAt(['target'], 'is missing')];
  if (isOneOf(TIMES, figure)) return at('target', checkPositiveDuration(target));
  if (isOneOf(SHARES, figure)) return at('target', checkPercent(target));
  if (!isOneOf(NUMBERS, figure)) return [];
  return typeof target === 'number' && Number.isFinite(target) && target >= 0
    ? []
    : [errorAt(['target'], `must be a number for ${String(figure)}, such as ${figure === 'csat_mean' ? '4.2' : '50'}`)];
}

const at = (key: string, findings: Finding[]): Finding[] =>
  findings.map((finding) => ({ ...finding, path: [key, ...finding.path] }));
