// Follows what others do on the open ticket.
import type { ZafUser } from '../page-data.d.ts';

export interface WatchDeps {
  ticketId: number;
  /** Who changed it; null is the system. */
  updated: (by: ZafUser | null) => Promise<void>;
  viewers: (users: readonly ZafUser[]) => void;
}

/**
 * Listens to the server's stream. Browsers allow six connections to one server, so a hidden tab closes its own, and asks for
 * what it missed when it is visible again.
 */
export function watchTicket({ ticketId, updated, viewers }: WatchDeps): void {
  let stream: EventSource | null = null;
  const open = () => {
    stream = new EventSource(`/agent/tickets/${ticketId}/live`);
    stream.addEventListener('updated', ({ data }: MessageEvent<string>) => {
      void updated((JSON.parse(data) as { by: ZafUser | null }).by);
    });
    stream.addEventListener('viewers', ({ data }: MessageEvent<string>) => {
      viewers((JSON.parse(data) as { users: ZafUser[] }).users);
    });
  };
  open();
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (stream === null) {
      open();
      void updated(null);
    }
  });
}
