// Computes which views the account should have, what each shows and in which order. Pure.
import type { Policy } from '@deskwright/shared';
import type { RawObject } from '../zendesk/account-objects.ts';
import type { DesiredObject } from './desired-object.ts';
import { findView, isNamed, nameOfView } from './find-view.ts';
import { markOf } from './kinds.ts';
import type { Values } from './plan.ts';
import { isInOrder, type ManagedView, orderedLike, type ViewSorting } from './view-order.ts';
import { type Shows, whatViewShows } from './what-view-shows.ts';

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
