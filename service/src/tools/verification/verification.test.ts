import { eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import { OMAR } from '../../sidebar/actions/testing/actions-fixture.ts';
import { tickets } from '../../tickets/tables.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { toolsErasing } from '../erasing.ts';
import { createToolsFixture, type ToolsFixture } from '../testing/tools-fixture.ts';
import { isVerified } from './is-verified.ts';

let database: TestDatabase;
let tools: ToolsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  tools = await createToolsFixture(database);
  await tools.placed(42);
  await tools.placed(43);
});
afterEach(() => tools.close());
afterAll(() => database.drop());

const refusal = (error: string, more: object = {}) => ({ kind: 'refused', refusal: { error, ...more } });
const done = { kind: 'done' };
const verified = (ticketId = 42) => isVerified(database.db, ticketId, tools.now());
const mailed = async (ticketId = 42) => {
  await tools.sendsCode(ticketId);
  await tools.work();
  return tools.lastCode();
};
const wrongCode = (code: string) => (code === '000000' ? '000001' : '000000');

test('a code goes to the address on record only, and the customer who says it is verified for a while', async () => {
  const code = await mailed();
  expect(tools.mails).toMatchObject([
    { to: { address: 'robin@shop.test' }, subject: 'Ihr Code für Northwind Outdoor', language: 'de' },
  ]);
  expect(tools.mails[0]?.html).toContain(`<b>${code}</b>`);
  expect(await verified()).toBe(false);
  expect(await tools.says(`${code.slice(0, 3)} ${code.slice(3)}`)).toEqual(done);
  expect([await verified(), await verified(43)]).toEqual([true, false]);
  expect(await tools.outcomes()).toMatchObject([
    { method: 'code', outcome: 'verified', ticketId: 42, requesterId: 900 },
  ]);
  await tools.work();
  expect(tools.notes(42)).toContain(
    'Customer verified by Lena Fischer, with a code that was mailed to the address on record, until 2026-03-02 16:00 UTC.',
  );
  expect(await tools.says(code)).toEqual(done);
  expect(await tools.outcomes()).toHaveLength(1);
  tools.passes(3_600_000);
  expect(await verified()).toBe(false);
  expect(await tools.says(code)).toMatchObject(refusal('too_late'));
});

test('no code goes to an address that was changed a short time ago, also while it is being mailed', async () => {
  const changedAt = new Date(tools.now().getTime() - 3_600_000).toISOString();
  tools.address.in = () => ({ email: 'lena.private@mail.test', changedAt });
  expect(await tools.sendsCode()).toMatchObject(refusal('address_changed', { until: '2026-03-03T14:00:00.000Z' }));
  tools.address.in = () => ({ email: 'robin@shop.test', changedAt: null });
  await tools.sendsCode();
  tools.address.in = () => ({ email: 'lena.private@mail.test', changedAt });
  await tools.work();
  expect(tools.mails).toEqual([]);
  expect(await tools.challenges()).toMatchObject([{ state: 'failed', hash: null }]);
  tools.passes(23 * 3_600_000);
  await mailed();
  expect(tools.mails).toMatchObject([{ to: { address: 'lena.private@mail.test' } }]);
});

test('no code is sent while Zendesk does not say which address it has', async () => {
  tools.address.in = () => {
    throw new ZendeskError('unavailable', 'GET identities answered 503', 503);
  };
  expect(await tools.sendsCode()).toMatchObject(refusal('unavailable'));
});

test('the code is nowhere but in the mail', async () => {
  const code = await mailed();
  const effects = await database.db.select().from(outbox);
  const rows = await tools.challenges();
  expect(JSON.stringify([effects, rows, tools.logged])).not.toContain(code);
  expect(rows).toMatchObject([{ state: 'sent', hash: expect.any(Buffer) }]);
});

test('a code typed wrong three times locks the customer on all tickets, also for the right code', async () => {
  const code = await mailed();
  expect(await tools.says('12')).toMatchObject(refusal('fields_wrong'));
  expect(await tools.says(wrongCode(code))).toMatchObject(refusal('not_verified', { triesLeft: 2 }));
  const another = await mailed(43);
  expect(await tools.says(wrongCode(another), 43)).toMatchObject(refusal('not_verified', { triesLeft: 1 }));
  const locked = refusal('locked', { until: '2026-03-02T16:00:00.000Z' });
  expect(await tools.says(wrongCode(another), 43)).toMatchObject(locked);
  expect(await tools.says(another, 43)).toMatchObject(locked);
  expect(await tools.sendsCode()).toMatchObject(locked);
  expect(await tools.answers({ postcode: '1', pet: '1' })).toMatchObject(locked);
  expect(tools.heard).toEqual([]);
  await tools.work();
  expect(tools.notes(43)).toContain(
    'Customer NOT verified: wrong three times. Nobody can try again before 2026-03-02 16:00 UTC.',
  );
  tools.passes(3_600_001);
  expect(await tools.says(await mailed())).toEqual(done);
});

test('a new code replaces the one before, a code expires, and no more than the policy allows are sent', async () => {
  const first = await mailed();
  const second = await mailed();
  expect(await tools.says(first === second ? wrongCode(second) : first)).toMatchObject(refusal('not_verified'));
  tools.passes(10 * 60_000);
  expect(await tools.says(second)).toMatchObject(refusal('too_late'));
  await mailed();
  expect(await tools.sendsCode()).toMatchObject(refusal('locked', { until: '2026-03-03T15:00:00.000Z' }));
  expect(tools.mails).toHaveLength(3);
});

