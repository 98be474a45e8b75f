// What surveys sent and cost, from the database to the text.
import { loadPolicy } from '@deskwright/shared';
import { POLICY_TEXT } from '../../../../shared/testing/policy-text.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { policyInForce } from '../../policy/policy-in-force.ts';
import { invitations } from '../../surveys/tables.ts';
import { thankYous } from '../../surveys/thank-you/tables.ts';
import { writeReport } from '../engine/write-report.ts';
import { makeSendsReport } from './make-sends-report.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

const NOW = new Date('2026-11-28T13:00:00Z');

function policyWith(cost: string) {
  const loaded = loadPolicy(`${POLICY_TEXT}${cost}\n`, 'deskwright.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return policyInForce({ current: () => ({ ...loaded, guidance: new Map() }) }).current();
}

type Part = Partial<typeof invitations.$inferInsert>;

async function given(n: number, sentAt: string, part: Part = {}): Promise<void> {
  const at = new Date(sentAt);
  const one = { survey: 'csat', requesterId: 1, dueAt: at, sentAt: at, state: 'sent', ...part } as const;
  await database.db.insert(invitations).values(Array.from({ length: n }, () => one));
}

const make = async (cost: string, within: number | null = null) =>
  makeSendsReport({ db: database.db, policy: policyWith(cost), now: NOW, link: null, ticketUrl: String }, within);

test('mails, reminders, returned mails and answers are counted by month, with what they cost', async () => {
  expect((await make('')).summary).toEqual(['No survey was sent.']);
  await given(100, '2026-08-05T12:00:00Z');
  await given(600, '2026-10-15T12:00:00Z');
  await given(300, '2026-10-16T12:00:00Z', { state: 'answered', reminder: 'sent' });
  await given(100, '2026-10-17T12:00:00Z', { reason: 'bounced' });
  await given(40, '2026-11-02T12:00:00Z', { state: 'answered', survey: 'nps' });
  // The last second of October in New York, and what was never sent or is older than a year.
  await given(60, '2026-11-01T03:59:59Z');
  await given(7, '2026-11-02T12:00:00Z', { state: 'cancelled' });
  await given(7, '2025-11-20T12:00:00Z');

  await database.db.insert(thankYous).values([
    { id: 1, requesterId: 1, at: new Date('2026-11-03T12:00:00Z'), tokenHash: Buffer.from('x') },
    // It was not sent.
    { id: 2, requesterId: 2, at: new Date('2026-11-03T12:00:00Z') },
  ]);

  // October: 1,060 mails and 300 reminders: 15 + 1.36 × 0.50 = 15.68. November: 40 mails and a thank-you: 15.02.
  // August: 100 mails: 15.05. September, without any: 15. Together 60.75 for 340 answers: 0.18 each.
  const made = await make('  cost: { currency: USD, per_month: 15, per_thousand_mails: "0.50" }');
  expect(made.period.label).toBe('December 2025 to November 2026');
  expect(made.summary).toEqual([
    '1,200 mails and 300 reminders were sent, 1 promoter was thanked, and 340 answers came.',
    'They cost $60.75, $0.18 an answer; Deskwright charges nothing by the answer.',
  ]);
  const markdown = writeReport(made, 'md');
  expect(markdown).toContain('| 2026-09 | 0 | 0 | 0 | 0 | 0 |  | $15 |');
  expect(markdown).toContain('| 2026-10 | 1,060 | 300 | 0 | 100 | 300 | 28% | $15.68 |');
  expect(markdown).toContain('| 2026-11 | 40 | 0 | 1 | 0 | 40 | 100% | $15.02 |');
  expect(markdown).toContain('| NPS, customers | 40 | 0 | 1 | 0 | 40 | 100% |');
});

test('where agents were asked anonymously, it says that their answers and reminders are not counted once a round is over', async () => {
  const note = 'Of a pulse whose round is over, reminders and answers are not counted';
  expect(writeReport(await make(''), 'md')).not.toContain(note);
  await given(6, '2026-11-03T12:00:00Z', { survey: 'pulse' });
  expect(writeReport(await make(''), 'md')).toContain(note);
});

test('without a cost in the policy it says where to write it', async () => {
  expect((await make('')).summary[1]).toContain('surveys.cost');
  expect(writeReport(await make(''), 'md')).not.toContain('Cost |');
});

test('a cost has the decimals of its currency', () => {
  const text = `${POLICY_TEXT}  cost: { currency: USD, per_thousand_mails: "0.005" }\n`;
  const loaded = loadPolicy(text, 'deskwright.yaml');
  expect(loaded.ok ? [] : loaded.problems.map(({ message }) => message)).toEqual([
    '"0.005" has 3 decimals, and USD has 2 decimals',
  ]);
});
