// Lists the conditions, columns and sort orders of views.
import type { Account } from '../../account/account.ts';
import { isSortable, VIEW_COLUMNS } from '../../account/rules/view-columns.ts';
import { type Subject, sharedSubjects, showSubject } from './vocabulary.ts';

const HOURS = ['is', 'less_than', 'greater_than'];

const HOUR_COUNTERS: readonly Subject[] = [
  ['NEW', 'Hours since created'],
  ['OPEN', 'Hours since opened'],
  ['PENDING', 'Hours since pending'],
  ['HOLD', 'Hours since on-hold'],
  ['SOLVED', 'Hours since solved'],
  ['assigned_at', 'Hours since assigned'],
  ['updated_at', 'Hours since update'],
  ['requester_updated_at', 'Hours since requester update'],
  ['assignee_updated_at', 'Hours since assignee update'],
  ['due_date', 'Hours since due date'],
  ['until_due_date', 'Hours until due date'],
].map(([subject = '', title = '']) => ({ subject, title, type: 'text', operators: HOURS }));

export function viewDefinitions(account: Account): Record<string, unknown> {
  const custom = account.ticketFields
    .list()
    .filter((field) => field.removable && field.active)
    .map((field) => ({ value: String(field.id), title: field.title, type: field.type, group: 'ticket' }));
  const columns = Object.entries(VIEW_COLUMNS).map(([value, title]) => ({
    value,
    title,
    type: 'list',
    group: 'ticket',
  }));
  const sortables = [...columns.filter(({ value }) => isSortable(value)), ...custom];
  const shared = sharedSubjects(account);
  return {
    conditions_all: [...shared, ...HOUR_COUNTERS].map(showSubject),
    conditions_any: shared.map(showSubject),
    groupables: sortables,
    sortables,
    output: [...columns, ...custom],
  };
}
