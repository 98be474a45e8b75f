// Streams changes of a ticket to an open page (server-sent events).
import type { LiveEvent } from '@deskwright/shared/contract';
import type { RequestHandler, Response } from 'express';
import type { ApiDeps, ApiLimits } from './api-deps.ts';
import { type Caller, callerOf, findVisibleTicket, HIDDEN, liveShape, sendRefusal } from './require-agent.ts';
import type { Viewers } from './viewers.ts';

type StreamDeps = Pick<ApiDeps, 'db' | 'zendesk' | 'live' | 'findAgent' | 'clock' | 'stopping'>;

/** Milliseconds after which a browser that lost the stream reconnects. */
const RETRY_MS = 2_000;

/**
 * Server-sent events (HTML standard, 9.2) for one ticket. Ends at the first event or heartbeat after the access token has expired or
 * the agent may no longer see the ticket, and when the service is stopping; the page then reconnects.
 */
export function streamChanges(deps: StreamDeps, viewers: Viewers, limits: ApiLimits): RequestHandler {
  const open = new Map<number, number>();
  const endings = new Set<() => void>();
  deps.stopping.addEventListener('abort', () => {
    for (const end of endings) end();
  });

  function follow(response: Response, ticketId: number, caller: Caller): void {
    const agentId = caller.agent.id;
    open.set(agentId, (open.get(agentId) ?? 0) + 1);
    const end = (): void => void response.end();
    endings.add(end);

    /** An agent who may no longer see the ticket, or whose token has expired, is not even told that it changed. */
    const send = async (words: string): Promise<void> => {
      if (deps.clock() >= caller.expiresAt) return end();
      const may = await maySeeStill(deps, { ticketId, agentId }, limits.maxWaitMs);
      if (response.writableEnded) return;
      if (may) response.write(words);
      else end();
    };
    let sent = '[]';
    /** Also after a heartbeat, because nothing announces that a page is gone. */
    const sendViewers = async (): Promise<void> => {
      const names = await viewers.others({ ticketId, agent: caller.agent });
      if (JSON.stringify(names) === sent) return;
      sent = JSON.stringify(names);
      await send(asText({ event: 'viewers', names }));
    };
    const unsubscribe = deps.live.subscribe(
      ticketId,
      (event) => void (event.event === 'viewers' ? sendViewers() : send(asText(event))).catch(end),
    );
    const heartbeat = setInterval(() => void send(': still here\n\n').then(sendViewers).catch(end), limits.heartbeatMs);
    response.on('close', () => {
      unsubscribe();
      clearInterval(heartbeat);
      endings.delete(end);
      const left = (open.get(agentId) ?? 1) - 1;
      if (left > 0) open.set(agentId, left);
      else open.delete(agentId);
    });
    if (deps.stopping.aborted) end();
    else void viewers.seen({ ticketId, agent: caller.agent }).then(sendViewers).catch(end);
  }

  return async (request, response) => {
    const query = liveShape.safeParse(request.query);
    if (!query.success) return sendRefusal(response, 'bad_request', '"ticket" is not a ticket number.');
    const caller = callerOf(response);
    const { ticket: ticketId } = query.data;
    const seen = await findVisibleTicket(deps, { ticketId, agent: caller.agent }, limits.maxWaitMs);
    // A page closed meanwhile has already emitted "close": subscribing it now would never end.
    if (response.destroyed) return;
    if (seen.kind === 'hidden') return sendRefusal(response, 'forbidden', HIDDEN);
    if (seen.kind === 'not_there') return sendRefusal(response, 'not_found', 'There is no such ticket in Zendesk.');
    if ((open.get(caller.agent.id) ?? 0) >= limits.streamsPerAgent)
      return sendRefusal(response, 'too_many_requests', 'You have too many tickets open. Close some tabs.');
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Buffering proxies would delay events.
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${RETRY_MS}\n\n`);
    follow(response, ticketId, caller);
  };
}

async function maySeeStill(
  deps: StreamDeps,
  { ticketId, agentId }: { ticketId: number; agentId: number },
  maxWaitMs: number,
): Promise<boolean> {
  const found = await deps.findAgent(agentId);
  if (found.kind !== 'agent') return false;
  const seen = await findVisibleTicket(deps, { ticketId, agent: found.agent }, maxWaitMs);
  return seen.kind === 'seen' || seen.kind === 'seen_in_zendesk';
}

function asText(event: LiveEvent): string {
  return `event: ${event.event}\ndata: ${JSON.stringify(event)}\n\n`;
}
