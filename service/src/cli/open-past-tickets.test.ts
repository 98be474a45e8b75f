import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aTicketRow } from '../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { recordService } from '../app/service-record.ts';
import { compilePolicy } from '../decide/compile-policy.ts';
import { decide } from '../decide/decide.ts';
import { aPolicy } from '../decide/testing/builders.ts';
import { saveGroups } from '../directory/directory.ts';
import { people } from '../directory/tables.ts';
import { writePage } from '../past-tickets/cache/pages.ts';
import { cacheFolder, type PastTicket, ticketsOf } from '../past-tickets/index.ts';
import { categoryCorrections } from '../sidebar/index.ts';
import { tickets } from '../tickets/index.ts';
import { type NamedTickets, openPastTickets } from './open-past-tickets.ts';

const ACCOUNT = 'https://acme.zendesk.test';

let database: TestDatabase;
let dataDir: string;
let said: string[];
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'deskwright-past-'));
  said = [];
  await recordService(database.db, { zendesk: ACCOUNT });
});
afterEach(async () => {
  await database.clear();
  await rm(dataDir, { recursive: true });
});
afterAll(() => database.drop());

const policyOn = (field: string, value: string) =>
  aPolicy([
    { id: 'on', title: 'On', conditions: { all: [{ field, operator: 'is', value }] }, actions: { category: 'bug' } },
  ]);

async function open(named: Partial<NamedTickets> = {}, policy = policyOn('subject', 'x')) {
  const opened = await openPastTickets(
    {
      fetch: false,
      env: { DATABASE_URL: database.url, DESKWRIGHT_DATA_DIR: dataDir, ZENDESK_BASE_URL: ACCOUNT },
      err: (line) => said.push(line),
      progressTo: process.stderr,
      signal: new AbortController().signal,
      ...named,
    },
    [policy],
  );
  const read: PastTicket[] = [];
  try {
    for await (const chunk of opened.chunks)
      for (const ticket of ticketsOf(chunk)) if (!('problem' in ticket)) read.push(ticket);
  } finally {
    await opened.close?.();
  }
  return { ...opened, read };
}

const aWanted = (part: object) => ({ category: 'other', tier: 't1', priority: null, tags: [], groupId: null, ...part });

test('the history has tickets as they arrived, with what agents chose, and leaves out erased ones', async () => {
  const { db } = database;
  await db.insert(tickets).values([
    aTicketRow({
      id: 1,
      status: 'solved',
      priority: 'high',
      tags: ['vip', 'money', 'category__other', 'tier__t1'],
      wanted: aWanted({ priority: 'high', tags: ['money'] }),
      via: 'email',
      customFields: { 7: 'red' },
    }),
    aTicketRow({ id: 2, placedBy: 'human', category: 'bug', wanted: aWanted({}) }),
    aTicketRow({ id: 3, placedBy: 'human', category: 'other', wanted: aWanted({}) }),
    aTicketRow({ id: 4, erasedAt: new Date(0), subject: '', description: '' }),
    aTicketRow({ id: 5, gone: 'spam' }),
    aTicketRow({ id: 6, gone: 'merged', status: 'closed' }),
  ]);
  const correction = { agentId: 1, before: {} as never, toTier: 't1' };
  await db.insert(categoryCorrections).values([
    { ...correction, ticketId: 1, toCategory: 'bug', correctedAt: new Date(1) },
    { ...correction, ticketId: 1, toCategory: 'refund', correctedAt: new Date(2) },
    { ...correction, ticketId: 6, toCategory: 'bug', undoneAt: new Date(2) },
  ]);
  const { read, size, source } = await open({ from: 'history' });
  expect(size).toBe(4);
  expect(source).toContain("the service's history");
  expect(read.map(({ id, label }) => [id, label])).toEqual([
    [1, 'refund'],
    [2, 'bug'],
    [3, null],
    [6, null],
  ]);
  expect(read[0]?.facts).toMatchObject({
    status: 'new',
    priority: null,
    tags: ['vip'],
    via: 'email',
    customFields: { 7: 'red' },
  });
  expect(said).toEqual([expect.stringMatching(/^1 tickets are left out: their words were erased/)]);
});

test('the history names groups, agents and who asked, and says what it cannot name', async () => {
  const { db } = database;
  await saveGroups(db, new Map([['Support', 5]]));
  const person = { name: 'Robin Field', fetchedAt: new Date(), locale: 'de' };
  await db.insert(people).values([
    { ...person, id: 7, email: 'lena@acme.test', role: 'agent' },
    { ...person, id: 9, email: 'robin@customer.test', role: 'end-user' },
  ]);
  await db.insert(tickets).values(aTicketRow({ id: 1, status: 'open', groupId: 5, assigneeId: 7, requesterId: 9 }));
  for (const [field, value] of [
    ['group', 'Support'],
    ['assignee', 'lena@acme.test'],
    ['requester', 'Robin Field'],
    ['requester_email', 'robin@customer.test'],
    ['language', 'de'],
  ] as const) {
    const policy = policyOn(field, value);
    const { read, unknown } = await open({ from: 'history' }, policy);
    const [first] = read;
    expect(unknown).toEqual([]);
    expect(first && decide(first.facts, compilePolicy(policy)).category.value).toBe('bug');
  }
  expect((await open({ from: 'history' }, policyOn('brand', 'Acme'))).unknown).toEqual(['brand']);
});

test('without a file, what is cached of the account comes first, then the history', async () => {
  await database.db.insert(tickets).values(aTicketRow({ id: 1 }));
  expect((await open()).source).toContain("the service's history");
  const cachedTicket = { id: 8, requester_id: 9, subject: 'x', description: 'y', created_at: new Date().toISOString() };
  const folder = cacheFolder(dataDir, ACCOUNT);
  await writePage(folder, 1, { cursor: 'a', readAt: '', tickets: [cachedTicket as never] });
  expect((await open()).source).toBe('the account, as cached on this machine');
  expect((await open({ from: 'history' })).read.map(({ id }) => id)).toEqual([1]);
});

test('says what to do when there is nothing', async () => {
  const env = { DESKWRIGHT_DATA_DIR: dataDir, ZENDESK_BASE_URL: ACCOUNT };
  await expect(open({ env })).rejects.toThrow(/are cached yet.*--fetch.*--tickets/);
  await expect(open({ env: { DESKWRIGHT_DATA_DIR: dataDir } })).rejects.toThrow('No past tickets are named');
  await expect(open({ env, from: 'history' })).rejects.toThrow('There is no database');
  await expect(open({ from: 'history' })).rejects.toThrow('There are no past tickets with words');
  await expect(open({ from: 'history', fetch: true })).rejects.toThrow('--fetch');
});
