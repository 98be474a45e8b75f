// Checks a trigger's condition on a pending change.
import type { TicketMetrics } from '../metrics.ts';
import type { Users } from '../people-api.ts';
import type { Condition, Conditions } from '../rules.ts';
import type { Comment, Ticket, Via } from '../types.ts';
import { compare } from './compare.ts';
import { type Asker, expectedValue, matchesTicket, valueText } from './matches-ticket.ts';
import { matchesWords } from './matches-words.ts';
import { ticketValue, viaId } from './ticket-value.ts';

export interface TriggerChange {
  before: Ticket | null;
  ticket: Ticket;
  comments: readonly Comment[];
  via: Via;
  /** Before this change; undefined for a new ticket. */
  metrics: TicketMetrics | undefined;
  asker: Asker;
  users: Users;
}

function matchesComment(condition: Condition, comments: readonly Comment[]): boolean {
  const latest = comments.at(-1);
  if (latest === undefined) return false;
  switch (valueText(condition.value)) {
    case 'true':
    case 'requester_can_see_comment':
      return latest.public;
    case 'false':
      return !latest.public;
    default:
      return true;
  }
}

function matchesRole(condition: Condition, { users, asker }: TriggerChange): boolean {
  const expected = valueText(condition.value);
  const role = users.find(asker.userId)?.role ?? 'system';
  const isAgent = role === 'agent' || role === 'admin';
  const holds =
    expected === 'all' ||
    expected === String(asker.userId) ||
    (expected === 'agent' && isAgent) ||
    (expected === 'end_user' && role === 'end-user');
  return condition.operator === 'is_not' ? !holds : holds;
}

/** `changed`, `value` (changed to), `value_previous` (changed from) and their opposites. */
function matchesChange(condition: Condition, sight: TriggerChange): boolean | undefined {
  const { field, operator } = condition;
  const after = ticketValue(sight.ticket, field);
  if (after === undefined) return undefined;
  const before = sight.before === null ? '' : (ticketValue(sight.before, field) ?? '');
  const expected = expectedValue(condition, sight.ticket, sight.asker);
  const changed = before !== after;
  switch (operator) {
    case 'changed':
      return changed;
    case 'not_changed':
      return !changed;
    case 'value':
      return changed && after === expected;
    case 'not_value':
      return !(changed && after === expected);
    case 'value_previous':
      return changed && before === expected;
    case 'not_value_previous':
      return !(changed && before === expected);
    default:
      return undefined;
  }
}

function matches(condition: Condition, sight: TriggerChange): boolean {
  const value = valueText(condition.value);
  switch (condition.field) {
    case 'update_type':
      return (value === 'Create') === (sight.before === null);
    case 'comment_is_public':
      return matchesComment(condition, sight.comments);
    case 'comment_includes_word': {
      const words = sight.comments.map((comment) => comment.body).join('\n');
      const subject = sight.before === null ? sight.ticket.subject : '';
      return matchesWords(condition.operator, `${subject} ${words}`, value);
    }
    case 'current_via_id':
      return compare('via_id', condition.operator, viaId(sight.via), value);
    case 'role':
      return matchesRole(condition, sight);
    case 'reopens':
    case 'replies':
      return compare(condition.field, condition.operator, String(sight.metrics?.[condition.field] ?? 0), value);
    case 'agent_stations':
      return compare('', condition.operator, String(sight.metrics?.assignee_stations ?? 0), value);
    case 'group_stations':
      return compare('', condition.operator, String(sight.metrics?.group_stations ?? 0), value);
    default:
      return matchesChange(condition, sight) ?? matchesTicket(condition, sight.ticket, sight.asker);
  }
}

/** All of `all` and, when there are any, at least one of `any`. */
export const matchesTrigger = ({ all, any }: Conditions, sight: TriggerChange): boolean =>
  all.every((condition) => matches(condition, sight)) &&
  (any.length === 0 || any.some((condition) => matches(condition, sight)));
