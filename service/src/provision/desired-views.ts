// Computes which views the account should have, what each shows and in which order. Pure.
import type { Policy } from '@deskwright/shared';
import type { RawObject } from '../zendesk/account-objects.ts';
import type { DesiredObject } from './desired-object.ts';
import { findView, isNamed, nameOfView } from './find-view.ts';
import { markOf } from './kinds.ts';
import type { Values } from './plan.ts';
import { isInOrder, type ManagedView, orderedLike, type ViewSorting } from './view-order.ts';

/** The first columns of a view that we make; people may change them. At most ten are allowed. */
const COLUMNS = ['status', 'description', 'requester', 'created', 'priority', 'group', 'assignee'];

const is = (field: string, value: string) => ({ field, operator: 'is', value });
const UNSOLVED = { field: 'status', operator: 'less_than', value: 'solved' };

/** Zendesk demands one of status, type, group, assignee or requester. */
const CONDITIONS: Record<Shows, readonly object[]> = {
  unsolved: [UNSOLVED],
  unassigned: [UNSOLVED, is('assignee_id', '')],
  pending: [is('status', 'pending')],
};

const UNSORTED: ViewSorting = { group_by: null, group_order: null, sort_by: null, sort_order: null };

export const keyOfView = (view: ManagedView): string => `view/${nameOfView(view)}`;

/** The order of a managed view, whoever made it: all that is compared of it while the service runs. */
export function desiredOrder(view: ManagedView, views: readonly RawObject[]): DesiredObject {
  const found = findView(view, views);
  return {
    key: keyOfView(view),
    kind: 'view',
    name: nameOfView(view),
    how: 'part',
    want: (current) => {
      const sorting = { ...UNSORTED, ...(current as Partial<ViewSorting> | null) };
      const { group_by, group_order, sort_by, sort_order } = sorting;
      return current && isInOrder(sorting, view.order)
        ? { group_by, group_order, sort_by, sort_order }
        : orderedLike(sorting, view.order);
    },
    matches: (raw) => raw['active'] !== false && isNamed(view, raw),
    problem: found.found === 'one' ? null : { verdict: found.found, message: found.message },
    enforce: view.keep === 'enforce',
  };
}

/**
 * A managed view: its order, and all of it where we made it or are to make it.
 * @param groupIdOf the id of a group in Zendesk by its name; null: the account will not have it
 */
export function desiredView(
  view: ManagedView,
  policy: Policy,
  { views, groupIdOf }: { views: readonly RawObject[]; groupIdOf: (name: string) => string | null },
): DesiredObject {
  const order = desiredOrder(view, views);
  const found = findView(view, views);
  const content = contentOf(view, policy, groupIdOf);
  const making = typeof content === 'string' ? null : content;
  const cannotMake = typeof content === 'string' ? content : null;
  return {
    ...order,
    want: (current, isOurs = false) => {
      if (!current) return { ...making, ...order.want(null), columns: COLUMNS };
      return { ...(isOurs && making), ...order.want(current) };
    },
    problem:
      found.found !== 'missing' || found.isElsewhere
        ? (order.problem ?? null)
        : cannotMake === null
          ? null
          : { verdict: 'missing', message: `${found.message} ${cannotMake}` },
  };
}

/** What makes a view ours, or why it cannot be made and what to do. */
function contentOf(view: ManagedView, policy: Policy, groupIdOf: (name: string) => string | null): Values | string {
  const what = whatViewShows(view, policy);
  if (!what.ok) return what.advice;
  const groupId = what.group === null ? null : groupIdOf(what.group);
  if (what.group !== null && groupId === null)
    return `It is to show the tickets of the group "${what.group}", which Zendesk does not have: make the group, or correct the policy.`;
  return {
    title: nameOfView(view),
    description: `From Deskwright's policy, which says what it shows. ${markOf(keyOfView(view))}`,
    active: true,
    conditions: {
      all: [...CONDITIONS[what.shows], ...(groupId === null ? [] : [is('group_id', groupId)])],
      any: [],
    },
  };
}

type Shows = 'unsolved' | 'unassigned' | 'pending';

type WhatViewShows =
  /** `group`: only the tickets of this group. */
  | { ok: true; shows: Shows; group: string | null }
  /** What to add to the policy. */
  | { ok: false; advice: string };

/** Words of a title that say which tickets are shown; no word: all unsolved ones. */
const STATES: readonly (readonly [RegExp, Shows])[] = [
  [/\bunassigned\b/gi, 'unassigned'],
  [/\bpending\b/gi, 'pending'],
  [/\b(?:unsolved|open)\b/gi, 'unsolved'],
];
/** Words of a title that say nothing about which tickets are shown. */
const FILLERS = /\b(?:all|queue|tickets?|view|the|of|for|in|our|and)\b|[^\p{L}\p{N}]+/giu;

/**
 * From `tier`, `group` and `shows`, or else from the title, if nothing in it is left to guess: "Unassigned", "All open", "Tier 1 queue", where
 * `Tier 1` is a tier's name or group. @internal
 */
export function whatViewShows(view: ManagedView, { tiers }: Policy): WhatViewShows {
  const { title, tier: id, group, shows } = view;
  if (title === undefined)
    return { ok: false, advice: 'Name it by `title` in the policy, so that `deskwright apply` can make it.' };
  const tier = tiers.find((each) => each.id === id);
  if (tier || group !== undefined || shows !== undefined)
    return { ok: true, shows: shows ?? 'unsolved', group: group ?? tier?.group ?? null };
  return fromTitle(title, tiers) ?? { ok: false, advice: ADVICE };
}

const ADVICE =
  'Its title does not say which tickets it shows: add `tier`, `group` or `shows` to it in the policy, and `deskwright apply` makes it.';

function fromTitle(title: string, tiers: Policy['tiers']): WhatViewShows | null {
  const names = tiers.flatMap((tier) => [tier.group, tier.name].map((name) => ({ name, group: tier.group })));
  // "Support Tier 1" before "Tier 1".
  const named = names.toSorted((a, b) => b.name.length - a.name.length).find(({ name }) => holds(title, name));
  let rest = named ? title.replace(wholeWords(named.name), ' ') : title;
  const said = STATES.filter(([words]) => rest.search(words) >= 0);
  for (const [words] of STATES) rest = rest.replace(words, ' ');
  const isClear = rest.replace(FILLERS, '') === '' && said.length <= 1 && (named !== undefined || said.length === 1);
  return isClear ? { ok: true, shows: said[0]?.[1] ?? 'unsolved', group: named?.group ?? null } : null;
}

const holds = (title: string, name: string): boolean => title.search(wholeWords(name)) >= 0;

const wholeWords = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'iu');
