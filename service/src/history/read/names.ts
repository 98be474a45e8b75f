// Finds the policy's names of what figures are broken down by.
import type { Named } from '@deskwright/shared/contract';

/** What people call it; what is no longer in the policy keeps its id, and nothing ('') a dash. */
export function namesOf(named: readonly Named[]): (id: string) => string {
  const names = new Map(named.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? (id === '' ? '–' : id);
}
