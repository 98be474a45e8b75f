// Reads decisions of the log as they were made.
import type { Decision } from '@deskwright/shared';
import type { Queryable } from '../../platform/storage/database.ts';
import { type LoggedRow, unpackDecision } from './packed-decision.ts';
import { readRules } from './policy-rules.ts';

/** The rows with their decisions and sentences in full. Costs a read for each policy that this process does not know yet. */
export function readDecisions<T extends LoggedRow & { policyHash: string }>(
  db: Queryable,
  rows: readonly T[],
): Promise<(Omit<T, 'decision'> & { decision: Decision })[]> {
  return Promise.all(
    rows.map(async (row) => ({
      ...row,
      ...unpackDecision(row, 'why' in row.decision ? await readRules(db, row.policyHash) : null),
    })),
  );
}
