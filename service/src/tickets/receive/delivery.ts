// Defines what is stored of a webhook request.

/** A request with a valid signature, ready to be stored in the inbox. */
export interface Delivery {
  /** `x-zendesk-webhook-invocation-id`, opaque. */
  readonly invocationId: string | null;
  /** `id` of the event envelope; null for a Zendesk trigger's body. */
  readonly envelopeId: string | null;
  /** `ticket.status_changed`, `trigger`, `user.created`, ... or `unknown`. */
  readonly type: string;
  readonly ticketId: number | null;
  readonly occurredAt: Date | null;
  /** The body as JSON text that PostgreSQL can store. */
  readonly body: string;
}
