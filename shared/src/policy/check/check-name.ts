// Checks that a name fits one readable line.
import { errorAt, type Finding } from '../finding.ts';

/** Company, tier, category, group, trigger and view names. */
export function checkName(value: unknown): Finding[] {
  if (typeof value !== 'string') return [];
  if (value.trim() === '') return [errorAt([], 'is empty')];
  if (/\p{Cc}/u.test(value)) return [errorAt([], 'contains a line break, tab or other invisible character; remove it')];
  if (value !== value.trim()) return [errorAt([], 'starts or ends with a space; remove it')];
  return [];
}
