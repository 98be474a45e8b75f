import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { outbox } from '../platform/outbox/tables.ts';
import { invitations, responses } from '../surveys/tables.ts';
import { inbox } from '../tickets/tables.ts';
import { type FailedOptions, runFailed } from './failed.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

async function run(options: Partial<Omit<FailedOptions, 'db' | 'out'>> = {}) {
  const lines: string[] = [];
  const code = await runFailed({
    db: database.db,
    json: false,
    retry: false,
    ids: [],
    out: (line) => lines.push(line),
    ...options,
  });
  return { code, text: lines.join('\n') };
}

async function oneOfEach(): Promise<void> {
  await database.db.insert(inbox).values({
    batch: 1,
    type: 'zen:event-type:ticket.created',
    ticketId: 41,
    body: {},
    state: 'parked',
    error: 'no tier',
  });
  await database.db.insert(outbox).values({
    kind: 'ticket_change',
    key: 'decision:1',
    ticketId: 42,
    payload: { cause: 'decision', change: {} },
    state: 'parked',
    attempts: 1,
    lastError: 'PUT /api/v2/tickets/42.json answered 422 RecordInvalid (status: closed prevents ticket update)',
  });
  await database.db.insert(invitations).values({
    ticketId: 43,
    solvedAt: new Date(),
    survey: 'csat',
    category: 'other',
    requesterId: 7,
    state: 'parked',
    reason: 'mail_undeliverable',
    dueAt: new Date(),
  });
  const at = new Date();
  const asked = {
    ticketId: 44,
    survey: 'csat',
    category: 'other',
    requesterId: 8,
    state: 'answered',
    dueAt: at,
  } as const;
  const [{ id } = { id: 0 }] = await database.db.insert(invitations).values(asked).returning();
  const failed = { failures: 5, failure: 'DatabaseError: odd' };
  await database.db.insert(responses).values({ invitationId: id, score: 4, answeredAt: at, changedAt: at, ...failed });
}

test('exits with 0 when nothing has failed', async () => {
  expect(await run()).toEqual({ code: 0, text: 'Nothing has failed.' });
});

test('lists everything dead-lettered with its reason and what to do', async () => {
  await oneOfEach();
  const { code, text } = await run();
  expect(code).toBe(1);
  expect(text).toMatch(/event:1 {2}ticket 41 .*\n {2}no tier\n {2}Fix the cause/);
  expect(text).toMatch(
    /effect:1 {2}ticket 42 .*\n {2}An update of a ticket in Zendesk: PUT .*closed prevents.*\n {2}A closed ticket accepts no changes/,
  );
  expect(text).toMatch(/survey:1 {2}ticket 43 [\s\S]*SMTP_URL is correct/);
  expect(text).toContain('4 failed.');
});

test('lists and retries an effect of any kind as its own description says', async () => {
  const card = { kind: 'postcard', payload: {}, state: 'parked', lastError: 'no such street' } as const;
  await database.db.insert(outbox).values({ ...card, key: 'card:1' });
  const effects = [
    {
      name: 'postcard',
      description: 'A postcard',
      advise: () => 'Look whether the address is right.',
      whenInDoubt: 'dead_letter',
    },
  ] as const;
  expect((await run({ effects })).text).toMatch(/A postcard: no such street\n {2}Look whether the address is right\./);
  expect((await run()).text).toContain('An effect of the kind postcard: no such street');

  await run({ effects, retry: true });
  expect(await database.db.select().from(outbox)).toMatchObject([{ state: 'waiting' }]);
});

test('prints data as JSON', async () => {
  await oneOfEach();
  const { failed } = JSON.parse((await run({ json: true })).text) as { failed: { id: string; ticketId: number }[] };
  expect(failed.map((item) => [item.id, item.ticketId])).toEqual([
    ['event:1', 41],
    ['effect:1', 42],
    ['survey:1', 43],
    ['answer:2', 44],
  ]);
});

test('retries everything, ticket changes only after checking whether they were written', async () => {
  await oneOfEach();
  const { code, text } = await run({ retry: true });
  expect({ code, text }).toMatchObject({ code: 0, text: expect.stringContaining('1 events, 1 effects, 1 surveys') });
  expect(await database.db.select().from(inbox)).toMatchObject([{ state: 'waiting' }]);
  expect(await database.db.select().from(outbox)).toMatchObject([{ state: 'in_flight', attempts: 0, lastError: null }]);
  expect(await database.db.select().from(invitations).orderBy(invitations.id)).toMatchObject([
    { state: 'scheduled' },
    { state: 'answered' },
  ]);
  expect(await database.db.select().from(responses)).toMatchObject([{ failures: 1 }]);
  expect((await run()).code).toBe(0);
});

test('what is sent at most once and may have been sent is retried only by its id, or when asked for', async () => {
  const { db } = database;
  await oneOfEach();
  await db.update(invitations).set({ reason: 'mail_in_doubt' });
  const mail = { kind: 'thank_you_mail', payload: { invitationId: 1 }, state: 'parked' } as const;
  await db.insert(outbox).values([
    { ...mail, key: 'thank-you:1', lastError: 'it may have been performed: the connection ended' },
    { ...mail, key: 'thank-you:2', lastError: 'the mail server refused the message' },
  ]);
  const { code, text } = await run({ retry: true });
  expect({ code, text }).toEqual({ code: 1, text: expect.stringContaining('1 events, 2 effects, 0 surveys') });
  expect(text).toMatch(/2 may have been sent already .*: effect:2, survey:1\. .*--in-doubt/);
  const left = JSON.parse((await run({ retry: true, json: true })).text) as object;
  expect(left).toMatchObject({ retried: { effects: 0, surveys: 0 }, left: ['effect:2', 'survey:1'] });
  expect(await run({ retry: true, ids: ['effect:2'] })).toMatchObject({ code: 0 });
  expect(await run({ retry: true, inDoubt: true })).toMatchObject({
    code: 0,
    text: expect.stringContaining('1 surveys'),
  });
});

test('retries only the given ids, also in the form of former versions', async () => {
  await oneOfEach();
  await run({ retry: true, ids: ['change:1'] });
  expect(await database.db.select().from(inbox)).toMatchObject([{ state: 'parked' }]);
  expect(await database.db.select().from(invitations).orderBy(invitations.id)).toMatchObject([
    { state: 'parked' },
    { state: 'answered' },
  ]);
  expect(await database.db.select().from(outbox)).toMatchObject([{ state: 'in_flight' }]);
});

test('reports an id that has not failed, and refuses an invalid id with an example', async () => {
  await oneOfEach();
  expect(await run({ retry: true, ids: ['event:1', 'effect:99'] })).toMatchObject({
    code: 1,
    text: expect.stringContaining('1 of the given ids have not failed'),
  });
  await expect(run({ ids: ['12'] })).rejects.toThrow('event:12, effect:12, survey:12');
});
