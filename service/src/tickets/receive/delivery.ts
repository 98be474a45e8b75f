// Defines what is kept of a webhook request.

/** One request whose signature was right, ready to become a row of the inbox. */
export interface Delivery {
  /** `x-zendesk-webhook-invocation-id`, opaque. */
  readonly invocationId: string | null;
  /** `id` of the event envelope; null for a trigger's own body. */
  readonly envelopeId: string | null;
  /** `ticket.status_changed`, `trigger`, `user.created`, ... or `unknown`. */
  readonly type: string;
  readonly ticketId: number | null;
  readonly occurredAt: Date | null;
  /** The body as JSON text that PostgreSQL can store. */
  readonly body: string;
}
