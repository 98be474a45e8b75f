// Checks that a name fits one readable line.
import { errorAt, type Finding } from '../finding.ts';

/** Company, tier, category, group, trigger and view names. */
export function checkName(value: unknown): Finding[] {
  if (typeof value !== 'string') return [];
  if (value.trim() === '') return [errorAt([], 'is empty')];
  if (/\p{Cc}/u.test(value)) return [errorAt([], 'has a line break, a tab or another invisible character; remove it')];
  if (value !== value.trim()) return [errorAt([], 'has a space at its start or end; remove it')];
  return [];
}