test('a code that cannot be mailed is told as failed, and one form sends one mail', async () => {
  tools.mail.outcome = { outcome: 'recipient_refused', answer: 'no such user' };
  await tools.sendsCode(42, 'same-request');
  await tools.sendsCode(42, 'same-request');
  await tools.work();
  expect(tools.mails).toHaveLength(1);
  expect(await tools.challenges()).toMatchObject([{ state: 'failed', hash: null }]);
  await database.db.update(people).set({ email: null }).where(eq(people.id, 900));
  expect(await tools.sendsCode()).toMatchObject(refusal('no_address'));
});

test('a ticket of another customer, and a merged customer, are not verified', async () => {
  await tools.says(await mailed());
  await database.db.update(tickets).set({ requesterId: 901 }).where(eq(tickets.id, 42));
  expect(await verified()).toBe(false);
  await database.db.update(tickets).set({ requesterId: 900 }).where(eq(tickets.id, 42));
  expect(await verified()).toBe(true);
  tools.passes(1);
  await database.db.transaction((tx) => toolsErasing.onMergeCustomers(tx, { from: 900, into: 901 }));
  await database.db.update(tickets).set({ requesterId: 901 }).where(eq(tickets.id, 42));
  expect(await verified()).toBe(false);
});

test('who is forgotten is verified no more, is mailed no code, and no code of theirs works', async () => {
  await tools.says(await mailed());
  await tools.sendsCode();
  const erased = { ids: [42], now: tools.now(), gone: false };
  await database.db.transaction((tx) => toolsErasing.onEraseTickets(tx, erased));
  tools.passes(1);
  expect(await verified()).toBe(false);
  await tools.work();
  expect(tools.mails).toHaveLength(1);
});

test('what was asked for one customer is not done to the one that they are merged into', async () => {
  const other = { id: 901, name: 'Kim', email: 'kim@shop.test', role: 'end-user', fetchedAt: tools.now() } as const;
  await database.db.insert(people).values(other);
  await tools.runs('reset');
  await tools.sendsCode();
  await database.db.transaction((tx) => toolsErasing.onMergeCustomers(tx, { from: 900, into: 901 }));
  await tools.work();
  expect([tools.heard, tools.mails]).toEqual([[], []]);
  expect(await tools.rows()).toMatchObject([{ requesterId: 901, state: 'failed', failure: 'outdated' }]);
});

describe('questions', () => {
  test('verify the customer who answers all of them, whatever the spelling', async () => {
    tools.office.reply = () => ({ body: { postcode: '10 115', pet: 'Rex!' } });
    expect(await tools.answers({ postcode: '10115' })).toMatchObject(refusal('fields_missing', { fields: ['pet'] }));
    expect(await tools.answers({ postcode: '10115', pet: 'Tom' })).toMatchObject(
      refusal('not_verified', { triesLeft: 2 }),
    );
    expect(await tools.answers({ postcode: '10115', pet: 'rex' })).toEqual(done);
    expect(await verified()).toBe(true);
    expect(await tools.outcomes()).toMatchObject([{ method: 'questions', outcome: 'verified' }]);
  });

  test('whose right answer is a large number are compared with its digits', async () => {
    tools.office.reply = () => ({ json: '{ "postcode": 9007199254740993, "pet": 7 }' });
    expect(await tools.answers({ postcode: '9007199254740992', pet: '7' })).toMatchObject(refusal('not_verified'));
    expect(await tools.answers({ postcode: '9007199254740993', pet: '7' })).toEqual(done);
  });

  test('whose right answer is a decimal number are compared as numbers', async () => {
    tools.office.reply = () => ({ json: '{ "postcode": 25.0, "pet": "10.50" }' });
    expect(await tools.answers({ postcode: '250', pet: '10.50' })).toMatchObject(refusal('not_verified'));
    expect(await tools.answers({ postcode: '25', pet: '1050' })).toMatchObject(refusal('not_verified'));
    expect(await tools.answers({ postcode: '25', pet: '10,50' })).toEqual(done);
  });

  test('lock after three wrong tries, and cost no try when their system is down or knows no answer', async () => {
    tools.office.reply = () => ({ status: 503 });
    const guess = () => tools.answers({ postcode: '1', pet: '1' });
    expect(await guess()).toMatchObject(refusal('unavailable'));
    tools.office.reply = () => ({ body: { postcode: '10115' } });
    expect(await guess()).toMatchObject(refusal('unavailable'));
    tools.office.reply = () => ({ body: { postcode: '10115', pet: 'Rex' } });
    await guess();
    await guess();
    expect(await guess()).toMatchObject(refusal('locked'));
  });
});

test('a form that checked answers is not one that had a code sent, nor the other way round, nor one of another agent', async () => {
  tools.office.reply = () => ({ body: { postcode: '10115', pet: 'Rex' } });
  const answers = { postcode: '10115', pet: 'Rex' };
  await tools.sendsCode(42, 'sent-a-code');
  expect(await tools.answers(answers, 'sent-a-code')).toMatchObject(refusal('conflict'));
  expect(await tools.answers(answers, 'checked-answers')).toEqual(done);
  expect(await tools.answers(answers, 'checked-answers')).toEqual(done);
  expect(await tools.answers(answers, 'checked-answers', OMAR)).toMatchObject(refusal('conflict'));
  expect(await tools.sendsCode(42, 'checked-answers')).toMatchObject(refusal('conflict'));
});
