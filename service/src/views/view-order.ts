// Compares a view's order with the policy's, and computes the change that restores it.

import { nearestSpelling, type Policy } from '@deskwright/shared';
import type { ViewOutput, ZendeskView } from '../zendesk/zendesk.ts';

/** What decides the order of a view's tickets. */
export type ViewSorting = Pick<ZendeskView['execution'], 'group_by' | 'group_order' | 'sort_by' | 'sort_order'>;

export interface ViewSort {
  sort_by: string | null;
  sort_order: string | null;
  /** Absent: not grouped. */
  group_by?: string;
  group_order?: string | null;
}

/** The policy's order in Zendesk's terms. `created asc` puts the oldest ticket on top. */
const SORTS = {
  oldest_first: { sort_by: 'created', sort_order: 'asc' },
} as const satisfies Record<ManagedView['order'], ViewSort>;

export const sortOf = ({ execution: { sort_by, sort_order, group_by, group_order } }: ZendeskView): ViewSort => ({
  sort_by,
  sort_order,
  ...(group_by && { group_by, group_order }),
});
export const wantedSort = (order: ManagedView['order']) => SORTS[order];

/** Sort and grouping of a view that follows the order: a grouping that breaks it is removed. */
export const orderedLike = (
  { group_by, group_order }: Pick<ZendeskView['execution'], 'group_by' | 'group_order'>,
  order: ManagedView['order'],
) => ({
  group_by: isGroupedInOrder(group_by, group_order, order) ? group_by : null,
  // It says nothing without a grouping, and only `asc` and `desc` are accepted.
  group_order,
  ...SORTS[order],
});

/** Zendesk lists a view group by group, and sorts within a group: both must follow the order. */
export function isInOrder({ execution }: { execution: ViewSorting }, order: ManagedView['order']): boolean {
  const { group_by, group_order, sort_by, sort_order } = execution;
  return isGroupedInOrder(group_by, group_order, order) && follows(sort_by, sort_order, order);
}

/** Grouping by any other column can put a newer ticket of an earlier group first. */
function isGroupedInOrder(by: string | null, direction: string | null, order: ManagedView['order']): boolean {
  return !by || follows(by, direction, order);
}

function follows(by: string | null, direction: string | null, order: ManagedView['order']): boolean {
  const wanted = SORTS[order];
  // Some answers call the same column `created_at`.
  return by?.replace(/_at$/, '') === wanted.sort_by && direction?.toLowerCase() === wanted.sort_order;
}

/** Describes the current sort and grouping, for a message. */
export function describeSort({ execution }: ZendeskView): string {
  const { group_by, group_order, sort_by, sort_order } = execution;
  const sorted = sort_by ? `sorted by ${sort_by} ${sort_order ?? ''}`.trim() : 'not sorted';
  return group_by ? `grouped by ${group_by} ${group_order ?? ''}`.trim().concat(` and ${sorted}`) : sorted;
}

/**
 * Everything that shapes the list, because it is not documented whether a PUT merges or replaces: the columns are kept, the sort
 * is set, and a grouping that breaks the order is removed.
 */
export function wantedOutput(view: ZendeskView, order: ManagedView['order']): ViewOutput {
  return {
    columns: view.execution.columns.map((column) => writtenColumn(column.id)),
    ...orderedLike(view.execution, order),
  };
}

/** Zendesk returns the subject column as `subject` and accepts it as `description`. */
const writtenColumn = (id: string | number): string | number => (id === 'subject' ? 'description' : id);

/** Null: the write was applied. Otherwise what differs from what was written. */
export function findLostChange(wanted: ViewOutput, readBack: ZendeskView, order: ManagedView['order']): string | null {
  if (!isInOrder(readBack, order)) return `it is still ${describeSort(readBack)}`;
  const columns = readBack.execution.columns.map((column) => String(writtenColumn(column.id)));
  if (columns.join() !== wanted.columns.map(String).join()) return 'its columns changed';
  return (readBack.execution.group_by || null) === (wanted.group_by || null) ? null : 'its grouping changed';
}

export type ManagedView = Policy['views'][number];

type Found =
  | { found: 'one'; view: ZendeskView }
  /** `message` says what is wrong and what to do. */
  | { found: 'missing' | 'ambiguous'; message: string };

/** The name of a managed view in records: its title, or else its id. */
export function nameOfView(managed: ManagedView): string {
  return managed.title ?? `#${managed.id}`;
}

/** By id if given, otherwise by exact title among the active views. */
export function findView(managed: ManagedView, views: readonly ZendeskView[]): Found {
  const named = managed.id === undefined ? `named "${managed.title}"` : `with id ${managed.id}`;
  const candidates = views.filter((view) =>
    managed.id === undefined ? view.title === managed.title : view.id === managed.id,
  );
  const active = candidates.filter((view) => view.active);
  const [view, ...others] = active;
  if (view && others.length === 0) return { found: 'one', view };
  if (view) {
    const ids = active.map((one) => one.id).join(', ');
    return {
      found: 'ambiguous',
      message: `Zendesk has ${active.length} views ${named} (ids ${ids}). Rename one in Zendesk, or write \`id\` instead of \`title\` in the policy.`,
    };
  }
  if (candidates.length > 0)
    return {
      found: 'missing',
      message: `The view ${named} is inactive in Zendesk. Activate it, or remove it from the policy.`,
    };
  const nearest = managed.title === undefined ? undefined : nearestSpelling(managed.title, titlesOf(views));
  const hint = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return {
    found: 'missing',
    message: `Zendesk shows our login no view ${named}.${hint} Check the spelling (it is case-sensitive), or share the view with all agents.`,
  };
}

const titlesOf = (views: readonly ZendeskView[]): string[] =>
  views.flatMap(({ title, active }) => (active ? [title] : []));
