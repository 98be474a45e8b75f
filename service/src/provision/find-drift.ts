// Finds what somebody changed in Zendesk on the objects that are ours. Pure.
import type { DesiredState } from './desired-state.ts';
import { type AccountState, findById } from './find-objects.ts';
import { differingKeys, isSame, valuesOf } from './kinds.ts';
import type { ObjectRecord } from './plan.ts';
import type { Drift } from './tables.ts';

/**
 * Null: nothing that needs anybody. What somebody set just as the policy wants it, and what was ignored, is no drift; the order of views is
 * watched by the view checks.
 */
export function findDrift(
  record: ObjectRecord,
  account: AccountState,
  desired: DesiredState,
): Omit<Drift, 'by'> | null {
  if (record.origin === 'managed') return null;
  const raw = findById(account, record.kind, record.zendeskId);
  if (!raw) return { isDeleted: true, changes: [] };
  const current = valuesOf(record.kind, raw);
  const wanted = desired.objects.find(({ key }) => key === record.key)?.want(current) ?? {};
  const changes = differingKeys(current, record.values)
    .filter((field) => !(field in wanted) || !isSame(current[field], wanted[field]))
    .filter((field) => !(record.ignored && field in record.ignored && isSame(current[field], record.ignored[field])))
    .map((field) => ({ field, from: record.values[field], to: current[field] ?? null }));
  return changes.length === 0 ? null : { isDeleted: false, changes };
}
