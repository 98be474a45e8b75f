// What does one stored event lead to?
import { eq } from 'drizzle-orm';
import type { TicketEvent } from '../inbox/ticket-event.ts';
import { inbox } from '../storage/schema.ts';
import { decideTicket, type Outcome } from './decide-ticket.ts';
import type { PipelineDeps } from './deps.ts';
import { type AuthorOf, type Look, lookFromEvent, lookFromRest } from './look.ts';
import { markGone } from './mark-gone.ts';

/**
 * Decides the ticket the event is about. Events without a readable snapshot (a trigger's `{"ticket_id": 123}`) cost one read of
 * Zendesk. Throws what Zendesk or the database throw; the event then stays waiting.
 */
export async function handleEvent(deps: PipelineDeps, event: TicketEvent): Promise<Outcome | 'not_about_a_ticket'> {
  if (event.ticketId === null) {
    await ignore(deps, event.inboxId, 'not_about_a_ticket');
    return 'not_about_a_ticket';
  }
  const look = await lookAt(deps, event, event.ticketId);
  return look === null ? markGone(deps, event.ticketId, event.inboxId) : decideTicket(deps, look);
}

async function lookAt(deps: PipelineDeps, event: TicketEvent, ticketId: number): Promise<Look | null> {
  const authorOf = authorsOf(deps);
  const askedAt = new Date(deps.clock());
  if (event.detail === null) {
    const ticket = await deps.zendesk.showTicket(ticketId);
    return ticket && lookFromRest(ticket, 'trigger', event.inboxId, null, authorOf, askedAt);
  }
  if (
    event.change.kind === 'comment_added' &&
    event.change.comment.isStaff &&
    !deps.directory.isAgent(event.change.comment.authorId)
  ) {
    await deps.directory.refresh('unknown');
  }
  const look = lookFromEvent({ ...event, detail: event.detail }, deps.directory.me(), authorOf);
  if (!asksCustomFields(deps)) return look;
  const ticket = await deps.zendesk.showTicket(ticketId);
  const fields = ticket && lookFromRest(ticket, 'trigger', null, null, authorOf, askedAt).snapshot.customFields;
  return { ...look, snapshot: { ...look.snapshot, customFields: fields } };
}

/** Events carry no custom fields, so rules that ask for one cost a read per event. */
function asksCustomFields({ policy }: PipelineDeps): boolean {
  return [...policy.current().compiled.asks].some((field) => field.startsWith('custom_field:'));
}

export function authorsOf({ directory }: Pick<PipelineDeps, 'directory'>): AuthorOf {
  return (authorId) => {
    if (authorId === directory.me()) return 'us';
    return directory.isAgent(authorId) ? 'agent' : 'customer';
  };
}

async function ignore({ db, clock }: PipelineDeps, inboxId: number, outcome: string): Promise<void> {
  await db
    .update(inbox)
    .set({ state: 'ignored', outcome, finishedAt: new Date(clock()) })
    .where(eq(inbox.id, inboxId));
}
