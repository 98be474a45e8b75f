// Saves what the agent's form contains.
import type { Account } from '../../account/account.ts';
import type { Result } from '../../account/result.ts';
import type { NewTicket, TicketPatch, TicketWrite } from '../../account/ticket-input.ts';
import type { CustomFieldValue, Ticket, User } from '../../account/types.ts';
import { takePatch } from '../../actions/agent-actions.ts';
import type { SeenTicket } from './seen-ticket.ts';
import { type CommonForm, type NewTicketFormValues, type TicketFormValues, tagsIn } from './ticket-form-schema.ts';

/** Writes only what the agent changed: an unchanged field must not overwrite another agent's change. */
export function saveTicket(
  account: Account,
  agent: User,
  ticket: Ticket,
  form: TicketFormValues,
  customFields: readonly CustomFieldValue[] = [],
): Result<TicketWrite> {
  const { seen } = form;
  const body = form.comment.trim();
  const priority = form.priority === '' ? null : form.priority;
  const type = form.type === '' ? null : form.type;
  const tags = tagsIn(form.tags);
  const added = tags.filter((tag) => !seen.tags.includes(tag));
  const removed = seen.tags.filter((tag) => !tags.includes(tag));
  const changed = customFields.filter(({ id, value }) => textOf(value) !== textOf(seenField(seen, id)));
  const patch: TicketPatch = {
    ...(body === '' ? {} : { comment: { body, public: form.public === 'yes' } }),
    ...(form.subject === undefined || form.subject === seen.subject ? {} : { subject: form.subject }),
    ...(form.status === seen.status ? {} : { status: form.status }),
    ...(priority === seen.priority ? {} : { priority }),
    ...(type === undefined || type === (seen.type ?? null) ? {} : { type }),
    ...(form.group_id === seen.group_id ? {} : { group_id: form.group_id }),
    ...(form.assignee_id === seen.assignee_id ? {} : { assignee_id: form.assignee_id }),
    ...(added.length === 0 ? {} : { additional_tags: added }),
    ...(removed.length === 0 ? {} : { remove_tags: removed }),
    ...(changed.length === 0 ? {} : { custom_fields: changed }),
    ...statusPatch(account, agent, form, ticket),
  };
  return account.tickets.update(ticket.id, patch, { id: agent.id, channel: 'web' });
}

/** Refusals are the account's own: no text, an assignee outside the group ... */
export function createFromForm(
  account: Account,
  agent: User,
  form: NewTicketFormValues,
  customFields: readonly CustomFieldValue[],
): Result<TicketWrite> {
  const { requester_email: email, requester_name: name } = form;
  const ticket: NewTicket = {
    subject: form.subject,
    requester: { email, name: name.trim() === '' ? email : name },
    comment: { body: form.comment, public: form.public === 'yes', author_id: agent.id },
    status: form.status,
    priority: form.priority === '' ? null : form.priority,
    ...(form.type === undefined ? {} : { type: form.type === '' ? null : form.type }),
    group_id: form.group_id,
    assignee_id: form.assignee_id,
    tags: tagsIn(form.tags),
    custom_fields: customFields,
    ...statusPatch(account, agent, form, { assignee_id: null, group_id: null }),
  };
  return account.tickets.create(ticket, { id: agent.id, channel: 'web' });
}

/** Solving an unassigned ticket assigns it to the agent. */
function statusPatch(
  account: Account,
  agent: User,
  form: CommonForm,
  ticket: Pick<Ticket, 'assignee_id' | 'group_id'>,
): TicketPatch {
  if (form.do === 'save') return {};
  if (form.do !== 'solve' && form.do !== 'solved') return { status: form.do };
  const isTaken = form.assignee_id !== null || ticket.assignee_id !== null;
  const groupId = form.group_id ?? ticket.group_id;
  return { status: 'solved', ...(isTaken ? {} : takePatch(account, agent, groupId)) };
}

const seenField = (seen: SeenTicket, id: number): CustomFieldValue['value'] =>
  seen.custom_fields.find((one) => one.id === id)?.value ?? null;

/** Null, false and no text are one and the same in a form, and so are choices in whatever order. */
function textOf(value: CustomFieldValue['value']): string {
  if (value === null || value === false) return '';
  return Array.isArray(value) ? value.toSorted((a, b) => a.localeCompare(b)).join(' ') : String(value);
}
