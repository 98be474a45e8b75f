// Follows the service's live events for one ticket.
import type { LiveEvent } from '@deskwright/shared/contract';
import { EventSource } from 'eventsource';
import { backoff } from './backoff.ts';

export interface FollowDeps {
  /** With the agent's token. */
  readonly fetch: (url: string | URL, init: RequestInit) => Promise<Response>;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

export interface FollowHandlers {
  /** The card may have changed. */
  changed(): void;
  /** Other agents have the ticket open than before. @param names all of them, without the agent who sees the page */
  viewers(names: readonly string[]): void;
  /** The stream is connected. */
  opened(): void;
  /** The stream broke off; it reconnects by itself. */
  lost(): void;
}

/**
 * Follows the events until the returned function is called. Each ticket takes one connection, and browsers allow six per origin
 * over HTTP/1.1: follow only tickets that an agent is looking at.
 */
export function followTicket(deps: FollowDeps, ticketId: number, handlers: FollowHandlers): () => void {
  let stream: EventSource | null = null;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const open = (): void => {
    const opened = new EventSource(new URL(`/api/live?ticket=${ticketId}`, document.baseURI), {
      fetch: (url, init) => deps.fetch(url, init),
    });
    stream = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      handlers.opened();
    });
    opened.addEventListener('ticket', () => handlers.changed());
    opened.addEventListener('policy', () => handlers.changed());
    opened.addEventListener('viewers', ({ data }: MessageEvent<string>) =>
      handlers.viewers((JSON.parse(data) as Extract<LiveEvent, { event: 'viewers' }>).names),
    );
    // EventSource itself does not retry after an error status. Reconnecting here covers that case and lost connections alike.
    opened.addEventListener('error', () => {
      opened.close();
      reconnect = setTimeout(open, backoff(failures, deps.random));
      failures += 1;
      handlers.lost();
    });
  };

  open();
  return () => {
    clearTimeout(reconnect);
    stream?.close();
  };
}
