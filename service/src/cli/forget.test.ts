import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asc, eq } from 'drizzle-orm';
import { aTicketRow } from '../../testing/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { erasedPeople, people } from '../directory/tables.ts';
import { cacheFolder, fetchPastTickets, openCache } from '../past-tickets/index.ts';
import { outbox } from '../platform/outbox/tables.ts';
import { tickets } from '../tickets/tables.ts';
import { createFakeZendesk } from '../zendesk/create-fake-zendesk.ts';
import { aZendeskTicket } from '../zendesk/testing/a-zendesk-ticket.ts';
import { type ErasureTarget, parseErasureTarget, runForget, runListReceipts } from './forget.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

async function forget(whom: ErasureTarget, part: { dryRun?: boolean; json?: boolean; dataDir?: string } = {}) {
  const lines: string[] = [];
  const code = await runForget({
    db: database.db,
    whom,
    dryRun: false,
    json: false,
    ...part,
    out: (line) => lines.push(line),
  });
  return { code, text: lines.join('\n') };
}

async function given(): Promise<void> {
  await database.db.insert(tickets).values(aTicketRow({ id: 42, requesterId: 900 }));
  const fetchedAt = new Date();
  await database.db.insert(people).values([
    { id: 900, name: 'Robin', email: 'robin@x.test', role: 'end-user', fetchedAt },
    { id: 2, name: 'Lena', email: 'lena@northwind.test', role: 'agent', fetchedAt },
  ]);
}
const subject = async () => (await database.db.select().from(tickets))[0]?.subject;

test.each([
  ['42', { kind: 'ticket', id: 42 }],
  ['#42', { kind: 'ticket', id: 42 }],
  ['ticket:42', { kind: 'ticket', id: 42 }],
  ['user:7', { kind: 'user', id: 7 }],
  [' robin@x.test ', { kind: 'email', address: 'robin@x.test' }],
])('parses %j as %j', (text, whom) => {
  expect(parseErasureTarget(text)).toEqual(whom);
});

test.each(['', '0', '-1', 'user:x', 'robin', '@', 'a b@c', '42x'])('refuses %j with what is accepted', (text) => {
  expect(() => parseErasureTarget(text)).toThrow(/Write 42 or ticket:42, user:7, or name@example.com/);
});

test('erases a ticket once', async () => {
  await given();
  const first = await forget({ kind: 'ticket', id: 42 });
  expect(first.code).toBe(0);
  expect(first.text).toContain('tickets: 1');
  expect(await subject()).toBe('');
  expect((await forget({ kind: 'ticket', id: 42 })).code).toBe(1);
});

test('a dry run reports the same and changes nothing', async () => {
  await given();
  const { code, text } = await forget({ kind: 'user', id: 900 }, { dryRun: true, json: true });
  expect(code).toBe(0);
  expect(JSON.parse(text)).toMatchObject({
    kind: 'user',
    id: 900,
    dryRun: true,
    found: true,
    removed: { tickets: 1, people: 1 },
  });
  expect(await subject()).toBe('Tent leaks');
  expect(await database.db.select().from(people)).toHaveLength(2);
});

test('a customer is erased by address; unknown addresses and agents are refused', async () => {
  await given();
  expect((await forget({ kind: 'email', address: 'ROBIN@x.test' })).code).toBe(0);
  expect(await subject()).toBe('');
  expect(await forget({ kind: 'email', address: 'nobody@x.test' })).toMatchObject({
    code: 1,
    text: expect.stringMatching(/No data of nobody@x.test[^]*deskwright forget user:NUMBER/),
  });
  await expect(forget({ kind: 'user', id: 2 })).rejects.toThrow('user 2 is an agent');
});

test('an unknown ticket is ignored from then on, which the output says, also in a dry run', async () => {
  const tried = await forget({ kind: 'ticket', id: 43 }, { dryRun: true });
  expect(tried).toMatchObject({
    code: 1,
    text: expect.stringMatching(/Without --dry-run, permanently: .*unknown so far/),
  });
  expect(await database.db.select().from(tickets)).toEqual([]);

  const done = await forget({ kind: 'ticket', id: 43 });
  expect(done).toMatchObject({
    code: 1,
    text: expect.stringMatching(/From now on, permanently: .*ignores the ticket/),
  });
  expect(await database.db.select({ id: tickets.id }).from(tickets)).toEqual([{ id: 43 }]);
  expect(JSON.parse((await forget({ kind: 'ticket', id: 43 }, { json: true })).text)).toMatchObject({
    found: false,
    fromNowOn: expect.stringContaining('keeps the number'),
  });
});

