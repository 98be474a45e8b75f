// Lists the messaging channels and checks whether a channel is one.
import type { Core } from './core.ts';
import { invalid, ok, type Result, refuse } from './result.ts';
import type { Ticket } from './types.ts';

/** The channels used here; developer.zendesk.com/documentation/ticketing/reference-guides/via-types/ has them all. */
export const MESSAGING_CHANNELS = [
  'native_messaging',
  'whatsapp',
  'instagram_dm',
  'sunshine_conversations_facebook_messenger',
] as const;

export const isMessaging = (channel: string): boolean => MESSAGING_CHANNELS.some((one) => one === channel);

/** Source of the four types: developer.zendesk.com/api-reference/webhooks/event-types/messaging-events/ (`actor.type`). */
export interface MessageActor {
  id: string;
  name: string;
  type: 'end_user' | 'agent' | 'trigger' | 'system';
}

/** One message. It is in the conversation only, and no comment of the ticket. */
export interface Message {
  /** 24 hex digits that begin with the time. */
  id: string;
  conversation_id: string;
  ticket_id: number;
  actor: MessageActor;
  body: string;
  /** Epoch milliseconds on the account's clock. */
  at: number;
}

export interface Conversations {
  /** Refusals: `not_found`; `invalid` for a ticket that is no messaging ticket or is closed, and for a message without words. */
  say: (ticketId: number, actor: MessageActor, body: string) => Result<Message>;
  /** Of the ticket's conversation, oldest first. */
  messages: (ticketId: number) => readonly Message[];
}

interface ConversationDeps {
  core: Core;
  findTicket: (id: number) => Ticket | undefined;
  announce: (message: Message) => void;
}

/** One conversation for each messaging ticket. */
export function createConversations({ core, findTicket, announce }: ConversationDeps): Conversations {
  const said = new Map<number, Message[]>();

  function newId(at: number): string {
    const seconds = Math.floor(at / 1_000).toString(16);
    return seconds.padStart(8, '0') + Buffer.from(core.secret(8), 'base64url').toString('hex');
  }

  return {
    say(ticketId, actor, body) {
      const ticket = findTicket(ticketId);
      if (ticket === undefined) return refuse({ kind: 'not_found' });
      if (!isMessaging(ticket.via.channel)) return invalid('base', `Ticket ${ticketId} is no messaging ticket`);
      if (ticket.status === 'closed') return invalid('base', 'closed prevents messages');
      if (body.trim() === '') return invalid('message', 'Message: cannot be blank', 'BlankValue');
      const at = core.clock.now();
      const earlier = said.get(ticketId) ?? [];
      const conversation_id = earlier[0]?.conversation_id ?? newId(at);
      const message = Object.freeze({ id: newId(at), conversation_id, ticket_id: ticketId, actor, body, at });
      said.set(ticketId, [...earlier, message]);
      announce(message);
      return ok(message);
    },
    messages: (ticketId) => said.get(ticketId) ?? [],
  };
}
