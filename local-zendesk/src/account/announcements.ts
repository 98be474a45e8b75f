// Notifies listeners when a ticket has changed or a trigger calls a webhook.
import type { Message } from './conversations.ts';
import type { TicketChange, WebhookAction } from './ticket-change.ts';
import type { Announcer } from './tickets/commit.ts';

export interface Announcements extends Announcer {
  messageAdded: (message: Message) => void;
  onTicketChange: (listener: (change: TicketChange) => void) => () => void;
  onWebhookAction: (listener: (action: WebhookAction) => void) => () => void;
  onMessage: (listener: (message: Message) => void) => () => void;
}

export function createAnnouncements(): Announcements {
  const changeListeners = new Set<(change: TicketChange) => void>();
  const actionListeners = new Set<(action: WebhookAction) => void>();
  const messageListeners = new Set<(message: Message) => void>();
  return {
    ticketChanged: (change) => {
      for (const listener of changeListeners) listener(change);
    },
    webhookAsked: (action) => {
      for (const listener of actionListeners) listener(action);
    },
    onTicketChange: (listener) => {
      changeListeners.add(listener);
      return () => changeListeners.delete(listener);
    },
    onWebhookAction: (listener) => {
      actionListeners.add(listener);
      return () => actionListeners.delete(listener);
    },
    messageAdded: (message) => {
      for (const listener of messageListeners) listener(message);
    },
    onMessage: (listener) => {
      messageListeners.add(listener);
      return () => messageListeners.delete(listener);
    },
  };
}
