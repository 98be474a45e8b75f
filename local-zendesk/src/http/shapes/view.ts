// Formats views for reading (they are written in another shape).
import type { Account } from '../../account/account.ts';
import { isCustomField, isFilterable, isSortable, VIEW_COLUMNS } from '../../account/rules/view-columns.ts';
import type { View, ViewOutput } from '../../account/rules.ts';
import type { UrlOf } from '../call.ts';

export function showColumn(account: Account, url: UrlOf, column: string): Record<string, unknown> {
  // The subject's column is written `description` and read `subject`.
  if (!isCustomField(column)) {
    const id = column === 'description' ? 'subject' : column;
    return {
      id,
      title: VIEW_COLUMNS[column] ?? column,
      filterable: isFilterable(column),
      sortable: isSortable(column),
    };
  }
  const field = account.ticketFields.find(Number(column));
  return {
    id: Number(column),
    title: field?.title ?? column,
    type: field?.type ?? 'text',
    filterable: true,
    sortable: true,
    url: url(`/ticket_fields/${column}.json`),
  };
}

function showExecution(account: Account, url: UrlOf, output: ViewOutput): Record<string, unknown> {
  const { columns, group_by, group_order, sort_by, sort_order } = output;
  const order = (by: string | null, direction: string): Record<string, unknown> | null =>
    by === null
      ? null
      : { ...showColumn(account, url, by), ...(by === 'nice_id' && { id: 'ticket_id' }), order: direction };
  return {
    group_by,
    group_order,
    sort_by,
    sort_order,
    group: order(group_by, group_order),
    sort: order(sort_by, sort_order),
    columns: columns.map((column) => showColumn(account, url, column)),
    fields: columns.filter((column) => !isCustomField(column)).map((column) => showColumn(account, url, column)),
    custom_fields: columns.filter(isCustomField).map((column) => showColumn(account, url, column)),
  };
}

export const showView = (account: Account, url: UrlOf, view: View): Record<string, unknown> => ({
  url: url(`/views/${view.id}.json`),
  id: view.id,
  title: view.title,
  raw_title: view.title,
  description: view.description,
  active: view.active,
  default: view.default,
  position: view.position,
  created_at: view.created_at,
  updated_at: view.updated_at,
  conditions: view.conditions,
  execution: showExecution(account, url, view.output),
  restriction: view.restriction,
});
