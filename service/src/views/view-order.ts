// Is a view in the order the policy wants, and what must be written to bring it there?
import type { ViewOutput, ZendeskView } from '../zendesk/zendesk.ts';
import type { ManagedView } from './find-view.ts';

export interface ViewSort {
  sort_by: string | null;
  sort_order: string | null;
}

/** What each word of the policy means in Zendesk's. `created asc` puts the oldest ticket on top. */
const SORTS = {
  oldest_first: { sort_by: 'created', sort_order: 'asc' },
} as const satisfies Record<ManagedView['order'], ViewSort>;

export const sortOf = ({ execution: { sort_by, sort_order } }: ZendeskView): ViewSort => ({ sort_by, sort_order });
export const wantedSort = (order: ManagedView['order']) => SORTS[order];

export function isInOrder(view: ZendeskView, order: ManagedView['order']): boolean {
  const wanted = SORTS[order];
  const { sort_by: by, sort_order: direction } = view.execution;
  // `created_at` is how some answers name the same column.
  return by?.replace(/_at$/, '') === wanted.sort_by && direction?.toLowerCase() === wanted.sort_order;
}

/**
 * Everything that shapes the list, since it is not documented whether Zendesk merges a PUT or replaces: what a person chose for
 * columns and grouping stays, the sort is ours.
 */
export function wantedOutput(view: ZendeskView, order: ManagedView['order']): ViewOutput {
  const { columns, group_by, group_order } = view.execution;
  return { columns: columns.map((column) => writtenColumn(column.id)), group_by, group_order, ...SORTS[order] };
}

/** Zendesk shows the subject's column as `subject` and takes it as `description`. */
const writtenColumn = (id: string | number): string | number => (id === 'subject' ? 'description' : id);

/** Null: the write stuck. Else what is different from what was written. */
export function notStuck(wanted: ViewOutput, readBack: ZendeskView, order: ManagedView['order']): string | null {
  if (!isInOrder(readBack, order)) {
    const { sort_by, sort_order } = readBack.execution;
    return `it is still sorted by ${sort_by ?? 'nothing'} ${sort_order ?? ''}`.trim();
  }
  const columns = readBack.execution.columns.map((column) => String(writtenColumn(column.id)));
  if (columns.join() !== wanted.columns.map(String).join()) return 'its columns changed';
  return (readBack.execution.group_by ?? null) === wanted.group_by ? null : 'its grouping changed';
}
