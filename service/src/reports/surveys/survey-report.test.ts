// Checks the report about NPS from the database to the text, with figures worked by hand.
import { loadPolicy } from '@deskwright/shared';
import { eq, isNotNull } from 'drizzle-orm';
import { aTicketRow } from '../../../testing/builders.ts';
import { examplePolicyText } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { addAnnotation } from '../../history/index.ts';
import { settings } from '../../platform/storage/tables.ts';
import { policyInForce } from '../../policy/policy-in-force.ts';
import { followUpAnswers, followUps } from '../../surveys/follow-ups/tables.ts';
import { readNewestTicket } from '../../surveys/reserve-invitation.ts';
import { invitations, responses, surveySubmissions } from '../../surveys/tables.ts';
import { tickets } from '../../tickets/tables.ts';
import { writeReport } from '../engine/write-report.ts';
import { makeSurveyReport } from './survey-report.ts';

const loaded = loadPolicy(examplePolicyText(), 'deskwright.yaml');
if (!loaded.ok) throw new Error('The example policy has mistakes.');
const policy = policyInForce({ current: () => ({ ...loaded, guidance: new Map() }) }).current();
const NOW = new Date('2026-11-28T13:00:00Z');
const IN_Q3 = '2026-08-12T15:00:00Z';
const IN_Q2 = '2026-05-12T15:00:00Z';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await givenAnswers();
});
afterAll(() => database.drop());

interface Some {
  n: number;
  score: number | null;
  at: string;
  /** The customer; the newest ticket of 1 is a bug by mail, of 2 a refund for a child. */
  requesterId?: number;
  locale?: string;
  drivers?: string[];
  inWords?: string[];
  mayContact?: boolean;
  /** Of the last submission, if a machine sent one after. */
  raw?: number;
  /** The answer may be a machine's. */
  doubtful?: true;
  confirmed?: true;
  reason?: string;
  brand?: string | null;
}

async function given({
  n,
  score,
  at,
  requesterId = 1,
  locale = 'en-US',
  drivers = [],
  inWords: driversInWords = [],
  mayContact,
  raw,
  doubtful,
  confirmed,
  reason,
  brand = null,
}: Some) {
  const time = new Date(at);
  const one = {
    survey: 'nps',
    ...(await readNewestTicket(database.db, requesterId)),
    requesterId,
    dueAt: time,
    sentAt: time,
    cause: 'campaign',
    locale,
    reason,
    brand,
  } as const;
  const made = await database.db
    .insert(invitations)
    .values(
      Array.from({ length: n }, () => ({ ...one, state: score === null ? ('sent' as const) : ('answered' as const) })),
    )
    .returning({ id: invitations.id });
  if (score === null) return;
  const answer = { answeredAt: time, changedAt: time, score, drivers, driversInWords, mayContact: mayContact ?? null };
  await database.db.insert(responses).values(made.map(({ id }) => ({ ...answer, invitationId: id })));
  if (raw === undefined && !doubtful) return;
  const submission = {
    at: time,
    final: true,
    score: raw ?? score,
    agent: 'x',
    seen: {} as never,
    used: false,
    verdict: doubtful ? ('doubtful' as const) : ('machine' as const),
    points: 0,
    reasons: [] as string[],
  };
  const sent = await database.db
    .insert(surveySubmissions)
    .values(made.map(({ id }) => ({ ...submission, invitationId: id })))
    .returning();
  if (!doubtful) return;
  for (const { id: submissionId, invitationId } of sent)
    await database.db
      .update(responses)
      .set({ submissionId, confirmed })
      .where(eq(responses.invitationId, invitationId));
}

