// Checks a mode.
import { errorAt, type Finding } from '../finding.ts';
import { MODE_PATTERN } from '../mode.ts';
import { shorten } from './check-spelling.ts';

/** `shadow`, `act`, `10%`. */
export const checkMode = (value: unknown): Finding[] => check(value, '');

/** Those of a policy: also `observe`. */
export const checkPolicyMode = (value: unknown): Finding[] => (value === 'observe' ? [] : check(value, 'observe, '));

function check(value: unknown, more: string): Finding[] {
  if (value === undefined || (typeof value === 'string' && MODE_PATTERN.test(value))) return [];
  if (value === 0 || value === '0' || value === '0%')
    return [errorAt([], 'must be at least 1%; to act on no ticket, use shadow')];
  const number = typeof value === 'string' ? Number(value.replace(/%$/, '').trim() || 'NaN') : Number(value);
  if (Number.isInteger(number) && number > 0 && number <= 100 && typeof value !== 'boolean')
    return [errorAt([], `must be a whole percentage: write ${number}%`, { didYouMean: `${number}%` })];
  return [
    errorAt([], `must be ${more}shadow, act or a whole percentage such as 10%, not ${shorten(JSON.stringify(value))}`),
  ];
}
