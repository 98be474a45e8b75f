// Builds the dashboard's routes around a fake Zendesk, for tests.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadPolicy } from '@deskwright/shared';
import express, { type Express } from 'express';
import { aTicketRow } from '../../../testing/builders.ts';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import type { TestDatabase } from '../../../testing/test-database.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { type Directory, saveGroups } from '../../directory/directory.ts';
import { saveFiguresState } from '../../history/measures/figures-state.ts';
import { createLive, type Live, listenForChanges } from '../../platform/live/live.ts';
import { createMetrics } from '../../platform/metrics/create-metrics.ts';
import { openDatabase } from '../../platform/storage/database.ts';
import { createFindAgent } from '../../sidebar/identity/create-find-agent.ts';
import { createSessions } from '../../sidebar/identity/create-sessions.ts';
import { ACCOUNT } from '../../sidebar/identity/testing/an-agent.ts';
import { BUILD } from '../../sidebar/page/testing/sidebar-app.ts';
import type { TicketRow } from '../../tickets/projection/ticket-row.ts';
import { tickets } from '../../tickets/tables.ts';
import { createFakeZendesk, type FakeZendesk } from '../../zendesk/create-fake-zendesk.ts';
import type { ZendeskAgent } from '../../zendesk/zendesk.ts';
import { type DashboardDeps, dashboardFeature } from '../index.ts';

const GROUPS = new Map([
  ['Support Tier 1', 11],
  ['Support Tier 2', 12],
  ['Warehouse', 19],
]);

/** Who there is: an admin, the lead of each tier, an agent of each tier, one who may only read, one who sees only their own tickets. */
export const WHO = { admin: 21, lead: 22, otherLead: 23, agent: 24, otherAgent: 25, light: 26, own: 27 } as const;
export type Who = keyof typeof WHO;

const POLICY = `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers:
  - { id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2, leads: [Lead@northwind.test] }
  - { id: t2, name: Tier 2, group: Support Tier 2, leads: [otherLead@northwind.test] }
categories:
  - { id: refunds, name: Refund, tier: t1 }
  - { id: bug, name: Bug, tier: t2 }
  - { id: other, name: Other, tier: t1 }
default_category: other
departments:
  - { id: warehouse, name: Warehouse, group: Warehouse }
targets:
  - { tier: t2, first_reply: 30d, next_reply: 30d }
  - { first_reply: 4h, next_reply: 8h }
goals:
  - { id: fast, name: Fast, figure: first_reply_time, target: 1h, owner: ana@northwind.test }
`;

const RIGHTS: Readonly<Partial<Record<Who, Partial<ZendeskAgent>>>> = {
  lead: { group_ids: [11] },
  otherLead: { group_ids: [12] },
  agent: { group_ids: [11] },
  otherAgent: { group_ids: [12] },
  light: {
    custom_role_id: 5,
    ticket_access: 'all',
    role_rights: { edit_tickets: false, edit_tags: false, assign_to_any_group: false },
  },
  own: { ticket_restriction: 'assigned', group_ids: [11] },
};

export interface DashboardApp {
  app: Express;
  zendesk: FakeZendesk;
  live: Live;
  /** `Bearer …` of an agent. */
  bearer: (who: Who) => Promise<string>;
  /** Changes a user in Zendesk, for the next read. */
  change: (who: Who, rights: Partial<ZendeskAgent>) => void;
  givenTicket: (part?: Partial<TicketRow>) => Promise<void>;
  /** Moves the service's clock. */
  wait: (ms: number) => void;
  now: () => number;
  /** The app on a port, for requests that supertest cannot make. */
  listen: () => Promise<string>;
  stopServing: () => void;
  close: () => Promise<void>;
}

/** Tests have no hanging Zendesk, and a busy machine may answer late. Milliseconds. */
const LONG_MS = 120_000;

