// Replaces former ids of groups by their present ones in objects of the past. Pure.
import type { RawObject } from '../zendesk/account-objects.ts';
import { idOfNew } from './ids-of-new.ts';
import { idOf } from './plan.ts';
import type { StepRow } from './records.ts';

/** The id that stands for a group now, by each id that it ever had. */
export type GroupIds = ReadonlyMap<string, string>;

/**
 * @param done the steps that say which ids a group had
 * @param idNow of a group by its key; null: it is gone
 */
export function groupIdsNow(done: readonly StepRow[], idNow: (key: string) => string | null): GroupIds {
  const ids = new Map<string, string>();
  for (const { key, kind, after } of done)
    if (kind === 'group' && after) ids.set(idOf(after), idNow(key) ?? idOfNew(key));
  return ids;
}

/** Conditions on a group, and whom an object is restricted to. */
export function renewGroupIds(raw: RawObject, ids: GroupIds): RawObject {
  const { conditions, restriction } = raw as { conditions?: Record<string, unknown>; restriction?: Restriction | null };
  return {
    ...raw,
    ...(conditions && {
      conditions: Object.fromEntries(Object.entries(conditions).map(([key, list]) => [key, renewAll(list, ids)])),
    }),
    ...(restriction?.type === 'Group' && { restriction: renewRestriction(restriction, ids) }),
  };
}

interface Restriction {
  type: string;
  id?: number;
  ids?: readonly number[];
}

function renewRestriction({ id, ids: all, ...rest }: Restriction, ids: GroupIds): object {
  const renew = (old: number): number | string => {
    const now = ids.get(String(old));
    return now === undefined ? old : /^\d+$/.test(now) ? Number(now) : now;
  };
  return { ...rest, ...(id !== undefined && { id: renew(id) }), ...(all && { ids: all.map(renew) }) };
}

const renewAll = (conditions: unknown, ids: GroupIds): unknown =>
  Array.isArray(conditions)
    ? conditions.map((each: { field?: unknown; value?: unknown }) =>
        each.field === 'group_id' ? { ...each, value: ids.get(String(each.value)) ?? each.value } : each,
      )
    : conditions;