async function givenAnswers(): Promise<void> {
  const { db } = database;
  await db.insert(settings).values({ key: 'groups', value: [['Finance', 22]] });
  await db.insert(settings).values({ key: 'brands', value: [['Northwind Kids', 7]] });
  await db
    .insert(tickets)
    .values([
      aTicketRow({ id: 1, requesterId: 1, category: 'bug', tier: 't1', groupId: 21, via: 'email', brandId: null }),
      aTicketRow({ id: 2, requesterId: 2, category: 'refunds', tier: 't2', groupId: 22, via: 'chat', brandId: 7 }),
    ]);
  // The third quarter: 50 promoters, 20 passives, 30 detractors of 100: +20.
  await given({ n: 40, score: 9, at: IN_Q3, drivers: ['kindness'], brand: 'Northwind Outdoor' });
  await given({ n: 5, score: 9, at: IN_Q3, inWords: ['kindness'] });
  await given({ n: 17, score: 8, at: IN_Q3 });
  await given({ n: 2, score: 8, at: IN_Q3, doubtful: true });
  // Hours have passed, and nothing contradicted that a person gave it.
  await given({ n: 1, score: 8, at: IN_Q3, doubtful: true, confirmed: true });
  await given({ n: 5, score: 10, at: IN_Q3, requesterId: 2, locale: 'es', raw: 0 });
  await given({ n: 25, score: 3, at: IN_Q3, requesterId: 2, locale: 'es', drivers: ['wait'], mayContact: true });
  await given({ n: 5, score: 3, at: IN_Q3, requesterId: 2, locale: 'es', drivers: ['wait', 'wait'] });
  await given({ n: 100, score: null, at: IN_Q3, requesterId: 2 });
  await given({ n: 35, score: null, at: IN_Q3 });
  // Their mails came back.
  await given({ n: 9, score: null, at: IN_Q3, reason: 'bounced' });
  // The second: 14 promoters, 16 passives, 20 detractors of 50: −12.
  await given({ n: 14, score: 9, at: IN_Q2 });
  await given({ n: 16, score: 7, at: IN_Q2 });
  await given({ n: 20, score: 0, at: IN_Q2 });
}

const deps = () => ({ db: database.db, policy, now: NOW, link: null, ticketUrl: String });
const report = (scope: { tier?: string; categories?: string[] } = {}) =>
  makeSurveyReport(deps(), { survey: 'nps', length: 'quarter', within: null, ...scope });

test('the score has its interval, and is compared with the quarter before in words', async () => {
  const made = await report();
  expect([made.title, made.period.label, made.before?.label]).toEqual(['NPS report', 'Q3 2026', 'Q2 2026']);
  // The interval of peers.md: ± 17.1. Before: variance 0.28 + 0.40 − 0.0144 = 0.6656, error 11.54, ± 22.6. 32 ÷ √(8.718² + 11.54²) = 2.21.
  expect(made.summary[0]).toBe(
    'NPS: +20 (95% interval +3 to +37; of 100 answers); the quarter before −12 (95% interval −35 to +11; of 50 answers). 32 points higher. The change is real.',
  );
  expect(made.sections[0]?.blocks[1]).toEqual({
    kind: 'note',
    text: 'Maintained for 2 quarters: none was really below an earlier one of them.',
  });
});

test('raw and cleaned scores stand beside one another', async () => {
  const markdown = writeReport(await report(), 'md');
  // A machine turned the five promoters into detractors: 45 less 35 of 100.
  expect(markdown).toMatch(/\| Cleaned: answers that count \| 100 \| \+20 \|/);
  expect(markdown).toMatch(/\| Raw: as submitted, whoever sent it \| 100 \| \+10 \|/);
  expect(markdown).toContain('2 of the answers that count are doubtful: it is not certain that a person gave them.');
});

test('the benchmark of the policy stands beside the score, with its source', async () => {
  const { surveys } = policy.policy;
  const nps = { ...surveys.nps!, benchmark: { text: 'Online shops reach 40', source: 'NPS benchmark 2025' } };
  const withBenchmark = { ...policy, policy: { ...policy.policy, surveys: { ...surveys, nps } } };
  const asked = { survey: 'nps', length: 'quarter', within: null } as const;
  const made = await makeSurveyReport({ ...deps(), policy: withBenchmark }, asked);
  expect(writeReport(made, 'md')).toContain('Benchmark: Online shops reach 40 (NPS benchmark 2025).');
});

test('reasons are ranked by what the score is with them and without', async () => {
  const drivers = (await report()).sections.find(({ id }) => id === 'drivers');
  const rows = drivers?.blocks.flatMap((block) => (block.kind === 'table' ? block.table.rows : []));
  // With "wait" −100; all others 50 of 70: +71.4. With "kindness" +100; all others 5 and 30 of 55: −45.5. Ticked twice in an answer counts once.
  // Of 30 and of 45 all of one class, with three more, the errors are 100 × √(0.128099 ÷ 33) = 6.23 and 100 × √(0.089844 ÷ 48) = 4.33.
  // Variance 5/7 − (5/7)² … : of 50 promoters in 70, 0.7143 − 0.5102 = 0.2041, error 100 × √(0.2041 ÷ 70) = 5.40; with 6.23 it is 8.24, 1.96 of it 16.2.
  // Of 5 promoters and 30 detractors in 55: 0.6364 − 0.2066 = 0.4298, error 8.84; with 4.33 it is 9.84, 19.3.
  // Nobody named them before: of 0 of 50 against 30 and 45 of 100, pooled 0.2 and 0.3, errors 0.0693 and 0.0794.
  expect(rows?.map((row) => row.map(({ text }) => text))).toEqual([
    ['wait', '30', '30', '30%', '0%', 'really more often', '−100', '171 points lower', '−188 to −155', 'really lower'],
    [
      'kindness',
      '45',
      '40',
      '45%',
      '0%',
      'really more often',
      '+100',
      '145 points higher',
      '+126 to +165',
      'really higher',
    ],
  ]);
});