/** On a database that the test file shares: each test has its own app, Zendesk and limits. */
export async function aDashboardApp(
  database: TestDatabase,
  parts: Partial<Pick<DashboardDeps, 'limits' | 'times'>> & { policy?: string } = {},
): Promise<DashboardApp> {
  const zendesk = createFakeZendesk(Date.now);
  for (const [name, id] of Object.entries(WHO)) {
    const role = name === 'admin' ? 'admin' : 'agent';
    zendesk.account.users.push({ id, name, email: `${name}@northwind.test`, role, suspended: false, locale: 'en-US' });
    zendesk.account.agentRights.set(id, RIGHTS[name as Who] ?? {});
  }
  await saveGroups(database.db, GROUPS);
  await saveFiguresState(database.db, {
    timeZone: 'America/New_York',
    digest: '',
    knownSince: new Date().toISOString(),
    rebuild: null,
  });
  let ahead = 0;
  const clock = () => Date.now() + ahead;
  const sessions = createSessions({ readSecret: async () => Buffer.alloc(32, 1), accountUrl: ACCOUNT, clock });
  const live = createLive();
  const stopping = new AbortController();
  const loaded = loadPolicy(parts.policy ?? POLICY, 'policy.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const policy = { ...loaded, compiled: compilePolicy(loaded.policy), guidance: new Map() };
  const findAgent = createFindAgent({
    db: database.db,
    zendesk,
    clock,
    logger: silentLogger,
    maxWaitMs: LONG_MS,
    briefWaitMs: LONG_MS,
  });
  const directory = { groupId: (name: string) => GROUPS.get(name) ?? null } as Directory;
  const feature = dashboardFeature({
    config: { publicUrl: 'https://desk.test/support/' },
    isWeb: true,
    db: database.db,
    reading: database.db,
    live,
    pages: {
      sessions,
      findAgent,
      clock,
      accountUrl: ACCOUNT,
      sdkUrl: 'https://static.zdassets.com/sdk.js',
      build: () => BUILD,
      appKey: { current: async () => ({ kind: 'unavailable' }), renewed: async () => null },
      logger: silentLogger,
    },
    directory: { current: () => directory },
    policy: { current: () => policy },
    metrics: createMetrics({ db: database.db, logger: silentLogger as never }),
    clock,
    logger: silentLogger as never,
    signal: stopping.signal,
    limits: { heartbeatMs: 30, perViewer: 10_000, refusedPerIp: 10_000, ...parts.limits },
    times: parts.times ?? { everyMs: 20, unchangedMs: 600_000, againMs: 20 },
  });
  const app = express();
  for (const route of feature.routes?.() ?? []) if ('router' in route) app.use(route.path, route.router);
  const own = openDatabase(database.url, { max: 1 });
  const hears = new AbortController();
  const heard = listenForChanges({ db: own, live, logger: silentLogger, signal: hears.signal, againMs: 10 });
  const server = createServer(app);
  return {
    app,
    zendesk,
    live,
    bearer: async (who) => {
      const agent = { id: WHO[who], name: who, locale: 'en-US' } as Parameters<typeof sessions.open>[0];
      return `Bearer ${(await sessions.open(agent)).accessToken}`;
    },
    change: (who, { role, suspended, ...rights }) => {
      const user = zendesk.account.users.find(({ id }) => id === WHO[who]);
      Object.assign(user ?? {}, { ...(role && { role }), ...(suspended !== undefined && { suspended }) });
      zendesk.account.agentRights.set(WHO[who], rights);
      // Older than the permissions that may be used while newer ones are read.
      ahead += 110_000;
    },
    givenTicket: async (part = {}) => {
      const row = aTicketRow({ groupId: 11, tier: 't1', category: 'refunds', assigneeId: null, ...part });
      await database.db.insert(tickets).values(row).onConflictDoUpdate({ target: tickets.id, set: row });
    },
    wait: (ms) => {
      ahead += ms;
    },
    now: clock,
    listen: async () => {
      if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    stopServing: () => stopping.abort(),
    close: async () => {
      stopping.abort();
      hears.abort();
      await heard;
      await own.$client.end();
      live.stop();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
  };
}
