// Who is told when a ticket has changed or a trigger asks for a webhook?
import type { TicketChange, WebhookAction } from './ticket-change.ts';
import type { Announcer } from './tickets/commit.ts';

export interface Announcements extends Announcer {
  onTicketChange: (listener: (change: TicketChange) => void) => () => void;
  onWebhookAction: (listener: (action: WebhookAction) => void) => () => void;
}

export function createAnnouncements(): Announcements {
  const changeListeners = new Set<(change: TicketChange) => void>();
  const actionListeners = new Set<(action: WebhookAction) => void>();
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
  };
}
