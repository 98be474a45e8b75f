// Finds what somebody changed in Zendesk on the objects that are ours. Pure.
import type { DesiredState } from './desired-object.ts';
import { type AccountState, findById } from './find-objects.ts';
import { differingKeys, isSame, valuesOf } from './kinds.ts';
import type { ObjectRecord } from './plan.ts';
import type { Drift } from './tables.ts';

/**
 * Null: nothing that needs anybody. What somebody set just as the policy wants it, and what was ignored, is no drift; of somebody else's view
 * only the order matters, while the policy names it.
 */
export function findDrift(
  record: ObjectRecord,
  account: AccountState,
  desired: DesiredState,
): Omit<Drift, 'by'> | null {
  const { key, kind, origin } = record;
  const wish = desired.objects.find((each) => each.key === key);
  const isManaged = origin === 'managed';
  if (isManaged && !wish) return null;
  const raw = findById(account, kind, record.zendeskId);
  if (!raw) return { isDeleted: true, changes: [] };
  const current = valuesOf(kind, raw, isManaged ? 'part' : 'owned');
  const wanted = wish?.want(current, origin === 'created') ?? {};
  const changes = differingKeys(current, record.values)
    .filter((field) => !(field in wanted) || !isSame(current[field], wanted[field]))
    .filter((field) => !(record.ignored && field in record.ignored && isSame(current[field], record.ignored[field])))
    .map((field) => ({ field, from: record.values[field], to: current[field] ?? null }));
  return changes.length === 0 ? null : { isDeleted: false, changes };
}
