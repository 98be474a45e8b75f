// Declares the mode of a trigger and that of the file: whether it acts, for all tickets or for a share of them, or only decides.
import { z } from 'zod';
import { shorten } from '../check/check-spelling.ts';
import { errorAt, type Finding } from '../finding.ts';
import { fromCheck } from './from-check.ts';

/** `10%`: acts for a stable share of tickets, in whole percent from 1 to 100. */
export type Mode = 'shadow' | 'act' | `${number}%`;

const MODE_PATTERN = /^(shadow|act|([1-9]\d?|100)%)$/;

/** For how many percent of the tickets it acts, 0 to 100. `observe` writes nothing, and stops that elsewhere: it decides as if all acted. */
export function shareOf(mode: Mode | 'observe' | undefined): number {
  if (mode === 'shadow') return 0;
  return mode?.endsWith('%') === true ? Number(mode.slice(0, -1)) : 100;
}

/** `shadow`, `act`, `10%`. */
const checkMode = (value: unknown): Finding[] => check(value, '');

/** Those of a policy: also `observe`. */
const checkPolicyMode = (value: unknown): Finding[] => (value === 'observe' ? [] : check(value, 'observe, '));

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

const ofFile = MODE_PATTERN.source.replace('(', '(observe|');

/** Declares the mode of a trigger and that of the file. */
export const triggerMode = z
  .custom<Mode>()
  .check(fromCheck(checkMode))
  .meta({ title: 'mode', type: 'string', pattern: MODE_PATTERN.source });

export const policyMode = z
  .custom<Mode | 'observe'>()
  .check(fromCheck(checkPolicyMode))
  .meta({ title: 'mode', type: 'string', pattern: ofFile });
