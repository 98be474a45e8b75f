import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aTicketRow } from '../../testing/builders.ts';
import { pipelineDeps } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { erasedPeople } from '../directory/tables.ts';
import { tickets } from '../tickets/index.ts';
import type { KeptTicket } from './cache/pages.ts';
import { readPage, writePage } from './cache/pages.ts';
import { cacheFolder, pastTicketsFeature } from './index.ts';

let database: TestDatabase;
let dataDir: string;
beforeAll(async () => {
  database = await createTestDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'deskwright-cache-'));
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true });
});

const NOW = new Date('2026-11-01T00:00:00Z');

const cachedTicket = (id: number, created_at = '2026-10-01T00:00:00Z') =>
  ({ id, requester_id: 900 + id, created_at }) as KeptTicket;

test('the running service removes what is too old, and what was erased elsewhere, though no command runs', async () => {
  const { db } = database;
  const folder = cacheFolder(dataDir, 'https://acme.zendesk.com');
  const kept = [1, 2, 3].map((id) => cachedTicket(id));
  await writePage(folder, 1, { cursor: 'a', readAt: '', tickets: [...kept, cachedTicket(4, '2026-01-01T00:00:00Z')] });
  const createdAt = new Date('2026-10-01T00:00:00Z');
  await db.insert(tickets).values([aTicketRow({ id: 1, createdAt, erasedAt: NOW }), aTicketRow({ id: 3, createdAt })]);
  await db.insert(erasedPeople).values({ userId: 902, erasedAt: NOW });

  const { policy } = pipelineDeps(db);
  const { retention = [] } = pastTicketsFeature({ db, policy, config: { dataDir } });
  for (const prune of retention) await prune(NOW, new AbortController().signal);

  expect((await readPage(folder, 1)).tickets.map(({ id }) => id)).toEqual([3]);
  // A command that fetches meanwhile, or later, does not bring them back.
  await writePage(folder, 2, { cursor: 'b', readAt: '', tickets: kept });
  expect((await readPage(folder, 2)).tickets.map(({ id }) => id)).toEqual([3]);
});
