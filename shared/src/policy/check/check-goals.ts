// Checks that a goal's target has the unit of its figure.
import type { FigureId } from '../../figures/figure-ids.ts';
import { errorAt, type Finding } from '../finding.ts';
import { isBlock } from '../value-at.ts';
import { checkPercent, checkPositiveDuration, DURATION_PATTERN } from './check-amount.ts';

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

/** Means of answers, and the best one. */
const SCALES: Readonly<Record<string, number>> = { csat_mean: 5, ces_mean: 7 };

/** The figure that counts the same in another unit. */
const AS_SHARE: Readonly<Record<string, FigureId>> = {
  first_reply_time: 'replies_within_target',
  next_reply_time: 'replies_within_target',
  csat_mean: 'csat',
  ces_mean: 'ces',
};

export function checkGoal(goal: unknown): Finding[] {
  if (!isBlock(goal)) return [];
  const { figure, target } = goal;
  if (target === undefined || target === null) return [errorAt(['target'], 'is missing')];
  if (isOneOf(TIMES, figure))
    return at('target', isShare(target) ? [wrongUnit(figure, 'time')] : checkPositiveDuration(target));
  if (isOneOf(SHARES, figure))
    return at('target', isTime(target) ? [wrongUnit(figure, 'share')] : checkPercent(target));
  if (!isOneOf(NUMBERS, figure)) return [];
  return at('target', isShare(target) ? [wrongUnit(figure, 'number')] : checkNumber(String(figure), target));
}

const isShare = (target: unknown): boolean => typeof target === 'string' && target.trim().endsWith('%');
const isTime = (target: unknown): boolean => typeof target === 'string' && DURATION_PATTERN.test(target);

const EXAMPLES = { time: '1h or 8bh', share: '90%', number: '50' } as const;

function wrongUnit(figure: unknown, unit: keyof typeof EXAMPLES): Finding {
  const other = unit === 'share' ? undefined : AS_SHARE[String(figure)];
  const scale = SCALES[String(figure)];
  const example = scale === undefined ? EXAMPLES[unit] : `${scale - 1}.2`;
  const hint = other === undefined ? '' : `; the share is the figure ${other}`;
  return errorAt([], `must be a ${unit} for ${String(figure)}, such as ${example}${hint}`);
}

function checkNumber(figure: string, target: unknown): Finding[] {
  const most = SCALES[figure];
  if (typeof target === 'string' && target.trim() !== '' && Number.isFinite(Number(target)))
    return [errorAt([], `must be written without quotes: ${target.trim()}`)];
  if (typeof target !== 'number' || !Number.isFinite(target) || target < 0) return [wrongUnit(figure, 'number')];
  if (most === undefined) return [];
  return target >= 1 && target <= most
    ? []
    : [errorAt([], `must be from 1 to ${most}, the answers that customers can give`)];
}

const at = (key: string, findings: Finding[]): Finding[] =>
  findings.map((finding) => ({ ...finding, path: [key, ...finding.path] }));
