// Builds the sidebar's API routes, for tests.

import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TicketCard } from '@deskwright/shared/contract';
import express, { type Express } from 'express';
import { aTicketRow } from '../../../../testing/builders.ts';
import { silentLogger } from '../../../../testing/pipeline-deps.ts';
import type { TestDatabase } from '../../../../testing/test-database.ts';
import { SERVER_TIMES } from '../../../platform/http/listen.ts';
import { createLive, type Live } from '../../../platform/live/live.ts';
import type { TicketRow } from '../../../tickets/projection/ticket-row.ts';
import { tickets } from '../../../tickets/tables.ts';
import { createFakeZendesk, type FakeZendesk } from '../../../zendesk/create-fake-zendesk.ts';
import type { ZendeskAgent } from '../../../zendesk/zendesk.ts';
import { DONE } from '../../actions/action.ts';
import { allActions } from '../../actions/perform-action.ts';
import { createFindAgent } from '../../identity/create-find-agent.ts';
import { createSessions, type Sessions } from '../../identity/create-sessions.ts';
import { ACCOUNT } from '../../identity/testing/an-agent.ts';
import type { ApiDeps } from '../api-deps.ts';
import { createApiRouter } from '../create-api-router.ts';

export const LENA = 7;
/** Tests with a hanging Zendesk set their own limit; in the others a busy machine may answer late. Milliseconds. */
const LONG_MS = 120_000;

export interface ApiApp {
  zendesk: FakeZendesk;
  sessions: Sessions;
  live: Live;
  app: Express;
  /** Calls of actions and of the outbox, oldest first. */
  heard: { what: string; with?: unknown }[];
  /** Changes Lena's user in Zendesk, for the next read. */
  lenaIs: (rights: Partial<ZendeskAgent>) => void;
  givenTicket: (part?: Partial<TicketRow>) => Promise<void>;
  /** `Bearer …` of an agent. */
  bearer: (agentId?: number) => Promise<string>;
  wait: (ms: number) => void;
  /** The app on a port, for requests that supertest cannot make. */
  listen: () => Promise<string>;
  stopServing: () => void;
  close: () => Promise<void>;
}

/** On a database that the test file shares: each test has its own app, Zendesk and limits. */
export function anApiApp(database: TestDatabase, parts: Partial<ApiDeps> = {}): ApiApp {
  const zendesk = createFakeZendesk(Date.now);
  zendesk.account.users.push({
    id: LENA,
    name: 'Lena',
    email: 'lena@northwind.test',
    role: 'agent',
    suspended: false,
    locale: 'de',
  });
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  const sessions = createSessions({ readSecret: async () => Buffer.alloc(32, 1), accountUrl: ACCOUNT, clock });
  const live = createLive({ gatherMs: 10 });
  const heard: ApiApp['heard'] = [];
  const stopping = new AbortController();
  const app = express();
  app.use(
    '/api',
    createApiRouter({
      db: database.db,
      zendesk,
      sessions,
      findAgent: createFindAgent({
        db: database.db,
        zendesk,
        clock,
        logger: silentLogger,
        maxWaitMs: LONG_MS,
        briefWaitMs: LONG_MS,
      }),
      readCard: async ({ ticketId }) => ({ ticket: { id: ticketId } }) as TicketCard,
      addTicket: async (ticket) => void heard.push({ what: 'learn', with: ticket.id }),
      actions: allActions(),
      performAction: async ({ name }, on, input) => {
        heard.push({ what: name, with: { ...on, ...input } });
        return DONE;
      },
      checkReply: (text) => ({ promises: [text], avoid: [] }),
      newTicketGuidance: () => ({ toneOfVoice: 'Warm and brief', categories: [] }),
      onAct: () => heard.push({ what: 'effects' }),
      live,
      clock,
      logger: silentLogger,
      stopping: stopping.signal,
      ...parts,
      limits: { maxWaitMs: LONG_MS, ...parts.limits },
    }),
  );
  const server = createServer(app);
  return {
    zendesk,
    sessions,
    live,
    app,
    heard,
    lenaIs: ({ role, suspended, ...rights }) => {
      const user = zendesk.account.users.find(({ id }) => id === LENA);
      Object.assign(user ?? {}, { ...(role && { role }), ...(suspended !== undefined && { suspended }) });
      zendesk.account.agentRights.set(LENA, rights);
      // Older than the permissions that may be used while newer ones are read.
      ahead += 110_000;
    },
    givenTicket: async (part = {}) => {
      const row = aTicketRow({ groupId: 11, assigneeId: null, organizationId: 5, ...part });
      await database.db.insert(tickets).values(row).onConflictDoUpdate({ target: tickets.id, set: row });
    },
    bearer: async (agentId = LENA) => {
      const user = zendesk.account.users.find(({ id }) => id === agentId);
      const agent = { id: agentId, name: user?.name ?? '', locale: 'de' } as Parameters<Sessions['open']>[0];
      return `Bearer ${(await sessions.open(agent)).accessToken}`;
    },
    wait: (ms) => {
      ahead += ms;
    },
    listen: async () => {
      server.keepAliveTimeout = SERVER_TIMES.keepAliveMs;
      if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    stopServing: () => stopping.abort(),
    close: async () => {
      live.stop();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
