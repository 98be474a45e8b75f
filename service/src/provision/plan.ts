// Declares a plan: what an apply would do to the account, and the state of the account it was made from.
import type { LastChange, ObjectKind, RawObject } from '../zendesk/account-objects.ts';

/** What we set on an object, by the API's names. */
export type Values = Readonly<Record<string, unknown>>;

/**
 * `created`: by us, and removed again when the policy drops it. `adopted`: made by somebody else and given to us with `deskwright drift adopt`;
 * let go, never removed. `managed`: somebody else's object of which the policy sets a part (the order of a view).
 */
export type Origin = 'created' | 'adopted' | 'managed';

/** What the database knows of an object that we manage. */
export interface ObjectRecord {
  /** `group/t1`, `ticket_field/category`: what the policy calls it, whatever its name in Zendesk. */
  key: string;
  kind: ObjectKind;
  zendeskId: string;
  name: string;
  origin: Origin;
  /** As we last set them. */
  values: Values;
  /** Values set by others which `deskwright drift ignore` accepted. */
  ignored: Values | null;
}

export interface FieldChange {
  field: string;
  from: unknown;
  to: unknown;
  /** Somebody else changed this field since we last set it. */
  drifted: boolean;
}

export type StepAction =
  | 'create'
  | 'change'
  | 'remove'
  /** Only records that it is ours: it has what the policy wants. */
  | 'record'
  /** Only forgets it: the policy no longer names it, and we did not make it. */
  | 'release';

export interface Step {
  key: string;
  kind: ObjectKind;
  name: string;
  action: StepAction;
  /** Null: it is to be created. */
  zendeskId: string | null;
  changes: FieldChange[];
  /** What the object has afterwards, of what we set; empty: it is gone, or no longer ours. */
  to: Values;
  /** Null: no longer ours afterwards. */
  origin: Origin | null;
  /** Who changed it last, if it drifted; null: unknown, or it did not. */
  changedBy: LastChange | null;
  /** What cannot be undone, and what people must know. */
  warnings: string[];
}

export interface Notice {
  key: string;
  /** What is wrong or left to a person, and what to do. */
  message: string;
  /** `attention`: something the policy wants is not so. `info`: nothing to do. */
  level: 'attention' | 'info';
}

export interface Observed {
  id: string;
  /** All that the API lets us write. */
  values: Values;
}

/** `keep`: the service set back the order of a view by itself. */
export type Purpose = { kind: 'apply' } | { kind: 'rollback'; to: number } | { kind: 'keep' };

export interface Plan {
  version: 1;
  /** Of everything below but the times. */
  id: string;
  purpose: Purpose;
  /** `https://acme.zendesk.com`. */
  account: string;
  policyHash: string;
  /** ISO 8601. */
  madeAt: string;
  steps: Step[];
  notices: Notice[];
  /** The objects as they were, by key; compared again before the plan is carried out. */
  observed: Record<string, Observed | null>;
}

/** An object of the account that stands for a key. */
export interface Found {
  raw: RawObject;
  /** `recorded`: in our database. `marked`: its description has our mark. `same_name`: somebody else's, as far as we know. */
  by: 'recorded' | 'marked' | 'same_name';
}

export const idOf = (raw: RawObject): string => String(raw.id);

/** Stands in a plan for the id of an object that the same plan makes. */
export const idOfNew = (key: string): string => `id of ${key}`;
const OF_NEW = /^id of (\S.*)$/;

/** Puts in the ids of objects that were made meanwhile. Throws if one is not ours. */
export function withIds(to: Values, idOf: (key: string) => string | null): Values {
  const fill = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(fill);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fill(inner)]));
    const key = typeof value === 'string' ? OF_NEW.exec(value)?.[1] : undefined;
    if (key === undefined) return value;
    const id = idOf(key);
    if (id === null) throw new Error(`${key} was to be made before and is not recorded.`);
    return id;
  };
  return fill(to) as Values;
}
