// When may the card of a ticket have changed?
import { EventSource } from 'eventsource';
import { backoff } from './backoff.ts';

export interface FollowDeps {
  /** With the agent's token. */
  readonly fetch: (url: string | URL, init: RequestInit) => Promise<Response>;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

export interface FollowHandlers {
  /** The card may have changed, or the stream was away and changes may have been missed. */
  changed(): void;
  /** The stream is up. */
  opened(): void;
  /** The stream broke off; it is opened again without being asked. */
  lost(): void;
}

/**
 * Follows the service's events for one ticket until the returned function is called. Keeps one connection, and browsers allow
 * six per origin over HTTP/1.1: follow only what an agent is looking at.
 */
export function followTicket(deps: FollowDeps, ticketId: number, handlers: FollowHandlers): () => void {
  let stream: EventSource | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;
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
    // A stream refused with a status is not tried again by EventSource itself; one rule for both is simpler to foresee.
    opened.addEventListener('error', () => {
      opened.close();
      again = setTimeout(open, backoff(failures, deps.random));
      failures += 1;
      handlers.lost();
    });
  };

  open();
  return () => {
    clearTimeout(again);
    stream?.close();
  };
}
