import { addDays, loadPolicy } from '@deskwright/shared';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { people } from '../../directory/tables.ts';
import { goodwillEntries } from '../../refunds/goodwill/tables.ts';
import { openLedger } from '../../refunds/ledger/ledger.ts';
import { anEntry } from '../../refunds/ledger/testing/an-entry.ts';
import { alarmMessage } from './alarm-message.ts';
import { findAgentRefunds, findCustomerRefunds } from './find-refund-bursts.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const TODAY = '2026-11-23';
const NOW = new Date('2026-11-23T23:30:00Z');
const [LENA, OMAR] = [2, 3];

function contextOf(keys = '', on: readonly string[] = []) {
  const loaded = loadPolicy(
    `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: One }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
refunds: { currency: USD, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 500 }] }
${keys}`,
    'policy.yaml',
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const inForce = { policy: loaded.policy, compiled: compilePolicy(loaded.policy) };
  const isOn = (kind: string, about = '') => on.includes(`${kind} ${about}`);
  return { inForce, now: NOW, startedAt: 0, isOn, exported: () => Promise.reject(new Error('not asked')) };
}
const find = async (keys?: string, on?: readonly string[]) => {
  const context = contextOf(keys, on);
  const { db } = database;
  return [...(await findAgentRefunds(db, context)), ...(await findCustomerRefunds(db, context))];
};

let requests = 0;
/** So many refunds of $20 on a day. */
const refunds = (n: number, day: string, { agentId = LENA, back = false, customer = '' } = {}) =>
  database.db.transaction(async (tx) => {
    const ledger = await openLedger(tx);
    for (let one = 0; one < n; one++) {
      const requestId = `request-${++requests}`;
      const of = { payment: `manual:${requests}`, day, agentId, ticketId: requests, customer: customer || requestId };
      await ledger.append([
        anEntry({ ...of, kind: 'payment', requestId: null, amountMinor: 2_000 }),
        anEntry({ ...of, kind: 'reserved', requestId, amountMinor: 2_000 }),
        ...(back ? [anEntry({ ...of, kind: 'released', requestId, amountMinor: 2_000 })] : []),
      ]);
    }
  });
const gives = (n: number, valueMinor: number, agentId = LENA) =>
  database.db.insert(goodwillEntries).values(
    Array.from({ length: n }, () => ({
      kind: 'given' as const,
      requestId: `request-${++requests}`,
      item: 'credit',
      itemKind: 'credit' as const,
      valueMinor,
      currency: 'USD',
      ticketId: 77,
      agentId,
      day: TODAY,
      budgetMinor: 1_000_000,
      rule: 'r',
      policyHash: 'p',
      at: NOW,
    })),
  );
const threeADay = async (days = 10) => {
  for (let ago = 1; ago <= days; ago++) await refunds(3, addDays(TODAY, -ago));
};

test('an agent who refunds and gives far more than on their other days is told of, by name, with numbers and a ticket', async () => {
  await database.db.insert(people).values({ id: LENA, name: 'Lena Moor', role: 'agent', fetchedAt: NOW });
  await threeADay();
  await refunds(6, TODAY);
  await gives(8, 2_000);
  const found = await find();
  expect(found).toMatchObject([{ kind: 'agent_refunds', about: String(LENA), n: 14, ticketId: 77 }]);
  const [finding] = found;
  if (finding === undefined) throw new Error('nothing was found');
  const { inForce } = contextOf();
  const words = { channel: 'leads', policy: inForce.policy, ticketUrl: (id: number) => `#${id}`, publicUrl: '' };
  expect(alarmMessage(finding, words).summary).toEqual([
    { bold: 'Unusual refunds by one agent' },
    ': Lena Moor. 14 refunds and gifts today, worth $280; for a day 3 are usual, worth $60.',
    ' Newest: ',
    { text: '#77', url: '#77' },
  ]);
});

test('one large gift is told of, and what was released is not counted', async () => {
  await threeADay();
  await refunds(14, TODAY, { back: true });
  expect(await find()).toEqual([]);
  await gives(1, 60_000);
  expect(await find()).toMatchObject([{ kind: 'agent_refunds', n: 1, worth: { today: { minor: 60_000 } } }]);
});

test('goodwill that was taken back is counted all the same, as its code may have been passed on', async () => {
  await threeADay();
  await gives(14, 2_000);
  const given = await database.db.select().from(goodwillEntries);
  await database.db
    .insert(goodwillEntries)
    .values(given.map((one) => ({ ...one, id: undefined, kind: 'taken_back' as const })));
  expect(await find()).toMatchObject([{ kind: 'agent_refunds', n: 14 }]);
});

test('a usual day is not told of, nor is anything while the alarm is off or no days are known', async () => {
  await refunds(14, TODAY);
  expect(await find()).toEqual([]);
  await threeADay();
  expect(await find('alarms: { refund_burst_from: 0 }')).toEqual([]);
  expect(await find('alarms: { refund_burst_from: 15 }')).toEqual([]);
  expect(await find()).toHaveLength(1);
  await database.clear();
  await threeADay();
  await refunds(7, TODAY);
  expect(await find()).toEqual([]);
  // One that is on ends later than it begins.
  expect(await find('', [`agent_refunds ${LENA}`])).toHaveLength(1);
});

test('a customer who gets far more often than others is told of, and not named', async () => {
  for (const agentId of [LENA, OMAR])
    for (let ago = 1; ago <= 5; ago++) await refunds(3, addDays(TODAY, -ago), { agentId });
  await refunds(3, TODAY, { customer: 'random-name' });
  expect(await find()).toEqual([]);
  await refunds(3, TODAY, { customer: 'random-name', agentId: OMAR });
  const found = await find();
  expect(found).toMatchObject([{ kind: 'customer_refunds', about: 'random-name', n: 6, agent: null }]);
});
