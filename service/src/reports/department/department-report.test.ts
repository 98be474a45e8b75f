// Checks that a department's report has what concerns it, and nothing else.
import { loadPolicy } from '@deskwright/shared';
import { aTicketRow } from '../../../testing/builders.ts';
import { examplePolicyText } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { addAnnotation } from '../../history/index.ts';
import { aMeasure, insertMeasures } from '../../history/testing/history-fixture.ts';
import { settings } from '../../platform/storage/tables.ts';
import { policyInForce } from '../../policy/policy-in-force.ts';
import { tickets } from '../../tickets/tables.ts';
import { writeReport } from '../engine/write-report.ts';
import { makeReport } from '../make-report.ts';
import { reportPeriods } from '../report-request.ts';

const loaded = loadPolicy(examplePolicyText(), 'deskwright.yaml');
if (!loaded.ok) throw new Error('The example policy has mistakes.');
const policy = policyInForce({ current: () => ({ ...loaded, guidance: new Map() }) }).current();
const NOW = new Date('2026-11-28T13:00:00Z');
const FRIDAY = '2026-11-27T15:00:00Z';
const THURSDAY = '2026-11-26T15:00:00Z';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.insert(settings).values({
    key: 'groups',
    value: [
      ['Warehouse', 21],
      ['Finance', 22],
    ],
  });
  const waiting = { status: 'open', category: 'order', tier: 't1' } as const;
  await db
    .insert(tickets)
    .values([
      aTicketRow({ ...waiting, id: 1, groupId: 21, waitingSince: new Date('2026-11-28T10:00:00Z') }),
      aTicketRow({ ...waiting, id: 2, groupId: 22, waitingSince: new Date('2026-11-20T10:00:00Z') }),
      aTicketRow({ ...waiting, id: 3, groupId: 11, waitingSince: new Date('2026-11-20T10:00:00Z') }),
    ]);
  const answer = { seconds: 7_200, businessSeconds: 7_200 };
  await insertMeasures(db, 1, [
    aMeasure('hand_off', FRIDAY, { detail: 'warehouse', category: 'delivery' }),
    aMeasure('hand_off', FRIDAY, { detail: 'warehouse', category: 'delivery' }),
    aMeasure('hand_off', THURSDAY, { detail: 'warehouse', category: 'order' }),
    aMeasure('department_answer', FRIDAY, { ...answer, detail: 'warehouse', met: true }),
    // Of others.
    aMeasure('hand_off', FRIDAY, { detail: 'finance', category: 'invoices' }),
    aMeasure('department_answer', FRIDAY, { seconds: 77_777, businessSeconds: 1, detail: 'finance', met: false }),
    ...['arrival', 'solve', 'first_reply', 'csat'].map((figure) =>
      aMeasure(figure as 'arrival', FRIDAY, { category: 'payment', seconds: 66_666, score: 3, agentId: 987_654 }),
    ),
    aMeasure('arrival', FRIDAY, { category: 'delivery' }),
  ]);
  await addAnnotation(db, { at: new Date(FRIDAY), text: 'New checkout', category: null, who: 'somebody' });
});
afterAll(() => database.drop());

const report = (categories?: string[]) =>
  makeReport(
    {
      db: database.db,
      policy,
      now: NOW,
      link: null,
      ticketUrl: (id) => `https://acme.zendesk.com/agent/tickets/${id}`,
    },
    {
      kind: 'daily',
      ...reportPeriods('daily', null, NOW.getTime(), 'America/New_York'),
      department: 'warehouse',
      categories,
    },
  );

test('it has the hand-offs, the answers and what waits there', async () => {
  expect((await report()).summary).toEqual([
    '1 ticket waits for your answer, the longest since Sat 28 Nov, 05:00 (3 h).',
    '2 tickets were handed to you; the day before 1.',
    'Answers of departments: 2 h median (2 h in business hours; of 1 answer), 100% within target; the day before nothing. You answer within 4bh.',
  ]);
});

test('nothing of other departments, tiers, agents and categories is in it', async () => {
  const made = await report();
  expect(made.sections.map(({ id }) => id)).toEqual(['waiting', 'hand_offs', 'answers']);
  const json = writeReport(made, 'json');
  for (const foreign of [
    'Finance',
    'finance',
    'Invoices',
    'Payment',
    'Tier 1',
    'New checkout',
    '77777',
    '66666',
    '987654',
  ])
    expect(json).not.toContain(foreign);
});

test('the categories that the policy names for it are added, and no others', async () => {
  const made = await report(['delivery']);
  expect(made.about).toBe('Department Warehouse, category Delivery');
  expect(made.sections.at(-1)).toMatchObject({
    id: 'topics',
    headline: 'Delivery makes 100% of what customers write about.',
  });
  expect(writeReport(made, 'json')).not.toContain('Payment');
});

test('it can be written in every format', async () => {
  const made = await report(['delivery']);
  expect(writeReport(made, 'html')).toContain('handed to you');
  expect(writeReport(made, 'md')).toContain('| Delivery | 2 |');
  expect(writeReport(made, 'csv')).toContain('hand_offs,Delivery,Tickets,2');
});