test('three actions are recommended, those that cost most points first', async () => {
  // Of 5 promoters and 30 detractors: variance 1 − 0.7143² = 0.4898, error 100 × √(0.4898 ÷ 35) = 11.83, 1.96 of it 23.2.
  // Of 30 detractors: −90.9, error 6.23, 12.2.
  // Without category refunds, tier 2, group Finance or Spanish 45 of 65 are promoters, none detractors: +69; without "wait" +71.
  const made = await report();
  expect(made.summary.slice(2)).toEqual([
    'Remedy what customers name as “wait”: −100 (95% interval −100 to −79; of 30 answers), really lower than all others; without those answers the score would be +71 instead of +20.',
    'Look into what goes wrong in category Refunds: −71 (95% interval −95 to −48; of 35 answers), really lower than all others; without it the score would be +69 instead of +20.',
    'Look into what goes wrong in tier Tier 2: −71 (95% interval −95 to −48; of 35 answers), really lower than all others; without it the score would be +69 instead of +20.',
  ]);
  // 45 of 65: variance 0.6923 − 0.4793 = 0.2130, 1.96 × 100 × √(0.2130 ÷ 65) = 11.22; 65 × 1.122² = 81.8.
  expect((await report({ categories: ['bug'] })).summary.slice(2)).toEqual([
    'Ask more customers: the score is known to 11 points either way with 65 answers; 10 points take about 90.',
  ]);
  expect((await report({ categories: ['refunds'] })).summary.slice(2)[0]).toBe(
    'Contact 1 customer with a bad answer: they agreed to be contacted, and nobody has reached them since.',
  );
});

test('whom somebody has reached since is not to be contacted, and each customer counts once', async () => {
  const { db } = database;
  const [at, now] = ['2028-08-12T15:00:00Z', new Date('2028-11-28T13:00:00Z')];
  // Of 11 customers with 12 bad answers, nine agreed. Two were reached after it, one before it, and of one follow-up nobody reached anybody.
  for (let requesterId = 60; requesterId < 71; requesterId++)
    await given({ n: requesterId === 60 ? 2 : 1, score: 2, at, requesterId, mayContact: requesterId < 69 });
  const reached = { 61: '2028-08-14T15:00:00Z', 62: '2028-08-15T15:00:00Z', 63: '2028-08-11T15:00:00Z', 64: null };
  for (const [who, contactedAt] of Object.entries(reached)) {
    const requesterId = Number(who);
    const [answer] = await db.select().from(invitations).where(eq(invitations.requesterId, requesterId));
    const [followUp] = await db
      .insert(followUps)
      .values({
        requesterId,
        survey: 'nps',
        action: 'new_ticket',
        openedAt: new Date(at),
        dueAt: now,
        endedAt: now,
        contactedAt: contactedAt === null ? null : new Date(contactedAt),
      })
      .returning();
    await db
      .insert(followUpAnswers)
      .values({ invitationId: answer?.id ?? 0, followUpId: followUp?.id ?? 0, joinedAt: new Date(at) });
  }
  const asked = { survey: 'nps', length: 'quarter', within: null } as const;
  const made = await makeSurveyReport({ ...deps(), now }, asked);
  expect(made.summary).toContain(
    'Contact 7 customers with a bad answer: they agreed to be contacted, and nobody has reached them since.',
  );
  expect(made.sections.find(({ id }) => id === 'follow_ups')?.headline).toContain(
    'Of 11 customers with a bad answer, 9 may be contacted; nobody has reached 7 of them since.',
  );
});

test('what a campaign asked for a brand is told with what was asked about its tickets', async () => {
  const at = '2027-08-12T15:00:00Z';
  const now = new Date('2027-11-28T13:00:00Z');
  await given({ n: 20, score: 9, at, requesterId: 2 });
  await given({ n: 15, score: 8, at, brand: 'Northwind Kids' });
  await given({ n: 20, score: 3, at });
  const asked = { survey: 'nps', length: 'quarter', within: null } as const;
  const markdown = writeReport(await makeSurveyReport({ ...deps(), now }, asked), 'md');
  expect(markdown.match(/^\| Northwind Kids \| \d+ \|/gm)).toEqual(['| Northwind Kids | 35 |']);
});

