// Reads decisions of the log as they were made.
import type { Decision } from '@deskwright/shared';
import type { Queryable } from '../../platform/storage/database.ts';
import { type LoggedRow, unpackDecision } from './packed-decision.ts';
import { type PolicyRules, readRules } from './policy-rules.ts';

/** The rows with their decisions and sentences in full. Costs a read for each policy that this process does not know yet. */
export async function readDecisions<T extends LoggedRow & { policyHash: string }>(
  db: Queryable,
  rows: readonly T[],
): Promise<(Omit<T, 'decision'> & { decision: Decision })[]> {
  const rules = new Map<string, PolicyRules | null>();
  for (const { decision, policyHash } of rows)
    if ('why' in decision && !rules.has(policyHash)) rules.set(policyHash, await readRules(db, policyHash));
  return rows.map((row) => ({ ...row, ...unpackDecision(row, rules.get(row.policyHash) ?? null) }));
}
