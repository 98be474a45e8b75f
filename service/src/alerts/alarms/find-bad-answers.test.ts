import { loadPolicy } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { GROUPS, silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { SlackMessage } from '../../slack/slack-message.ts';
import { invitations, responses, surveySubmissions } from '../../surveys/tables.ts';
import { watchAlarms } from '../watch.ts';
import { listAlarms } from './active-alarms.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
const NOW = Date.parse('2026-11-23T15:00:00Z');
let now = NOW;
beforeEach(async () => {
  await database.clear();
  now = NOW;
});
afterAll(() => database.drop());

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

function watch(alarms = 'slack: leads'): Promise<void> {
  const loaded = loadPolicy(
    `
version: 1
company: Northwind Outdoor
time_zone: UTC
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1 }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
surveys: { nps: { expires: 14d }, page: { drivers: [{ id: speed, name: { en: How fast it was } }] } }
alarms: { ${alarms} }`,
    'policy.yaml',
  );
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const inForce = { policy: loaded.policy, compiled: compilePolicy(loaded.policy) };
  return watchAlarms({
    config: { publicUrl: 'https://desk.test', zendesk: { baseUrl: 'https://northwind.zendesk.test' } },
    db: database.db,
    directory: { current: () => ({ groupId: (name) => GROUPS[name] ?? null }) },
    policy: { current: () => inForce },
    hasAddress: () => true,
    onEffect: () => undefined,
    clock: () => now,
    startedAt: 0,
    logger: silentLogger,
  });
}

interface Some {
  survey?: 'nps' | 'csat' | 'pulse';
  score: number;
  drivers?: string[];
  /** Default: somebody else each time. */
  customer?: number;
  hoursAgo?: number;
  count?: number;
  /** Before it was changed to this, at `changedHoursAgo`. */
  first?: number;
  changedHoursAgo?: number;
}
let customers = 0;
async function answered({
  survey = 'nps',
  score,
  drivers = [],
  customer,
  hoursAgo = 1,
  count = 1,
  first = score,
  changedHoursAgo = hoursAgo,
}: Some): Promise<void> {
  const at = new Date(NOW - hoursAgo * HOUR);
  const changed = new Date(NOW - changedHoursAgo * HOUR);
  const asked = Array.from({ length: count }, () => ({
    survey,
    requesterId: customer ?? (customers += 1),
    dueAt: at,
    state: 'answered' as const,
  }));
  const made = await database.db.insert(invitations).values(asked).returning({ id: invitations.id });
  await database.db
    .insert(responses)
    .values(made.map(({ id }) => ({ invitationId: id, score, drivers, answeredAt: at, changedAt: changed })));
  const seen = { agentKind: 'browser', unlikeBrowser: false, gesture: true, signals: null, trapFilled: false } as const;
  const sent = {
    agent: 'a',
    final: true,
    used: true,
    seen,
    verdict: 'human',
    points: 0,
    reasons: [] as string[],
  } as const;
  for (const { id: invitationId } of made)
    await database.db.insert(surveySubmissions).values([
      { ...sent, invitationId, at, score: first },
      { ...sent, invitationId, at: changed, score },
    ]);
}
const on = async () => (await listAlarms(database.db)).map(({ kind, about, n }) => [kind, about, n]);
const said = async () =>
  (await database.db.select().from(outbox)).map(({ payload }) =>
    (payload as SlackMessage).summary
      .map((part) => (typeof part === 'string' ? part : 'bold' in part ? part.bold : part.text))
      .join(''),
  );

describe('three unhappy customers who name one driver within a day', () => {
  test('are told of once, however many follow, and again only after it was over', async () => {
    await answered({ score: 6, drivers: ['speed', 'effort'] });
    await answered({ score: 0, drivers: ['speed'], hoursAgo: 23 });
    await watch();
    expect(await on()).toEqual([]);
    await answered({ survey: 'csat', score: 2, drivers: ['speed', 'speed'] });
    await watch();
    await answered({ score: 3, drivers: ['speed'] });
    await watch();
    expect(await on()).toEqual([['driver_named', 'speed', 4]]);
    expect(await said()).toEqual([
      'Unhappy customers name one reason: How fast it was. 3 of them in the last 24 hours.',
    ]);
    now = NOW + 2 * HOUR;
    await database.db.delete(responses).where(eq(responses.score, 3));
    await watch();
    expect(await on()).toEqual([['driver_named', 'speed', 2]]);
    now = NOW + 2 * DAY;
    await watch();
    expect(await on()).toEqual([]);
    expect(await said()).toHaveLength(1);
  });

  test.each<[string, Some[]]>([
    ['one customer thrice', [1, 2, 3].map(() => ({ score: 1, drivers: ['speed'], customer: 7_000 }))],
    ['happy ones', [{ score: 9, drivers: ['speed'], count: 5 }]],
    ['over two days', [1, 30, 40].map((hoursAgo) => ({ score: 1, drivers: ['speed'], hoursAgo }))],
    [
      'older ones that were bad before and got another word',
      [{ score: 1, drivers: ['speed'], hoursAgo: 48, first: 2, changedHoursAgo: 1, count: 5 }],
    ],
    ['different drivers', ['speed', 'effort', 'solution'].map((driver) => ({ score: 1, drivers: [driver] }))],
    ['agents in a pulse', [{ survey: 'pulse', score: 1, drivers: ['speed'], count: 5 }]],
  ])('are not %s', async (_what, some) => {
    for (const one of some) await answered(one);
    await watch();
    expect(await on()).toEqual([]);
  });

  test('may have answered well days ago, and badly today', async () => {
    await answered({ score: 2, drivers: ['speed'], hoursAgo: 48, first: 9, changedHoursAgo: 1, count: 3 });
    await watch();
    expect(await on()).toEqual([['driver_named', 'speed', 3]]);
  });

  test('may be more, or told never', async () => {
    await answered({ score: 1, drivers: ['speed'], count: 4 });
    for (const keys of ['driver_named_by: 5', 'driver_named_by: 0']) await watch(keys);
    expect(await on()).toEqual([]);
    await watch('driver_named_by: 4');
    expect(await on()).toEqual([['driver_named', 'speed', 4]]);
  });
});

describe('a score that falls beyond chance', () => {
  const month = 15 * 24;
  test('is told once with both scores and their answers', async () => {
    await answered({ score: 10, count: 80, hoursAgo: month });
    await answered({ score: 5, count: 20, hoursAgo: month });
    await answered({ score: 10, count: 20 });
    await answered({ score: 5, count: 30 });
    await watch();
    await watch();
    expect(await on()).toEqual([['score_fall', 'nps', 50]]);
    expect(await said()).toEqual([
      'NPS falls. -20 in the last 7 days (50 answers), 60 in the 28 days before (100 answers): more than chance explains.',
    ]);
  });

  test('is told of a share that was nearly all good', async () => {
    // 27 bad of 430: 1.9 of them expected in the last 7 days.
    await answered({ survey: 'csat', score: 5, count: 388, hoursAgo: month });
    await answered({ survey: 'csat', score: 1, count: 12, hoursAgo: month });
    await answered({ survey: 'csat', score: 5, count: 15 });
    await answered({ survey: 'csat', score: 1, count: 15 });
    await watch();
    expect(await on()).toEqual([['score_fall', 'csat', 30]]);
  });

  test.each<[string, Some[]]>([
    [
      'there are few answers',
      [
        { score: 10, count: 100, hoursAgo: month },
        { score: 0, count: 29 },
      ],
    ],
    [
      'there were few answers',
      [
        { score: 10, count: 29, hoursAgo: month },
        { score: 0, count: 50 },
      ],
    ],
    [
      'chance explains it',
      [
        { score: 10, count: 60, hoursAgo: month },
        { score: 5, count: 40, hoursAgo: month },
        { score: 10, count: 22 },
        { score: 5, count: 28 },
      ],
    ],
    [
      'it rises',
      [
        { score: 0, count: 100, hoursAgo: month },
        { score: 10, count: 50 },
      ],
    ],
  ])('is not told while %s', async (_what, some) => {
    for (const one of some) await answered(one);
    await watch();
    expect(await on()).toEqual([]);
  });

  test('ends later than it begins, so that it does not come and go', async () => {
    await answered({ score: 10, count: 60, hoursAgo: month });
    await answered({ score: 5, count: 40, hoursAgo: month });
    await answered({ score: 10, count: 15 });
    await answered({ score: 5, count: 40 });
    await watch();
    expect(await on()).toEqual([['score_fall', 'nps', 55]]);
    await answered({ score: 10, count: 7 });
    await watch();
    expect(await on()).toEqual([['score_fall', 'nps', 62]]);
    await answered({ score: 10, count: 60 });
    await watch();
    expect(await on()).toEqual([]);
  });

  test('is told only if the policy says so', async () => {
    await answered({ score: 10, count: 100, hoursAgo: month });
    await answered({ score: 0, count: 50 });
    await watch('score_falls: false');
    expect(await on()).toEqual([]);
  });
});
