// Applies one action of a trigger or an automation to a pending change.

import { SYSTEM_ACTOR_ID } from '../actor.ts';
import { renderPlaceholders } from '../rules/render-placeholders.ts';
import type { RuleAction } from '../rules.ts';
import type { Priority, Status, TicketType, Via } from '../types.ts';
import { addComment } from './apply-comment.ts';
import { setAssignee, setGroup } from './apply-routing.ts';
import { setCustomStatus, setStatus } from './apply-status.ts';
import { setCustomField, setTags } from './apply-tags.ts';
import { addEvent, type Draft, setField } from './draft.ts';
import { parseFieldValue } from './parse-field-value.ts';
import type { TicketDeps } from './ticket-deps.ts';

const listOf = (value: RuleAction['value']): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : value;

const wordsOf = (value: RuleAction['value']): readonly string[] => listOf(value).flatMap((one) => one.split(/\s+/));

export interface ActingRule {
  readonly id: number;
  readonly title: string;
  readonly actions: readonly RuleAction[];
}

export type RuleKind = 'trigger' | 'automation';

/** As recorded for triggers; automations have no revisions. */
export const viaRule = ({ id, title }: ActingRule, rel: RuleKind): Via => ({
  channel: 'rule',
  source: { from: { id, title, deleted: false, ...(rel === 'trigger' && { revision_id: 1 }) }, to: {}, rel },
});

function personId(draft: Draft, value: string): number | null {
  if (value === '') return null;
  if (value === 'current_user') return draft.actorId;
  if (value === 'requester_id') return draft.ticket.requester_id;
  if (value === 'assignee_id') return draft.ticket.assignee_id;
  return Number.isFinite(Number(value)) ? Number(value) : null;
}

function notify(deps: TicketDeps, draft: Draft, recipients: number[], subject: string, body: string, via: Via): void {
  const render = (text: string): string => renderFor(deps, draft, text);
  addEvent(deps.core, draft, { type: 'Notification', recipients, subject: render(subject), body: render(body), via });
}

const renderFor = (deps: TicketDeps, draft: Draft, text: string): string =>
  renderPlaceholders(text, {
    ticket: draft.ticket,
    comments: [...draft.earlier, ...draft.comments],
    currentUserId: draft.actorId,
    subdomain: deps.subdomain,
    users: deps.users,
    groups: deps.groups,
    organizations: deps.organizations,
  });

function callWebhook(deps: TicketDeps, draft: Draft, id: string, body: string, via: Via): void {
  const webhook = deps.webhooks.find(id);
  if (webhook?.status !== 'active' || !webhook.subscriptions.includes('conditional_ticket_events')) return;
  const rendered = renderFor(deps, draft, body);
  draft.webhookCalls.push({ webhookId: id, body: rendered });
  addEvent(deps.core, draft, { type: 'External', resource: id, body: rendered, via });
}

/** Names the rule as `via` of all it does. Actions which the local account does not know do nothing. */
export function act(deps: TicketDeps, draft: Draft, action: RuleAction, rule: ActingRule, kind: RuleKind): void {
  const via = viaRule(rule, kind);
  const [first = '', second = '', third = ''] = listOf(action.value);
  if (action.field.startsWith('custom_fields_')) {
    const field = deps.fields.find(Number(action.field.slice('custom_fields_'.length)));
    const value = field && parseFieldValue(field, first);
    if (field !== undefined && value !== undefined) setCustomField(deps, draft, field, value, via);
    return;
  }
  switch (action.field) {
    case 'status':
      return setStatus(deps, draft, first as Status, via);
    case 'custom_status_id':
      setCustomStatus(deps, draft, Number(first), via);
      return;
    case 'priority':
      setField(deps.core, draft, 'priority', (first || null) as Priority | null, via);
      return;
    case 'type':
      setField(deps.core, draft, 'type', (first || null) as TicketType | null, via);
      return;
    case 'brand_id':
    case 'ticket_form_id':
      setField(deps.core, draft, action.field, Number(first), via);
      return;
    case 'group_id':
      return setGroup(deps, draft, first === '' ? null : Number(first), via);
    case 'assignee_id':
      return setAssignee(deps, draft, personId(draft, first), via);
    case 'set_tags':
      return setTags(deps, draft, wordsOf(action.value), via);
    case 'current_tags':
      return setTags(deps, draft, [...draft.ticket.tags, ...wordsOf(action.value)], via);
    case 'remove_tags': {
      const leaving = new Set(wordsOf(action.value));
      const staying = draft.ticket.tags.filter((tag) => !leaving.has(tag));
      return setTags(deps, draft, staying, via);
    }
    case 'comment_value': {
      // Either the bare text or [channel, text].
      const body = renderFor(deps, draft, second === '' ? first : second);
      const isPublic = rule.actions.find((one) => one.field === 'comment_mode_is_public')?.value !== 'false';
      addComment(deps, draft, { body, author_id: SYSTEM_ACTOR_ID, public: isPublic }, via);
      return;
    }
    case 'cc':
    case 'follower': {
      const id = personId(draft, first);
      const field = action.field === 'cc' ? 'email_cc_ids' : 'follower_ids';
      if (id !== null && !draft.ticket[field].includes(id)) {
        setField(deps.core, draft, field, [...draft.ticket[field], id], via);
      }
      return;
    }
    case 'notification_user': {
      const id = personId(draft, first);
      return notify(deps, draft, id === null ? [] : [id], second, third, via);
    }
    case 'notification_group': {
      const group_id = first === 'group_id' ? (draft.ticket.group_id ?? 0) : Number(first);
      const members = deps.groups.memberships({ group_id }).map((one) => one.user_id);
      return notify(deps, draft, members, second, third, via);
    }
    case 'notification_webhook':
      return callWebhook(deps, draft, first, second, via);
  }
}
