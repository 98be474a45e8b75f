// Stores records with an id and logs their changes.
import type { Actor } from './actor.ts';
import type { Core } from './core.ts';
import { ok, type Result, refuse } from './result.ts';

export interface RecordStore<T> {
  find: (id: number) => T | undefined;
  list: () => readonly T[];
  add: (item: T, by: Actor) => T;
  /** Puts `{ ...old, ...changes }` in the old one's place, with a new `updated_at`. */
  change: (id: number, changes: Partial<T>, by: Actor) => Result<T>;
  remove: (id: number, by: Actor) => Result<T>;
}

/**
 * Keeps frozen snapshots by id. What `isLogged` leaves out stays out of the admin log (customers, skips). `source_type` and `label` are the words of the admin log, see
 * https://developer.zendesk.com/api-reference/ticketing/account-configuration/audit_logs/
 */
export function createRecordStore<T extends { id: number }>(
  core: Core,
  source_type: string,
  label: (item: T) => string,
  isLogged: (item: T) => boolean = () => true,
): RecordStore<T> {
  const items = new Map<number, T>();
  const log = (by: Actor, action: 'create' | 'update' | 'destroy', item: T, change_description = ''): void => {
    if (!isLogged(item)) return;
    core.log(by, { action, source_type, source_id: item.id, source_label: label(item), change_description });
  };
  return {
    find: (id) => items.get(id),
    list: () => [...items.values()],
    add: (item, by) => {
      items.set(item.id, Object.freeze(item));
      log(by, 'create', item);
      return item;
    },
    change: (id, changes, by) => {
      const old = items.get(id);
      if (old === undefined) return refuse({ kind: 'not_found' });
      const next = Object.freeze({ ...old, ...changes, updated_at: core.stamp(by) });
      items.set(id, next);
      log(by, 'update', next, describeChange(old, next));
      return ok(next);
    },
    remove: (id, by) => {
      const old = items.get(id);
      if (old === undefined) return refuse({ kind: 'not_found' });
      items.delete(id);
      log(by, 'destroy', old);
      return ok(old);
    },
  };
}

const print = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One phrase per changed property, nested ones by their inner name: `sort_order changed from desc to asc`. */
function describeChange(before: object, after: object): string {
  const old: Record<string, unknown> = { ...before };
  const phrases: string[] = [];
  for (const [key, value] of Object.entries(after)) {
    const was = old[key];
    if (key === 'updated_at' || print(was) === print(value)) continue;
    if (isGroup(was) && isGroup(value)) phrases.push(describeChange(was, value));
    else phrases.push(`${key} changed from ${print(was)} to ${print(value)}`);
  }
  return phrases.join('; ');
}
