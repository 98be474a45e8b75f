// Compares a view's order with the policy's, and computes the change that restores it. Pure.
import type { Policy } from '@deskwright/shared';
import type { RawObject } from '../zendesk/account-objects.ts';

export type ManagedView = Policy['views'][number];

/** What decides the order of a view's tickets. A type, because it is also a set of `Values`. */
export type ViewSorting = {
  group_by: string | null;
  group_order: string | null;
  sort_by: string | null;
  sort_order: string | null;
};

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

/** Of a view as Zendesk returns it. */
function sortingOf(view: RawObject): ViewSorting {
  const given = view['execution'] as Partial<Record<keyof ViewSorting, unknown>>;
  const text = (value: unknown): string | null =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : null;
  return {
    group_by: text(given.group_by),
    group_order: text(given.group_order),
    sort_by: text(given.sort_by),
    sort_order: text(given.sort_order),
  };
}

/** For the record of what was found. */
export function sortOf(view: RawObject): ViewSort {
  const { sort_by, sort_order, group_by, group_order } = sortingOf(view);
  return { sort_by, sort_order, ...(group_by && { group_by, group_order }) };
}

export const wantedSort = (order: ManagedView['order']): ViewSort => SORTS[order];

/** Sort and grouping of a view that follows the order: a grouping that breaks it is removed. */
export const orderedLike = (
  { group_by, group_order }: Pick<ViewSorting, 'group_by' | 'group_order'>,
  order: ManagedView['order'],
): ViewSorting => ({
  group_by: isGroupedInOrder(group_by, group_order, order) ? group_by : null,
  // It says nothing without a grouping, and only `asc` and `desc` are accepted.
  group_order,
  ...SORTS[order],
});

/** Zendesk lists a view group by group, and sorts within a group: both must follow the order. */
export function isInOrder({ group_by, group_order, sort_by, sort_order }: ViewSorting, order: ManagedView['order']) {
  return isGroupedInOrder(group_by, group_order, order) && follows(sort_by, sort_order, order);
}

/** Grouping by any other column can put a newer ticket of an earlier group first. */
function isGroupedInOrder(by: string | null, direction: string | null, order: ManagedView['order']): boolean {
  return !by || follows(by, direction, order);
}

function follows(by: string | null, direction: string | null, order: ManagedView['order']): boolean {
  const wanted = SORTS[order];
  return plainColumn(by) === wanted.sort_by && direction?.toLowerCase() === wanted.sort_order;
}

/** Some answers call the same column `created_at`. */
const plainColumn = (by: string | null): string | null => by?.replace(/_at$/, '') || null;

/** Says what is wrong with a view that is not in order. */
export function outOfOrder(view: RawObject, order: ManagedView['order']): string {
  const { sort_by, sort_order } = SORTS[order];
  const sorting = sortingOf(view);
  const why = sorting.group_by ? ' Newer tickets of an earlier group come before older tickets of a later one.' : '';
  return `It is ${describeSort(sorting)}, not sorted by ${sort_by} ${sort_order} alone.${why}`;
}

function describeSort({ group_by, group_order, sort_by, sort_order }: ViewSorting): string {
  const sorted = sort_by ? `sorted by ${sort_by} ${sort_order ?? ''}`.trim() : 'not sorted';
  return group_by ? `grouped by ${group_by} ${group_order ?? ''}`.trim().concat(` and ${sorted}`) : sorted;
}

/**
 * Zendesk accepts some changes of a view without making them. Null: it made this one; otherwise what it left, for a message.
 * @param before as it was; its columns were to stay
 * @param wanted what was written of its order
 */
export function findLostChange(before: RawObject, wanted: Partial<ViewSorting>, after: RawObject): string | null {
  const [is, should] = [sortingOf(after), { ...sortingOf(before), ...wanted }];
  const keeps =
    plainColumn(is.group_by) === plainColumn(should.group_by) &&
    plainColumn(is.sort_by) === plainColumn(should.sort_by) &&
    is.sort_order === should.sort_order;
  if (!keeps) return `it is still ${describeSort(is)}`;
  return columnsOf(after).join() === columnsOf(before).join() ? null : 'its columns changed';
}

const columnsOf = (view: RawObject): string[] => {
  const { columns } = view['execution'] as { columns?: { id: unknown }[] };
  return (columns ?? []).map(({ id }) => String(writtenColumn(id)));
};

/** Zendesk returns the subject column as `subject` and accepts it as `description`. */
export const writtenColumn = (id: unknown): unknown => (id === 'subject' ? 'description' : id);
