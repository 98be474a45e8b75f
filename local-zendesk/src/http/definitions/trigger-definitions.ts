// Lists the conditions and actions of triggers.
import type { Account } from '../../account/account.ts';
import { type Subject, sharedSubjects, showSubject, valuesOf } from './vocabulary.ts';

const CHANGES = ['changed', 'value', 'value_previous', 'not_changed', 'not_value', 'not_value_previous'];
const CAN_CHANGE = new Set(['status', 'type', 'priority', 'group_id', 'assignee_id', 'custom_status_id']);
const WORDS = ['includes', 'not_includes', 'is', 'is_not'];
const ORDERED = ['is', 'less_than', 'greater_than'];

const ABOUT_THE_CHANGE: readonly Subject[] = [
  {
    subject: 'update_type',
    title: 'Ticket',
    type: 'list',
    operators: ['is'],
    values: valuesOf(['Create', 'Is created'], ['Change', 'Is updated']),
  },
  {
    subject: 'comment_is_public',
    title: 'Comment',
    type: 'list',
    operators: ['is'],
    values: valuesOf(
      ['true', 'Public'],
      ['false', 'Private'],
      ['not_relevant', 'Present'],
      ['requester_can_see_comment', 'Present, and requester can see the comment'],
    ),
  },
  {
    subject: 'ticket_is_public',
    title: 'Privacy',
    type: 'list',
    operators: ['is'],
    values: valuesOf(['public', 'Public'], ['private', 'Private']),
  },
  { subject: 'subject_includes_word', title: 'Subject text', type: 'text', operators: WORDS },
  { subject: 'comment_includes_word', title: 'Comment text', type: 'text', operators: WORDS },
  {
    subject: 'current_via_id',
    title: 'Update via',
    type: 'list',
    operators: ['is', 'is_not'],
    values: valuesOf(['0', 'Web form'], ['4', 'Email'], ['5', 'Web service (API)'], ['8', 'Rule']),
  },
  {
    subject: 'role',
    title: 'Current user',
    type: 'list',
    operators: ['is', 'is_not'],
    values: valuesOf(['agent', '(agent)'], ['end_user', '(end user)'], ['all', '(any)']),
  },
  { subject: 'reopens', title: 'Reopens', type: 'text', operators: ORDERED },
  { subject: 'replies', title: 'Agent replies', type: 'text', operators: ORDERED },
  { subject: 'agent_stations', title: 'Assignee stations', type: 'text', operators: ORDERED },
  { subject: 'group_stations', title: 'Group stations', type: 'text', operators: ORDERED },
];

const ACTIONS: readonly Subject[] = [
  { subject: 'set_tags', title: 'Set tags', type: 'text', operators: [] },
  { subject: 'current_tags', title: 'Add tags', type: 'text', operators: [] },
  { subject: 'remove_tags', title: 'Remove tags', type: 'text', operators: [] },
  { subject: 'comment_value', title: 'Comment/description', type: 'text', operators: [] },
  { subject: 'notification_user', title: 'User email', type: 'text', operators: [] },
  { subject: 'notification_group', title: 'Group email', type: 'text', operators: [] },
  { subject: 'cc', title: 'Add CC', type: 'autocomplete', operators: [] },
  { subject: 'follower', title: 'Add follower', type: 'autocomplete', operators: [] },
];

const SETTABLE = new Set(['status', 'type', 'priority', 'group_id', 'assignee_id', 'custom_status_id', 'brand_id']);

export function triggerDefinitions(account: Account): Record<string, unknown> {
  const shared = sharedSubjects(account).map((subject) =>
    CAN_CHANGE.has(subject.subject) ? { ...subject, operators: [...subject.operators, ...CHANGES] } : subject,
  );
  const webhooks = account.webhooks
    .list()
    .filter((webhook) => webhook.subscriptions.includes('conditional_ticket_events'))
    .map((webhook) => [webhook.id, webhook.name] as const);
  const settable = shared.filter(({ subject }) => SETTABLE.has(subject) || subject.startsWith('custom_fields_'));
  const actions: readonly Subject[] = [
    ...settable,
    ...ACTIONS,
    {
      subject: 'notification_webhook',
      title: 'Active webhook',
      type: 'list',
      operators: [],
      values: valuesOf(...webhooks),
    },
  ];
  const conditions = [...ABOUT_THE_CHANGE, ...shared].map(showSubject);
  const showAction = (subject: Subject): Record<string, unknown> => {
    const { operators: _none, ...rest } = showSubject(subject);
    return rest;
  };
  return { actions: actions.map(showAction), conditions_all: conditions, conditions_any: conditions };
}
