// Which words does Zendesk use for a ticket's state, and in which order?

/** Status order for `less_than` / `greater_than`, as in Zendesk's conditions reference. */
export const STATUSES = ['new', 'open', 'pending', 'hold', 'solved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];

/** Priority order for `less_than` / `greater_than`. */
export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const TICKET_TYPES = ['question', 'incident', 'problem', 'task'] as const;
export type TicketType = (typeof TICKET_TYPES)[number];

export const SURVEYS = ['csat', 'ces'] as const;
export type SurveyKind = (typeof SURVEYS)[number];
