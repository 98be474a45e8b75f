// Lists the columns that a view can show and sort by.

/** Column id to title, from Zendesk's table of view columns. */
export const VIEW_COLUMNS: Readonly<Record<string, string>> = {
  assigned: 'Assigned',
  assignee: 'Assignee',
  attributes_match: 'Skills match',
  brand: 'Brand',
  created: 'Requested',
  custom_status_id: 'Ticket status',
  description: 'Subject',
  due_date: 'Due date',
  group: 'Group',
  locale_id: 'Requester language',
  nice_id: 'ID',
  organization: 'Requester organization',
  priority: 'Priority',
  requester: 'Requester',
  satisfaction_score: 'Satisfaction',
  sla_next_breach_at: 'Next SLA breach',
  solved: 'Solved',
  status: 'Status',
  submitter: 'Submitter',
  ticket_form: 'Form',
  type: 'Type',
  updated: 'Updated',
  updated_assignee: 'Latest update by assignee',
  updated_by_type: 'Latest updater type (agent/end user)',
  updated_requester: 'Latest update by requester',
};

const NOT_SORTABLE = new Set(['description', 'submitter', 'custom_status_id']);

// Each column says whether it is filterable; for which that is true is not documented. Assumed: those with a set of values to choose.
const FILTERABLE = new Set([
  'assignee',
  'brand',
  'custom_status_id',
  'group',
  'organization',
  'priority',
  'requester',
  'status',
  'ticket_form',
  'type',
]);

/** Two columns are read by another id than they are written by; either is taken. */
const READ_AS: Readonly<Record<string, string>> = { subject: 'description', ticket_id: 'nice_id' };
export const writtenColumn = (column: string): string => READ_AS[column] ?? column;

export const isCustomField = (column: string): boolean => /^\d+$/.test(column);
export const isColumn = (column: string): boolean => column in VIEW_COLUMNS || isCustomField(column);
export const isFilterable = (column: string): boolean => FILTERABLE.has(column);
export const isSortable = (column: string): boolean => isColumn(column) && !NOT_SORTABLE.has(column);
