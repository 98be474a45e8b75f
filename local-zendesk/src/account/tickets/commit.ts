// Saves a pending change and notifies listeners.
import type { Audit } from '../audit.ts';
import type { TicketChange, TicketChangeKind, WebhookAction } from '../ticket-change.ts';
import type { TicketWrite } from '../ticket-input.ts';
import { isoSeconds } from '../values.ts';
import type { Draft } from './draft.ts';
import type { TicketDeps } from './ticket-deps.ts';
import { blankMetrics, trackMetrics } from './track-metrics.ts';

export interface Announcer {
  ticketChanged: (change: TicketChange) => void;
  webhookAsked: (action: WebhookAction) => void;
}

/** The source of a change, as far as Zendesk knows it; a rule has none. */
const systemOf = (channel: string): Record<string, unknown> =>
  channel === 'rule' ? {} : { client: 'local', ip_address: '127.0.0.1', location: 'Local', latitude: 0, longitude: 0 };

function auditOf(deps: TicketDeps, draft: Draft): Audit {
  const id = deps.core.nextId();
  const own = draft.comments.find((comment) => comment.via.channel === draft.via.channel);
  return Object.freeze({
    id,
    ticket_id: draft.ticket.id,
    created_at: isoSeconds(draft.at),
    author_id: draft.actorId,
    metadata: {
      system: systemOf(draft.via.channel),
      custom: draft.metadata,
      ...(draft.suspension !== undefined && { suspension_type_id: draft.suspension }),
    },
    events: draft.events.map((event) => (event.type === 'Comment' ? { ...event, audit_id: id } : event)),
    via: own?.via ?? draft.via,
  });
}

/**
 * An update which changes nothing leaves no audit, no new `updated_at` and no announcement: this keeps two
 * systems that write the same value from triggering each other endlessly.
 */
export function commit(deps: TicketDeps, announcer: Announcer, draft: Draft, kind: TicketChangeKind): TicketWrite {
  const audit = auditOf(deps, draft);
  const { before } = draft;
  if (before !== null && draft.events.length === 0) return { ticket: before, audit };
  draft.ticket.updated_at = isoSeconds(draft.at);
  draft.ticket.generated_timestamp = Math.floor(draft.at / 1000);
  const ticket = Object.freeze({ ...draft.ticket });
  const old = deps.store.find(ticket.id) ?? deps.store.findDeleted(ticket.id);
  const metrics = old?.metrics ?? blankMetrics(deps.core.nextId(), ticket.id, isoSeconds(draft.at));
  deps.store.put({
    ticket,
    comments: draft.comments.length === 0 ? draft.earlier : [...draft.earlier, ...draft.comments],
    audits: [...(old?.audits ?? []), audit],
    metrics: trackMetrics(deps, metrics, draft),
  });
  const { actorId, at } = draft;
  announcer.ticketChanged(
    Object.freeze({ kind, before, after: ticket, comments: Object.freeze([...draft.comments]), actorId, at }),
  );
  for (const call of draft.webhookCalls) announcer.webhookAsked({ ...call, ticketId: ticket.id, at });
  return { ticket, audit };
}
