// Checks a value of a custom ticket field.
import { errorAt, type Finding } from '../finding.ts';

/** Text, a number, `true` or `false`, or a list of texts (a multi-select field). */
export function checkCustomValue(value: unknown): Finding[] {
  const isOne = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  const isList = Array.isArray(value) && value.every((entry) => typeof entry === 'string');
  if (isOne || isList || value === undefined || value === null) return [];
  return [errorAt([], 'must be text, a number, true or false, or a list of texts')];
}
