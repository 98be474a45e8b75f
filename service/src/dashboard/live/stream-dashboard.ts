// Streams the dashboard to an open page.
import type { ApiRefusal, Dashboard } from '@deskwright/shared/contract';
import type { Response } from 'express';
import { sendRefusal } from '../../sidebar/index.ts';
import type { Asked } from '../api/dashboard-query.ts';
import { REVOKED, type Rights, type Viewer } from '../api/viewer.ts';
import { type Overview, showOverview } from '../overview/overview.ts';
import { asEvent, openEventStream } from './event-stream.ts';
import type { Feeds } from './feeds.ts';

export interface StreamLimits {
  /** Open streams of an agent (one for each browser tab) or of a wall link. */
  readonly streamsPerViewer: number;
  /** Of this process. */
  readonly inAll: number;
  /** Between two signs of life, at which the viewer's right is checked, too. */
  readonly heartbeatMs: number;
  /** A page that has read nothing for this long is gone. */
  readonly deafAfterMs: number;
}

export const STREAM_LIMITS: StreamLimits = {
  streamsPerViewer: 20,
  inAll: 2_000,
  heartbeatMs: 15_000,
  deafAfterMs: 120_000,
};

interface StreamDeps {
  readonly feeds: Feeds<Overview>;
  /** What the viewer may see now; null: nothing any more. */
  readonly rightsNow: (viewer: Viewer) => Promise<Rights | null>;
  /** Milliseconds, of any beginning. */
  readonly stopwatch: () => number;
  /** Aborted when the service is stopping. */
  readonly stopping: AbortSignal;
  readonly limits: StreamLimits;
}

export interface Streams {
  follow(response: Response, asked: Asked, viewer: Viewer): void;
  /** Open streams. */
  count(): number;
}

const UNAVAILABLE: ApiRefusal = {
  error: 'unavailable',
  message: 'The figures cannot be read at the moment. They come back by themselves.',
};
const PROBLEM = asEvent('problem', UNAVAILABLE);
const ENDED = asEvent('problem', { error: 'token_invalid', message: REVOKED } satisfies ApiRefusal);

/** A stream ends with the viewer's right, at the next event or heartbeat, and when the service is stopping; the page then reconnects. */
export function createStreams(deps: StreamDeps): Streams {
  const { limits, stopwatch } = deps;
  const openOf = new Map<string, number>();
  const endings = new Set<() => void>();
  deps.stopping.addEventListener('abort', () => {
    for (const end of endings) end();
  });
  const shownBy = rememberShown();

  function follow(response: Response, asked: Asked, viewer: Viewer): void {
    const whose = viewer.kind === 'wall' ? `wall ${viewer.linkId}` : `agent ${viewer.agent.id}`;
    const open = openOf.get(whose) ?? 0;
    if (open >= limits.streamsPerViewer)
      return sendRefusal(response, 'too_many_requests', 'The dashboard is open too often. Close some tabs.');
    if (endings.size >= limits.inAll)
      return sendRefusal(response, 'unavailable', 'Too many dashboards are open. Try again in a moment.', 30);
    openOf.set(whose, open + 1);

    const stream = openEventStream(response, { deafAfterMs: limits.deafAfterMs, stopwatch });
    /** Of the feed; undefined: nothing yet. */
    let newest: Overview | null | undefined;
    let sent: string | null = null;
    let isChecking = false;
    const end = (): void => stream.end();

    /** The right is checked before each event; what came meanwhile is older than what is sent then. */
    async function send(): Promise<void> {
      if (isChecking) return;
      isChecking = true;
      const rights = await deps.rightsNow(viewer).finally(() => {
        isChecking = false;
      });
      if (rights === null) return stream.end(viewer.kind === 'wall' ? ENDED : undefined);
      if (newest === undefined) return;
      const { text, event } = newest === null ? { text: 'problem', event: PROBLEM } : shownBy(newest, rights);
      if (text === sent) return;
      sent = text;
      stream.send(event);
    }
    const failed = (): void => {
      // The right could not be checked: the database fails. The page is told, and stays connected.
      if (sent !== 'problem') stream.send(PROBLEM);
      sent = 'problem';
    };
    const leave = deps.feeds.follow(asked, {
      take: (result) => {
        newest = result;
        void send().catch(failed);
      },
    });
    const heartbeat = setInterval(() => {
      stream.beat();
      void send().catch(failed);
    }, limits.heartbeatMs);
    endings.add(end);
    response.on('close', () => {
      leave();
      clearInterval(heartbeat);
      endings.delete(end);
      const left = (openOf.get(whose) ?? 1) - 1;
      if (left > 0) openOf.set(whose, left);
      else openOf.delete(whose);
    });
    if (deps.stopping.aborted) end();
  }

  return { follow, count: () => endings.size };
}

interface Shown {
  /** What is compared: without the moment of the computation. */
  readonly text: string;
  readonly event: Buffer;
}

/** Written once for all who may see the same. */
function rememberShown(): (overview: Overview, rights: Rights) => Shown {
  const byOverview = new WeakMap<Overview, Map<string, Shown>>();
  return (overview, rights) => {
    const known = byOverview.get(overview) ?? new Map<string, Shown>();
    byOverview.set(overview, known);
    const shown = known.get(rights.key) ?? write(showOverview(overview, rights));
    known.set(rights.key, shown);
    return shown;
  };
}

const write = (dashboard: Dashboard): Shown => ({
  text: JSON.stringify({ ...dashboard, asOf: null, before: null }),
  event: asEvent('dashboard', dashboard),
});
