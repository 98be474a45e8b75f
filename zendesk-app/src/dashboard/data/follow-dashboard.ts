// Follows the service's live stream of the dashboard.
import type { Dashboard } from '@deskwright/shared/contract';
import { EventSource } from 'eventsource';
import { backoff } from '../../base/live/backoff.ts';
import type { FollowDeps } from '../../base/live/follow-ticket.ts';

export interface DashboardHandlers {
  changed(dashboard: Dashboard): void;
  /** The service cannot compute the numbers now; the stream stays open. */
  problem(): void;
  opened(): void;
  /** The stream broke off; it reconnects by itself. */
  lost(): void;
}

/** Follows until the returned function is called. @param search of the call: `?range=7d` */
export function followDashboard(deps: FollowDeps, search: string, handlers: DashboardHandlers): () => void {
  let stream: EventSource | null = null;
  let reconnect: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const open = (): void => {
    const opened = new EventSource(new URL(`/api/dashboard/live${search}`, document.baseURI), {
      fetch: (url, init) => deps.fetch(url, init),
    });
    stream = opened;
    opened.addEventListener('open', () => {
      failures = 0;
      handlers.opened();
    });
    opened.addEventListener('dashboard', ({ data }: MessageEvent<string>) =>
      handlers.changed(JSON.parse(data) as Dashboard),
    );
    opened.addEventListener('problem', () => handlers.problem());
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
