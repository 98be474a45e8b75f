// The facts of a ticket without known fields.
import type { TicketFacts } from '@deskwright/shared';

/** Nothing is known of who and what a ticket belongs to. */
export const NO_NAMES = {
  group: null,
  assignee: null,
  requester: null,
  requesterEmail: null,
  organization: null,
  brand: null,
  form: null,
  language: null,
} as const;

/** The facts of a new ticket of which nothing is known. */
export const EMPTY_TICKET: TicketFacts = Object.freeze({
  now: 0,
  ticketId: 0,
  subject: '',
  description: '',
  comment: '',
  tags: [],
  status: 'new',
  priority: null,
  type: null,
  via: null,
  ...NO_NAMES,
  createdAt: 0,
  waitingSince: null,
  customFields: {},
});
