// Defines for each kind of object which of its values we set, how they are written, and what its removal means.
import type { ObjectKind, RawObject } from '../zendesk/account-objects.ts';
import type { Values } from './plan.ts';
import { writtenColumn } from './view-order.ts';

interface Kind {
  /** What people call it. */
  noun: string;
  /** Where Zendesk keeps its name. */
  nameKey: string;
  /** What we set from the policy. */
  owned: readonly string[];
  /** Of that, what we set on somebody else's object; absent: all. */
  part?: readonly string[];
  /** All that can be written and is returned, so that a rollback restores it. */
  writable: readonly string[];
  /** Said before it is removed; a removed object cannot be brought back as it was. */
  removal: string;
}

const ORDER = ['group_by', 'group_order', 'sort_by', 'sort_order'] as const;
const VIEW = ['title', 'description', 'active', 'conditions'] as const;
const MACRO = ['title', 'description', 'active', 'actions', 'restriction'] as const;
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
    owned: [...VIEW, ...ORDER],
    part: ORDER,
    writable: [...VIEW, 'restriction', ...ORDER, 'columns'],
    removal: 'Agents lose it from their list. A rollback makes a new view.',
  },
  macro: {
    noun: 'macro',
    nameKey: 'title',
    owned: MACRO,
    writable: MACRO,
    removal: 'Agents lose it from their list. A rollback makes a new macro, whose use is counted from zero.',
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

/** What we set (`owned`), what we set on somebody else's (`part`), or all that can be restored, as it is compared and written. */
export function valuesOf(kind: ObjectKind, raw: RawObject, which: 'owned' | 'part' | 'writable' = 'owned'): Values {
  const all = kind === 'view' ? { ...raw, ...(raw['execution'] as Record<string, unknown>) } : raw;
  const keys = (KINDS[kind][which] ?? KINDS[kind].owned).filter((key) => all[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, plain(key, all[key])]));
}

function plain(key: string, value: unknown): unknown {
  if (key === 'description') return value ?? '';
  if (key === 'custom_field_options')
    return ((value ?? []) as { name: string; raw_name?: string; value: string }[]).map((option) => ({
      name: option.raw_name ?? option.name,
      value: option.value,
    }));
  if ((key === 'sort_by' || key === 'group_by') && typeof value === 'number') return String(value);
  if (key === 'actions') return ((value ?? []) as Action[]).map(plainAction);
  if (key === 'restriction') return plainRestriction(value as Restriction | null);
  if (key === 'columns') return ((value ?? []) as { id: unknown }[]).map(({ id }) => writtenColumn(id));
  return value;
}

interface Action {
  field: string;
  value: unknown;
}

/** A text for all channels is returned with or without them, and flags as text or not. */
function plainAction({ field, value }: Action): Action {
  if (field === 'comment_value' && Array.isArray(value) && value[0] === 'channel:all')
    return { field, value: value[1] };
  return { field, value: typeof value === 'boolean' || typeof value === 'number' ? String(value) : value };
}

interface Restriction {
  type: string;
  id?: number | string | null;
  ids?: readonly (number | string)[];
}

/** Of groups, `id` repeats the first of `ids`, and older ones have only that. */
function plainRestriction(value: Restriction | null): object | null {
  if (!value) return null;
  const ids = value.ids && value.ids.length > 0 ? value.ids : [value.id];
  return { type: value.type, ids: ids.map(String) };
}

/** The keys in which `to` differs from `from`. */
export const differingKeys = (from: Values, to: Values): string[] =>
  Object.keys(to).filter((key) => !isSame({ [key]: from[key] }, { [key]: to[key] }));

/** The order of event types and of groups says nothing. */
const UNORDERED: readonly string[] = ['subscriptions', 'ids'];

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
        UNORDERED.includes(key) && Array.isArray(inner) ? inner.map(String).toSorted(byText) : sorted(inner),
      ]),
  );
}

/** The body that gives the object these values; `current` null: it is created. */
export function bodyOf(kind: ObjectKind, to: Values, current: RawObject | null): Record<string, unknown> {
  const from = current ? valuesOf(kind, current, 'writable') : {};
  const keys = differingKeys(from, to).filter((key) => !current || !FIXED.has(key));
  const body = Object.fromEntries(keys.map((key) => [key, written(key, to[key], current)]));
  return kind === 'view' ? viewBody(body, { ...from, ...to }) : body;
}

/**
 * Views are written in another form than they are read. It is not documented whether a PUT of a view's output merges or replaces: all of it is
 * sent.
 */
function viewBody(body: Values, whole: Values): Record<string, unknown> {
  const shaping: readonly string[] = [...ORDER, 'columns'];
  const rest = Object.entries(body).filter(([key]) => key !== 'conditions' && !shaping.includes(key));
  const isShaped = Object.keys(body).some((key) => shaping.includes(key));
  const output = Object.fromEntries(shaping.filter((key) => key in whole).map((key) => [key, whole[key]]));
  return {
    ...Object.fromEntries(rest),
    ...(body['conditions'] as object | undefined),
    ...(isShaped && { output: withoutNullOrders(output) }),
  };
}

/** Only `asc` and `desc` are accepted. */
const withoutNullOrders = (output: Values): Values =>
  Object.fromEntries(Object.entries(output).filter(([key, value]) => value !== null || !key.endsWith('_order')));

/** Options that exist keep their ids: without them, tickets would lose their values. */
function written(key: string, value: unknown, current: RawObject | null): unknown {
  if (key === 'restriction' && value !== null) {
    const { type, ids } = value as { type: string; ids: readonly string[] };
    return { type, id: Number(ids[0]), ...(type === 'Group' && { ids: ids.map(Number) }) };
  }
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
