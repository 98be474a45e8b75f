// Finds the object of the account that belongs to each key. Pure.
import type { ObjectKind, RawObject } from '../zendesk/account-objects.ts';
import type { DesiredObject } from './desired-object.ts';
import { markOf } from './kinds.ts';
import { type Found, idOf, type ObjectRecord } from './plan.ts';

export type AccountState = Readonly<Record<ObjectKind, readonly RawObject[]>>;

export const NOTHING: AccountState = { group: [], ticket_field: [], view: [], macro: [], webhook: [] };

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
 * changed) is found too: `formerKey` says under which. If several objects have a name of which we set a part only, none
 * is chosen.
 */
export function findObject(
  { kind, key, how, matches }: DesiredObject,
  account: AccountState,
  records: ReadonlyMap<string, ObjectRecord>,
  isDesired: (key: string) => boolean,
): { found: Found | null; formerKey: string | null } {
  const record = records.get(key);
  // Where we set only a part of an object, the policy means whichever object has the name now, not the recorded one.
  const isOurs = record !== undefined && (how !== 'part' || record.origin === 'created');
  const recorded = isOurs ? findById(account, record.kind, record.zendeskId) : undefined;
  if (recorded) return one(recorded, 'recorded');
  // Another installation on the same account has a webhook with the same mark, and another address.
  const marked = how === 'take' ? undefined : findMarked(account, kind, key);
  if (marked) return one(marked, 'marked');
  const [named, ...others] = account[kind].filter(matches);
  if (!named || (how === 'part' && others.length > 0)) return { found: null, formerKey: null };
  if (how === 'part') return one(named, 'same_name');
  const former = [...records.values()].find(
    (each) => each.kind === kind && each.zendeskId === idOf(named) && !isDesired(each.key),
  );
  return former ? one(named, 'recorded', former.key) : one(named, 'same_name');
}

const one = (raw: RawObject, by: Found['by'], formerKey: string | null = null) => ({
  found: { raw, by },
  formerKey,
});
