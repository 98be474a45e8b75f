// Stores mails that are held back as possible spam.
import { type Actor, SYSTEM_ACTOR_ID } from './actor.ts';
import type { Core } from './core.ts';
import type { Users } from './people-api.ts';
import { createRecordStore } from './record-store.ts';
import { ok, type Result, refuse } from './result.ts';
import type { TicketWrite } from './ticket-input.ts';
import type { Tickets } from './tickets-api.ts';

export interface SuspendedTicket {
  id: number;
  author: { id: number | null; name: string; email: string };
  subject: string;
  content: string;
  cause: string;
  cause_id: number;
  message_id: string;
  recipient: string;
  brand_id: number;
  created_at: string;
  updated_at: string;
}

export interface SuspendedTickets {
  /** A mail comes in and is held back. */
  suspend: (mail: { name: string; email: string; subject: string; content: string; cause?: string }) => SuspendedTicket;
  /** Turns the mail into a ticket of `requesterId`, by default of the sender. */
  recover: (id: number, by: Actor, requesterId?: number) => Result<TicketWrite>;
  delete: (id: number, by: Actor) => Result<SuspendedTicket>;
  find: (id: number) => SuspendedTicket | undefined;
  list: () => readonly SuspendedTicket[];
}

// "Detected as spam", from Zendesk's list of causes of suspension.
const SPAM = { cause: 'Detected as spam', cause_id: 12 };

export interface SuspendedTicketDeps {
  core: Core;
  users: Users;
  tickets: Tickets;
  subdomain: string;
  brandId: () => number;
}

export function createSuspendedTickets({
  core,
  users,
  tickets,
  subdomain,
  brandId,
}: SuspendedTicketDeps): SuspendedTickets {
  const records = createRecordStore<SuspendedTicket>(
    core,
    'suspended_ticket',
    (one) => one.subject,
    () => false,
  );
  return {
    suspend: ({ name, email, subject, content, cause = SPAM.cause }) => {
      const by = { id: SYSTEM_ACTOR_ID };
      const id = core.nextId();
      const at = core.stamp(by);
      return records.add(
        {
          id,
          author: { id: users.findByEmail(email)?.id ?? null, name, email },
          subject,
          content,
          cause,
          cause_id: SPAM.cause_id,
          message_id: `<${id}@${email.split('@')[1] ?? 'mail'}>`,
          recipient: `support@${subdomain}.zendesk.com`,
          brand_id: brandId(),
          created_at: at,
          updated_at: at,
        },
        by,
      );
    },
    recover: (id, by, requesterId) => {
      const held = records.find(id);
      if (held === undefined) return refuse({ kind: 'not_found' });
      const { name, email } = held.author;
      const who = requesterId === undefined ? { requester: { name, email } } : { requester_id: requesterId };
      const made = tickets.create({ subject: held.subject, comment: { body: held.content }, ...who }, by);
      if (made.ok) records.remove(id, by);
      return made.ok ? ok(made.value) : made;
    },
    delete: records.remove,
    find: records.find,
    list: records.list,
  };
}
