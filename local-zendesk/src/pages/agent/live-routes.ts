// Streams what others do on an open ticket.
import { type Response, Router } from 'express';
import type { User } from '../../account/types.ts';
import { findTicket } from './seen-by-agent.ts';
import type { WorkspaceDeps } from './send-workspace.ts';
import { agentOf } from './session.ts';
import { zafUser } from './zaf-shapes.ts';

/**
 * `GET /agent/tickets/:id/live`: server-sent events `viewers` (`{users}`, everybody who has it open) and `updated`
 * (`{by}`, null for the system). An open stream is what counts as having the ticket open.
 */
export function liveRoutes({ account, presence }: WorkspaceDeps): Router {
  const router = Router();
  const users = (ids: readonly number[]) =>
    ids.flatMap((id) => {
      const user = account.users.find(id);
      return user === undefined ? [] : [zafUser(account, user)];
    });

  router.get('/agent/tickets/:id/live', (request, response) => {
    const agent = agentOf(account, request);
    const ticketId = Number(request.params.id);
    if (agent === undefined || findTicket(account, agent, ticketId) === undefined) {
      // 204 tells an EventSource not to reconnect.
      response.status(204).end();
      return;
    }
    response.set({ 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    const stop = [
      presence.onChange((id) => {
        if (id === ticketId) send(response, 'viewers', { users: users(presence.viewers(ticketId)) });
      }),
      account.onTicketChange((change) => {
        if (change.after.id === ticketId) send(response, 'updated', { by: updater(change.actorId) });
      }),
      presence.enter(ticketId, agent.id),
    ];
    response.on('close', () => {
      for (const end of stop) end();
    });
  });

  function updater(id: number) {
    const user: User | undefined = account.users.find(id);
    return user === undefined ? null : zafUser(account, user);
  }
  return router;
}

function send(response: Response, event: string, data: unknown) {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
