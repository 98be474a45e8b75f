// Checks a condition on a ticket's current state.
import type { Groups } from '../people-api.ts';
import type { Condition } from '../rules.ts';
import type { Ticket } from '../types.ts';
import { compare } from './compare.ts';
import { matchesTags, matchesWords } from './matches-words.ts';
import { ticketValue } from './ticket-value.ts';

export interface Asker {
  groups: Groups;
  /** Who `current_user` and `current_groups` are. */
  userId: number;
}

export const valueText = (value: Condition['value']): string =>
  value === null ? '' : typeof value === 'string' ? value : value.join(' ');

/** Resolves `current_user` and `requester_id` to user ids; other values are unchanged. */
export function expectedValue(condition: Condition, ticket: Ticket, asker: Asker): string {
  const value = valueText(condition.value);
  if (value === 'current_user') return String(asker.userId);
  if (value === 'requester_id') return String(ticket.requester_id);
  return value;
}

/** Fields and operators of Zendesk's "shared conditions". An unknown field never matches. */
export function matchesTicket(condition: Condition, ticket: Ticket, asker: Asker): boolean {
  const { field, operator } = condition;
  if (field === 'current_tags') return matchesTags(operator, ticket.tags, valueText(condition.value));
  if (field === 'description_includes_word') {
    return matchesWords(operator, `${ticket.subject} ${ticket.description}`, valueText(condition.value));
  }
  if (field === 'subject_includes_word') return matchesWords(operator, ticket.subject, valueText(condition.value));
  if (field === 'group_id' && condition.value === 'current_groups') {
    const mine = ticket.group_id !== null && asker.groups.isMember(asker.userId, ticket.group_id);
    return operator === 'is' ? mine : !mine;
  }
  const actual = ticketValue(ticket, field);
  return actual !== undefined && compare(field, operator, actual, expectedValue(condition, ticket, asker));
}