test('groups, channels and brands have their names', async () => {
  const made = await report();
  const markdown = writeReport(made, 'md');
  expect(markdown).toContain('| Northwind Kids | 35 |');
  // Of the campaign, where the customer's ticket has none.
  expect(markdown).toContain('| Northwind Outdoor | 40 |');
  expect(markdown).toContain('| Finance | 35 |');
  expect(markdown).not.toContain('| 22 |');
  for (const by of ['tier', 'channel']) expect(made.sections.map(({ title }) => title)).toContain(`By ${by}`);
});

test('launches of the period are in it, and others are not', async () => {
  const { db } = database;
  const launch = { category: null, who: 'ana' };
  await addAnnotation(db, { ...launch, at: new Date(IN_Q3), text: 'New checkout' });
  await addAnnotation(db, {
    ...launch,
    at: new Date('2026-08-20T15:00:00Z'),
    text: 'New refund rules',
    category: 'refunds',
  });
  await addAnnotation(db, { ...launch, at: new Date('2026-10-20T10:00:00Z'), text: 'Too late' });
  const launches = async (scope = {}) => (await report(scope)).sections.find(({ id }) => id === 'launches')?.blocks;
  expect(JSON.stringify(await launches())).toMatch(/New checkout.*New refund rules/);
  expect(JSON.stringify(await launches())).not.toMatch(/Too late|Tickets a day/);
  expect(JSON.stringify(await launches({ categories: ['bug'] }))).not.toContain('refund rules');
  expect(await launches({ tier: 't1' })).toBeUndefined();
});

test('who did not answer is told by category', async () => {
  const made = await report();
  expect(made.summary[1]).toBe(
    '100 of 235 surveys sent in the period were answered: 43% (95% interval 36% to 49%); the period before 100%.',
  );
  const markdown = writeReport(made, 'md');
  expect(markdown).toMatch(/\| Refunds \| 135 \| 35 \| 100 \| 26% \| [^|]* \| really lower \|/);
  expect(markdown).toContain(
    'No follow-up was opened in the period. Of 1 customer with a bad answer, 1 may be contacted; nobody has reached 1 of them since.',
  );
});

test('who was not asked, or not reminded, is told by reason', async () => {
  const { db } = database;
  const asked = { survey: 'nps', cause: 'campaign', requesterId: 1, category: 'bug', dueAt: new Date(IN_Q3) } as const;
  const skipped = { ...asked, state: 'cancelled' } as const;
  await db.insert(invitations).values([
    { ...skipped, reason: 'unsubscribed' },
    { ...skipped, reason: 'contacted_recently' },
    { ...skipped, reason: 'contacted_recently', cause: 'request' },
    { ...skipped, reason: 'contacted_recently', category: 'refunds' },
    { ...skipped, reason: 'no_email', dueAt: new Date('2026-10-20T10:00:00Z') },
    { ...skipped, reason: 'no_email', survey: 'csat' },
    { ...asked, state: 'sent', sentAt: new Date(IN_Q3), reminder: 'skipped', reminderReason: 'address_changed' },
  ]);
  const reasons = async (scope = {}) => {
    const { blocks = [] } = (await report(scope)).sections.find(({ id }) => id === 'response') ?? {};
    const table = blocks.findLast(({ kind }) => kind === 'table');
    return table?.kind === 'table' ? table.table.rows.map(([why, n]) => [why?.text.slice(0, 24), n?.value]) : [];
  };
  expect(writeReport(await report(), 'md')).toContain('Why not asked or reminded');
  expect(await reasons()).toEqual([
    ['The requester was asked ', 3],
    ['No reminder: The custome', 1],
    ['The requester unsubscrib', 1],
  ]);
  expect((await reasons({ categories: ['refunds'] }))[0]).toEqual(['The requester was asked ', 1]);
  await db.delete(invitations).where(isNotNull(invitations.reason));
  await db.delete(invitations).where(isNotNull(invitations.reminderReason));
});

test('it can be written in every format, and limited', async () => {
  const made = await report();
  expect(writeReport(made, 'html')).toContain('By language');
  expect(writeReport(made, 'csv')).toContain('by_language,Spanish,NPS,-71.42857142857143,');
  expect(JSON.parse(writeReport(made, 'json'))).toMatchObject({ kind: 'nps', version: 1 });
  await expect(report({ tier: 't9' })).rejects.toThrow('The policy has no tier "t9"');
});

test('a period without answers says so', async () => {
  const made = await makeSurveyReport(deps(), { survey: 'csat', length: 'month', within: null });
  expect(made.summary[0]).toBe('CSAT: no answers; the month before no answers.');
  expect(made.summary[1]).toBe('No survey was sent in the period.');
  expect(writeReport(made, 'md')).not.toMatch(/NaN|undefined/);
});
