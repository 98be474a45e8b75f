// Writes one drifted object as text for the terminal.
import type { DriftedObject } from './check-drift.ts';
import { describeChange } from './describe-change.ts';
import { KINDS } from './kinds.ts';

export function describeDrift({ key, kind, name, drift }: DriftedObject): string {
  const by = drift.by ? `by ${drift.by.name} at ${drift.by.at}` : 'by unknown';
  return [
    `  ${KINDS[kind].noun} "${name}" [${key}], ${drift.isDeleted ? 'deleted' : 'changed'} ${by}`,
    ...drift.changes.flatMap((change) => describeChange(change, 'change')),
  ].join('\n');
}
