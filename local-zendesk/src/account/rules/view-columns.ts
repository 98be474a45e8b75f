// Which columns can a view show, and by which can it sort?

/** Column id to title, from Zendesk's table of view columns. */
export const VIEW_COLUMNS: Readonly<Record<string, string>> = {
  assigned: 'Assigned',
  assignee: 'Assignee',
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

export const isCustomField = (column: string): boolean => /^\d+$/.test(column);
export const isColumn = (column: string): boolean => column in VIEW_COLUMNS || isCustomField(column);
export const isSortable = (column: string): boolean => isColumn(column) && !NOT_SORTABLE.has(column);
