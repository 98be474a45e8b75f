// Declares a pending change of a ticket.
import type { AuditEvent, FieldValue } from '../audit.ts';
import type { Core } from '../core.ts';
import type { Comment, Ticket, Via } from '../types.ts';

export type TicketDraft = { -readonly [K in keyof Ticket]: Ticket[K] };

interface WebhookCall {
  webhookId: string;
  body: string;
}

export interface Draft {
  /** Null while the ticket is being created. */
  readonly before: Ticket | null;
  readonly ticket: TicketDraft;
  /** Comments the ticket had before. */
  readonly earlier: readonly Comment[];
  readonly comments: Comment[];
  readonly events: AuditEvent[];
  readonly webhookCalls: WebhookCall[];
  readonly actorId: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly via: Via;
  readonly metadata: Record<string, unknown>;
  readonly suspension?: number | undefined;
  /** While true, field changes leave no `Change` events: a new ticket gets `Create` events at the end instead. */
  silent: boolean;
}

export const viaOf = (channel: string): Via => ({ channel, source: { from: {}, to: {}, rel: null } });

/** Any `Omit` over a union keeps only common keys; this one keeps each member whole. */
type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never;

export function addEvent(core: Core, draft: Draft, event: WithoutId<AuditEvent>): void {
  draft.events.push({ id: core.nextId(), ...event });
}

const asText = (value: unknown): string => JSON.stringify(value ?? null);

/** Writes one property and its `Change` event; nothing happens when the value is what it was. `via` names the rule. */
export function setField<K extends keyof Ticket>(
  core: Core,
  draft: Draft,
  field: K,
  value: Ticket[K] & FieldValue,
  via?: Via,
): boolean {
  const previous = draft.ticket[field];
  if (asText(previous) === asText(value)) return false;
  draft.ticket[field] = value;
  if (!draft.silent) {
    addEvent(core, draft, {
      type: 'Change',
      field_name: field,
      value,
      previous_value: previous as FieldValue,
      ...(via && { via }),
    });
  }
  return true;
}
