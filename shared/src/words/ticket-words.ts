// Lists Zendesk's values for a ticket's status, priority and type, in their order.

/** Status order for `less_than` / `greater_than`, as in Zendesk's conditions reference. */
export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

/** Priority order for `less_than` / `greater_than`. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const TICKET_TYPES = ['question', 'incident', 'problem', 'task'] as const;
export type TicketType = (typeof TICKET_TYPES)[number];
