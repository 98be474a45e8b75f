// Finds the object of the account that stands for each key. Pure.
import type { ObjectKind, RawObject } from '../zendesk/account-objects.ts';
import type { DesiredObject } from './desired-state.ts';
import { markOf } from './kinds.ts';
import { type Found, idOf, type ObjectRecord } from './plan.ts';

export type AccountState = Readonly<Record<ObjectKind, readonly RawObject[]>>;

export const findById = (account: AccountState, kind: ObjectKind, id: string): RawObject | undefined =>
  account[kind].find((raw) => idOf(raw) === id && raw['deleted'] !== true);

const isMarked = (raw: RawObject, key: string): boolean => {
  const description = raw['description'];
  return typeof description === 'string' && description.includes(markOf(key)) && raw['deleted'] !== true;
};

export const findMarked = (account: AccountState, kind: ObjectKind, key: string): RawObject | undefined =>
  account[kind].find((raw) => isMarked(raw, key));

/**
 * The record first, then our mark, then the name. An object that we have under a key that the policy no longer uses (a tier whose id
 * changed) is found too: `formerKey` says under which. Several: none is chosen.
 */
export function findObject(
  { kind, key, how, matches }: DesiredObject,
  account: AccountState,
  records: ReadonlyMap<string, ObjectRecord>,
  isDesired: (key: string) => boolean,
): { found: Found | null; formerKey: string | null; several: boolean } {
  const record = how === 'part' ? undefined : records.get(key);
  const recorded = record && findById(account, kind, record.zendeskId);
  if (recorded) return one(recorded, 'recorded');
  // Another installation on the same account has a webhook with the same mark, and another address.
  const marked = how === 'part' || how === 'take' ? undefined : findMarked(account, kind, key);
  if (marked) return one(marked, 'marked');
  const [named, ...others] = account[kind].filter(matches);
  if (!named) return { found: null, formerKey: null, several: false };
  if (how === 'part') return { found: { raw: named, by: 'same_name' }, formerKey: null, several: others.length > 0 };
  const former = [...records.values()].find(
    (each) => each.kind === kind && each.zendeskId === idOf(named) && !isDesired(each.key),
  );
  return former ? one(named, 'recorded', former.key) : one(named, 'same_name');
}

const one = (raw: RawObject, by: Found['by'], formerKey: string | null = null) => ({
  found: { raw, by },
  formerKey,
  several: false,
});