test('keeps only the id of a user, and a dry run stores nothing', async () => {
  await given();
  await forget({ kind: 'user', id: 900 }, { dryRun: true });
  expect(await database.db.select().from(erasedPeople)).toEqual([]);

  const { text } = await forget({ kind: 'email', address: 'robin@x.test' });

  expect(text).toContain('tickets: 1');
  expect(await database.db.select({ id: erasedPeople.userId }).from(erasedPeople)).toEqual([{ id: 900 }]);
  expect((await forget({ kind: 'user', id: 900 })).text).toContain('not imported again');
});

describe('a receipt', () => {
  const receipts = async () => {
    const lines: string[] = [];
    await runListReceipts({ db: database.db, json: true, out: (line) => lines.push(line) });
    return JSON.parse(lines.join('')) as { receipts: { id: number; who: string; what: string; removed: object }[] };
  };

  test('says what was removed, when and by whom, and names nobody', async () => {
    await given();
    const { text } = await forget({ kind: 'email', address: 'robin@x.test' });
    expect(text).toMatch(/Receipt \d+: .*, by \S+@\S+\./);
    const listed = await receipts();
    expect(listed.receipts).toMatchObject([{ what: 'customer', removed: { tickets: 1, people: 1 } }]);
    expect(JSON.stringify(listed).toLowerCase()).not.toMatch(/robin|900/);
  });

  test('is left by no dry run, and by no erasure that removed nothing', async () => {
    await given();
    await forget({ kind: 'user', id: 900 }, { dryRun: true });
    await forget({ kind: 'user', id: 77 });
    expect(await receipts()).toEqual({ receipts: [] });
  });

  test('is part of the data', async () => {
    await given();
    const { text } = await forget({ kind: 'ticket', id: 42 }, { json: true });
    expect(JSON.parse(text)).toMatchObject({ receipt: { what: 'ticket', removed: { tickets: 1 } } });
  });
});

test('messages that wait and name the customer are cancelled, others are sent', async () => {
  await given();
  await database.db.update(people).set({ name: 'Robin "Rob" Meyer' });
  const payload = (text: string) => ({ channel: 'default', summary: [text], lines: [] });
  await database.db.insert(outbox).values([
    { kind: 'slack_message', key: 'a', payload: payload('ROBIN "Rob" Meyer has waited for a day') },
    { kind: 'slack_message', key: 'b', payload: payload('Write to robin@x.test') },
    { kind: 'slack_message', key: 'c', payload: payload('Robin waits'), state: 'waiting' },
    { kind: 'report_mail', key: 'd', payload: payload('robin@x.test'), state: 'done' },
  ]);
  await database.db.delete(people).where(eq(people.id, 2));
  expect((await forget({ kind: 'user', id: 900 })).text).toContain('messages that named them: 3');
  const rows = await database.db.select().from(outbox).orderBy(asc(outbox.key));
  expect(rows.map(({ key, state }) => `${key} ${state}`)).toEqual([
    'a cancelled',
    'b cancelled',
    'c waiting',
    'd done',
  ]);
  expect(JSON.stringify(rows.filter(({ key }) => key !== 'c'))).not.toMatch(/robin/i);
});

test.each<[string, ErasureTarget]>([
  ['a ticket', { kind: 'ticket', id: 42 }],
  ['a customer', { kind: 'user', id: 900 }],
  ['an address', { kind: 'email', address: 'Robin@x.test' }],
])('erases %s from the past tickets cached on this machine', async (_, whom) => {
  await given();
  const dataDir = await mkdtemp(join(tmpdir(), 'deskwright-forget-'));
  try {
    const folder = cacheFolder(dataDir, 'https://acme.zendesk.com');
    const zendesk = createFakeZendesk(Date.now);
    zendesk.account.tickets.set(42, aZendeskTicket({ id: 42, requester_id: 900 }));
    await fetchPastTickets({
      folder,
      zendesk,
      clock: Date.now,
      keepMs: Date.now(),
      asks: new Set(),
      signal: new AbortController().signal,
    });
    const left = async () => {
      let text = '';
      for await (const chunk of (await openCache(folder, { oldest: 0 }))?.chunks ?? [])
        if (chunk.kind === 'lines') text += chunk.text;
      return text;
    };
    expect(await left()).toContain('"id":42');
    expect((await forget(whom, { dataDir, dryRun: true })).text).toContain('past tickets cached on this machine: 1');
    expect(await left()).toContain('"id":42');
    expect((await forget(whom, { dataDir })).text).toContain('past tickets cached on this machine: 1');
    expect(await left()).toBe('');
  } finally {
    await rm(dataDir, { recursive: true });
  }
});
