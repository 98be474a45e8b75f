// Says for each kind of object which of its values we set, how they are written, and what its removal means.
import type { ObjectKind, RawObject } from '../zendesk/account-objects.ts';
import type { Values } from './plan.ts';

interface Kind {
  /** What people call it. */
  noun: string;
  /** Where Zendesk keeps its name. */
  nameKey: string;
  /** What we set from the policy. */
  owned: readonly string[];
  /** All that can be written and is returned, so that a rollback restores it. */
  writable: readonly string[];
  /** Said before it is removed; a removed object cannot be brought back as it was. */
  removal: string;
}

const ORDER = ['group_by', 'group_order', 'sort_by', 'sort_order'] as const;
const WEBHOOK = ['endpoint', 'status', 'http_method', 'request_format', 'subscriptions'] as const;

export const KINDS: Record<ObjectKind, Kind> = {
  group: {
    noun: 'group',
    nameKey: 'name',
    owned: ['name', 'description'],
    writable: ['name', 'description', 'is_public'],
    removal:
      'Its agents leave it and its tickets lose their group. A rollback makes a new group of this name, without agents and tickets.',
  },
  ticket_field: {
    noun: 'ticket field',
    nameKey: 'title',
    owned: ['type', 'title', 'description', 'active', 'custom_field_options'],
    writable: [
      'type',
      'title',
      'title_in_portal',
      'description',
      'agent_description',
      'active',
      'required',
      'collapsed_for_agents',
      'regexp_for_validation',
      'visible_in_portal',
      'editable_in_portal',
      'required_in_portal',
      'custom_field_options',
    ],
    removal:
      'Its values disappear from all tickets and from reports; the tags stay. A rollback makes a new field, which is empty on past tickets.',
  },
  view: {
    noun: 'view',
    nameKey: 'title',
    owned: ORDER,
    writable: [...ORDER, 'columns'],
    removal: 'A rollback makes a new view.',
  },
  webhook: {
    noun: 'webhook',
    nameKey: 'name',
    owned: WEBHOOK,
    writable: ['name', 'description', ...WEBHOOK, 'custom_headers'],
    removal:
      'The service receives no more events. A rollback makes a new webhook, whose secret must be set as ZENDESK_WEBHOOK_SECRET.',
  },
};

/** Never sent in a change: Zendesk refuses or ignores it. */
const FIXED = new Set(['type']);

/** The value of what we set, or of all that can be restored, in the form in which it is compared and written. */
export function valuesOf(kind: ObjectKind, raw: RawObject, which: 'owned' | 'writable' = 'owned'): Values {
  const all = kind === 'view' ? (raw['execution'] as Record<string, unknown>) : raw;
  const keys = KINDS[kind][which].filter((key) => all[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, plain(key, all[key])]));
}

function plain(key: string, value: unknown): unknown {
  if (key === 'description') return value ?? '';
  if (key === 'custom_field_options')
    return ((value ?? []) as { name: string; raw_name?: string; value: string }[]).map((option) => ({
      name: option.raw_name ?? option.name,
      value: option.value,
    }));
  if (key === 'columns') return ((value ?? []) as { id: unknown }[]).map(({ id }) => writtenColumn(id));
  return value;
}

/** Zendesk returns the subject column as `subject` and accepts it as `description`. */
const writtenColumn = (id: unknown): unknown => (id === 'subject' ? 'description' : id);

/** The keys in which `to` differs from `from`. */
export const differingKeys = (from: Values, to: Values): string[] =>
  Object.keys(to).filter((key) => !isSame({ [key]: from[key] }, { [key]: to[key] }));

/** The order of event types says nothing. */
const UNORDERED = 'subscriptions';

/** Equal as JSON, whatever the order of keys. */
export const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [
        key,
        key === UNORDERED && Array.isArray(inner) ? inner.map(String).toSorted(byText) : sorted(inner),
      ]),
  );
}

/** The body that gives the object these values; `current` null: it is created. */
export function bodyOf(kind: ObjectKind, to: Values, current: RawObject | null): Record<string, unknown> {
  const from = current ? valuesOf(kind, current, 'writable') : {};
  // It is not documented whether a PUT of a view's output merges or replaces: all of it is sent.
  if (kind === 'view') return { output: withoutNullOrders({ ...from, ...to }) };
  const keys = differingKeys(from, to).filter((key) => !current || !FIXED.has(key));
  return Object.fromEntries(keys.map((key) => [key, written(key, to[key], current)]));
}

/** Only `asc` and `desc` are accepted. */
const withoutNullOrders = (output: Values): Values =>
  Object.fromEntries(Object.entries(output).filter(([key, value]) => value !== null || !key.endsWith('_order')));

/** Options that exist keep their ids: without them, tickets would lose their values. */
function written(key: string, value: unknown, current: RawObject | null): unknown {
  if (key !== 'custom_field_options') return value;
  const known = (current?.['custom_field_options'] ?? []) as { id?: number; value: string }[];
  return (value as { name: string; value: string }[]).map((option) => {
    const id = known.find((each) => each.value === option.value)?.id;
    return id === undefined ? option : { id, ...option };
  });
}

/** Part of a description, so that what we made is recognised without our database. */
export const markOf = (key: string): string => `(deskwright:${key})`;

export const nameOf = (kind: ObjectKind, raw: RawObject): string => String(raw[KINDS[kind].nameKey]);
