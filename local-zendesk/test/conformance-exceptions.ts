// Lists where real accounts differ from the description and the local Zendesk follows them.

export interface Exception {
  /** Operation ids, or 'every'. */
  operations: readonly string[] | 'every';
  /** The end of the path in the answer, or of the body when `in` says so. */
  path: RegExp;
  problem: RegExp;
  in?: 'request';
  reason: string;
}

const NULL = /is null/;
const UNDESCRIBED = /is not described/;

export const EXCEPTIONS: readonly Exception[] = [
  {
    operations: 'every',
    path: /(^|\.)(forum_topic_id|recipient|satisfaction_rating|custom_fields\[\]\.value|fields\[\]\.value)$/,
    problem: NULL,
    reason: 'Tickets print empty properties as null; the description forgets `nullable`.',
  },
  {
    operations: 'every',
    path: /users?(\[\])?\.(email|\w+_id|last_login_at|alias|details|notes|signature|(shared_)?phone(_number)?|photo)$/,
    problem: NULL,
    reason:
      'Customers have no group, may never have signed in, and what nobody filled in is null; the description forgets `nullable`.',
  },
  {
    operations: 'every',
    path: /views?(\[\])?\.restriction$/,
    problem: NULL,
    reason: 'A view for everybody has restriction null; the description forgets `nullable`.',
  },
  {
    operations: 'every',
    path: /^(triggers?(\[\])?\.description|brands?(\[\])?\.(host_mapping|logo)|ticket_fields?(\[\])?\.agent_description)$/,
    problem: NULL,
    reason: 'What nobody filled in is null, as recorded from accounts; the description forgets `nullable`.',
  },
  {
    operations: 'every',
    path: /^custom_status(es\[\])?\.(raw_)?(end_user_)?description$/,
    problem: NULL,
    reason: 'A status nobody described has null, as recorded; the description forgets `nullable`.',
  },
  {
    operations: 'every',
    path: /^(custom_status(es\[\])?\.url|ticket_fields?(\[\])?\.key|automations?(\[\])?\.url|recipient_address(es\[\])?\.url|upload\.expires_at)$/,
    problem: UNDESCRIBED,
    reason: 'Recorded from accounts, and not in the description.',
  },
  {
    operations: 'every',
    path: /^(recipient_address(es\[\])?\.default|suspended_tickets\[\]\.(author\.id|ticket_id))$/,
    problem: NULL,
    reason:
      'Nobody chose a default address, nobody knows the sender, no ticket was made: null; the description forgets `nullable`.',
  },
  {
    operations: ['ShowSuspendedTickets'],
    path: /^suspended_ticket$/,
    problem: UNDESCRIBED,
    reason: 'One held-back mail is shown as one; the schema is that of the list.',
  },
  {
    operations: ['ListCustomRoles', 'ShowCustomRoleById'],
    path: /^custom_roles?(\[\])?\.configuration\.(manage_|ticket_redaction$)/,
    problem: UNDESCRIBED,
    reason: 'Accounts were recorded to have more rights than the description names.',
  },
  {
    operations: 'every',
    path: /attachments?(\[\])?\.(width|height)$/,
    problem: NULL,
    reason: 'Files that are no pictures have no size in pixels; the description forgets `nullable`.',
  },
  {
    operations: ['CreateView', 'CreateMacro'],
    path: /^$/,
    problem: /^answered 201: \{"(view|macro)":/,
    reason: 'Described as 200; accounts were recorded to answer 201.',
  },
  {
    operations: ['ListTicketMetrics'],
    path: /_(at|minutes\.calendar|minutes\.business|seconds\.calendar|seconds\.business)$/,
    problem: NULL,
    reason: 'What has not happened yet (a reply, a solution) has no time; the description forgets `nullable`.',
  },
  {
    operations: ['ShowTicketMetricsByTicket', 'ShowTicketMetrics'],
    path: /^ticket_metric$/,
    problem: /is object, not array/,
    reason: 'Described as a list; live accounts answer one object, as the name says.',
  },
  {
    operations: 'every',
    path: /^job_status\.results$/,
    problem: NULL,
    reason: 'A job which is not done has no results yet; the description forgets `nullable`.',
  },
  {
    operations: ['PreviewCount'],
    path: /^view_count\.view_id$/,
    problem: NULL,
    reason: 'A previewed view is not stored and has no id.',
  },
  {
    operations: ['UpdateTicket'],
    path: /^audit\.events\[\]\.value$/,
    problem: /is array/,
    reason: 'The value of a change of tags is a list; the description knows texts and numbers only.',
  },
  {
    operations: ['IncrementalTicketExportCursor', 'IncrementalTicketExportTime'],
    path: /^tickets\[\]\.status$/,
    problem: /"deleted" is not allowed/,
    reason: 'The export tells of deleted tickets by this status (prose of the endpoint).',
  },
  {
    operations: 'every',
    path: /^(count|next_page|previous_page|meta|links)$/,
    problem: UNDESCRIBED,
    reason: 'Paging is described in prose; few response schemas name it.',
  },
  {
    operations: 'every',
    path: /^(users|groups|organizations|metric_sets)$/,
    problem: UNDESCRIBED,
    reason: 'Side-loads (`include=`) are described in prose only.',
  },
  {
    operations: ['ListSearchResults', 'ExportSearchResults'],
    path: /^results\[\]\./,
    problem: UNDESCRIBED,
    reason: 'A result is a whole ticket or user; the description names only what all kinds share.',
  },
  {
    operations: ['ShowChangesToTicket', 'ShowTicketAfterChanges'],
    path: /^result\.ticket\./,
    problem: UNDESCRIBED,
    reason: 'A macro can change any property; the description shows an example of five.',
  },
  {
    operations: 'every',
    path: /^views?(\[\])?\.(url|raw_title)$/,
    problem: UNDESCRIBED,
    reason: 'Views carry both on live accounts, and writes may send raw_title by the prose.',
  },
  {
    operations: ['IncrementalTicketEvents'],
    path: /^ticket_events\[\]\./,
    problem: UNDESCRIBED,
    reason: 'The description refers to metric events by mistake; the prose shows audits with child_events.',
  },
  {
    operations: ['UpdateTicket'],
    path: /^audit\.events\[\]\.(previous_value|author_id|audit_id|html_body|plain_body|public|attachments)$/,
    problem: UNDESCRIBED,
    reason: 'The description names five properties of events; the reference of audit events names these too.',
  },
  {
    operations: ['CreateTicket'],
    path: /^audit$/,
    problem: UNDESCRIBED,
    reason: 'Live accounts answer a creation with its audit, as they do an update.',
  },
  {
    operations: ['ListTriggerActionConditionDefinitions'],
    path: /^definitions\.conditions_any\[\]\.values$/,
    problem: UNDESCRIBED,
    reason: 'Described for conditions_all and forgotten for conditions_any.',
  },
  {
    operations: ['ReorderTriggers'],
    path: /^triggers$/,
    problem: UNDESCRIBED,
    reason: 'The description promises one trigger for an endpoint that orders all of them.',
  },
];

/** Calls the API answers although the description has no such operation. */
export const NOT_IN_THE_DESCRIPTION: readonly { path: RegExp; reason: string }[] = [
  {
    path: /^\/business_hours/,
    reason: 'Schedules are documented in prose only.',
  },
  { path: /^\/webhooks/, reason: 'No machine-readable description of webhooks exists; shapes are from the prose.' },
  {
    path: /^\/apps/,
    reason: 'No machine-readable description of the Apps API exists; ZCLI says what it sends and expects.',
  },
  { path: /^\/api_tokens$/, reason: 'Only there to be refused, as since 2026-10-27.' },
];
