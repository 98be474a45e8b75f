import { sql } from 'drizzle-orm';
import { aDecision, aTicketRow } from '../../testing/builders.ts';
import { aZendesk, pipelineDeps, silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { alarms, reminders } from '../alerts/tables.ts';
import { people } from '../directory/tables.ts';
import {
  combinedRollups,
  history,
  measures,
  restatements,
  rollups,
  ticketSkips,
  waits,
  zendeskFigures,
} from '../history/tables.ts';
import { createMetrics } from '../platform/metrics/create-metrics.ts';
import { outbox } from '../platform/outbox/tables.ts';
import { evidenceTicks } from '../refunds/disputes/tables.ts';
import { adoptRecorded } from '../refunds/ledger/recorded-refunds.ts';
import { formerRequesters, foundPayments, paymentRefunds, refunds } from '../refunds/tables.ts';
import { categoryCorrections, escalations, guidanceTicks } from '../sidebar/tables.ts';
import { slackThreads } from '../slack/tables.ts';
import { followUpAnswers, followUps } from '../surveys/follow-ups/tables.ts';
import { answerImports, importedAnswers } from '../surveys/imports/tables.ts';
import {
  campaigns,
  invitations,
  pulseAnswers,
  pulseComments,
  pulseRounds,
  responses,
  surveyChoices,
  surveyOpenings,
  surveySubmissions,
  toldAnswers,
  zendeskSurveys,
} from '../surveys/tables.ts';
import { thankYous } from '../surveys/thank-you/tables.ts';
import { sweeps, sweepTickets } from '../tickets/redecide/tables.ts';
import { comments, decisions, inbox, redactedTickets, ticketMoves, tickets } from '../tickets/tables.ts';
import { toolRuns } from '../tools/tables.ts';
import { verificationChallenges, verifications } from '../tools/verification/tables.ts';
import { viewOverrules } from '../views/tables.ts';
import { createFeatures } from './features.ts';
import { retentionFeature } from './run-workers.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const NOW = new Date('2026-11-20T12:00:00Z');
const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * 86_400_000);
const [OLD, YOUNG] = [daysAgo(1_300), daysAgo(1)];

function theFeatures() {
  const { db } = database;
  const { signal } = new AbortController();
  const deps = pipelineDeps(db, { clock: () => NOW.getTime() });
  const context = {
    ...deps,
    config: {
      publicUrl: 'https://desk.test',
      webhookSecrets: ['s'],
      smtpUrl: null,
      dataDir: '/nowhere',
      mailFrom: 'desk@northwind.test',
      slack: {},
      zendesk: { baseUrl: 'https://northwind.zendesk.test' },
      sidebar: { appId: null, publicKey: null, sdkUrl: 'https://sdk.test' },
    },
    isWeb: false,
    receiving: db,
    listening: db,
    zendesk: aZendesk(),
    directory: { directory: deps.directory },
    metrics: createMetrics({ db, logger: silentLogger }),
    queue: { enqueueMany: async () => undefined },
    enqueue: async () => undefined,
    surveyDelayMs: null,
    signal,
  };
  const features = createFeatures(context as never);
  const all = [...features, retentionFeature([], { logger: silentLogger, signal })];
  return {
    tables: Object.assign({}, ...all.map(({ tables = {} }) => tables)) as Record<string, object>,
    prune: async () => {
      for (const { retention = [] } of all) for (const prune of retention) await prune(NOW, signal);
    },
    keys: Object.keys(deps.policy.current().policy.retention),
  };
}

async function tablesThere(): Promise<string[]> {
  const { rows } = await database.db.execute<{ name: string }>(sql`
    SELECT relname AS name FROM pg_class
    WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace ORDER BY relname`);
  return rows.map(({ name }) => name);
}
const undeclared = async () => {
  const { tables } = theFeatures();
  return (await tablesThere()).filter((name) => !(name in tables));
};

/** Two rows of every table that has a retention: one of long ago, and one of yesterday. */
async function givenRows(): Promise<void> {
  const { db } = database;
  for (const [id, at] of [
    [1, OLD],
    [2, YOUNG],
  ] as const) {
    const ticketId = id;
    const closed = { status: 'closed', waitingSince: null, createdAt: at, updatedAt: at, snapshotAt: at } as const;
    await db.insert(tickets).values(aTicketRow({ ...closed, id, requesterId: id, erasedAt: at }));
    await givenLog(ticketId, at);
    await givenSweep(ticketId, at);
    await db.insert(comments).values({ id, ticketId, author: 'customer', public: true, body: '', createdAt: at });
    await db.insert(redactedTickets).values({ ticketId, redactedAt: at });
    await db.insert(inbox).values({ batch: 1, type: 'x', body: {}, state: 'decided', receivedAt: at, finishedAt: at });
    await db.insert(outbox).values({ kind: 'x', key: `x${id}`, payload: {}, state: 'done', finishedAt: at, ticketId });
    await db.insert(people).values({ id, name: '', role: 'end-user', fetchedAt: at });
    const asked = { ticketId, survey: 'csat', category: 'refunds', requesterId: id, dueAt: at, solvedAt: at } as const;
    const invitation = { ...asked, state: 'answered', createdAt: at } as const;
    const [made] = await db.insert(invitations).values(invitation).returning({ id: invitations.id });
    const answered = { invitationId: made?.id ?? 0, at, agent: 'x' };
    await db.insert(responses).values({ ...answered, score: 4, answeredAt: at, changedAt: at });
    await db.insert(surveyOpenings).values({ ...answered, page: 'form' });
    await db.insert(surveyChoices).values({ ...answered, who: 'x', why: 'x' });
    const seen = {
      agentKind: 'browser',
      unlikeBrowser: false,
      gesture: true,
      signals: null,
      trapFilled: false,
    } as const;
    const sent = { ...answered, score: 4, final: true, seen, used: true } as const;
    await db.insert(surveySubmissions).values({ ...sent, verdict: 'human', points: 4, reasons: [] });
    await db.insert(thankYous).values({ id, requesterId: id, at });
    const due = { openedAt: at, dueAt: at, endedAt: at, state: 'closed' } as const;
    const followUp = { requesterId: id, survey: 'csat', action: 'new_ticket', ...due } as const;
    const [opened] = await db.insert(followUps).values(followUp).returning({ id: followUps.id });
    const joined = { invitationId: made?.id ?? 0, followUpId: opened?.id ?? 0, joinedAt: at };
    await db.insert(followUpAnswers).values(joined);
    await db.insert(zendeskSurveys).values({ id, requesterId: id, askedAt: at });
    const file = { source: 'typeform', survey: 'nps', file: 'nps.csv', added: 1, who: 'ana', at } as const;
    const [read] = await db.insert(answerImports).values(file).returning({ importId: answerImports.id });
    const imported = { source: 'typeform', survey: 'nps', score: 9, answeredAt: at } as const;
    await db.insert(importedAnswers).values({ importId: read?.importId ?? 0, ...imported });
    const view = { viewId: 1, title: 'v', found: {}, wanted: {}, overruled: '' };
    await db.insert(alarms).values({ kind: 'oldest_wait', since: at, until: at, n: 1 });
    await db.insert(reminders).values({ ticketId, kind: 'wait', since: at, step: 100, notifiedAt: at });
    await db.insert(slackThreads).values({ channel: 'leads', key: `answer:${id}`, ts: '1.000001', at });
    await db.insert(toldAnswers).values({ ...answered, revision: 1, score: 4, channels: ['leads'] });
    await db.insert(viewOverrules).values({ ...view, foundAt: at });
    await givenHistory(ticketId, at);
    await givenPulse(at);
  }
}

async function givenPulse(at: Date): Promise<void> {
  const { db } = database;
  const campaign = { survey: 'pulse', state: 'done', repeats: false, startsAt: at, endsAt: at, who: 'x' } as const;
  const [made] = await db.insert(campaigns).values(campaign).returning({ id: campaigns.id });
  const round = { campaignId: made?.id ?? 0, round: 1 };
  await db.insert(pulseRounds).values({ ...round, startsAt: at, closedAt: at, asked: 5, answered: 5 });
  await db.insert(pulseAnswers).values({ ...round, score: 4 });
  await db.insert(pulseComments).values({ ...round, comment: 'x' });
}

async function givenSweep(ticketId: number, createdAt: Date): Promise<void> {
  const { db } = database;
  const asked = { origin: 'operator', state: 'done', filter: {}, who: 'x', createdAt } as const;
  const [made] = await db.insert(sweeps).values(asked).returning({ id: sweeps.id });
  const place = { category: 'x', tier: 'x', priority: null, groupId: null };
  const swept = { sweepId: made?.id ?? 0, ticketId, before: place, after: place, change: {} };
  await db.insert(sweepTickets).values({ ...swept, state: 'changed' });
}

async function givenHistory(ticketId: number, at: Date): Promise<void> {
  const { db } = database;
  await db.insert(history).values({ ticketId, at, kind: 'status', value: 'new', source: 'event' });
  await db.insert(zendeskFigures).values({ ticketId, createdAt: at, readAt: at });
  await db.insert(measures).values({ ticketId, figure: 'arrivals', at });
  await db.insert(waits).values({ ticketId, since: at, until: at });
  const sums = { n: 1, total: 1, met: 0, missed: 0, fromZendesk: 0, bins: [] };
  const all = { dimension: 'all', member: '', clock: 'calendar' } as const;
  await db.insert(rollups).values({ grain: 'day', figure: 'arrivals', ...all, bucket: at, ...sums });
  const placed = { tier: '', category: '', channel: '', groupId: '', clock: 'calendar' } as const;
  await db.insert(combinedRollups).values({ grain: 'week', figure: 'arrivals', ...placed, bucket: at, ...sums });
  await db.insert(ticketSkips).values({ id: ticketId, ticketId, agentId: 2, at, reason: 'x' });
  await db.insert(restatements).values({ day: at.toISOString().slice(0, 10), at, tickets: 1 });
}

/** What is kept longer of tickets that are open. */
async function givenLog(ticketId: number, at: Date): Promise<void> {
  const { db } = database;
  const placed = { category: 'refunds', tier: 't1', outcome: 'acted', policyHash: 'x', trigger: 'x' } as const;
  await db.insert(decisions).values({ ...placed, ticketId, decidedAt: at, decision: aDecision(), sentence: 'x' });
  await db.insert(ticketMoves).values({ ticketId, fromGroupId: 1, toGroupId: 2, movedAt: at });
  const before = { category: 'x', tier: 'x', placedBy: 'policy', groupId: null } as const;
  const corrected = { ticketId, agentId: 2, before, toCategory: 'y', toTier: 't1' };
  await db.insert(categoryCorrections).values({ ...corrected, correctedAt: at });
  const form = { ticketId, requestId: `${ticketId}`, agentId: 2, target: 't2', said: [] };
  await db.insert(escalations).values({ ...form, kind: 'tier', escalatedAt: at });
  await db.insert(guidanceTicks).values({ ticketId, stepId: 's', agentId: 2, doneAt: at });
  const used = { ticketId, requesterId: ticketId, agentId: 2 };
  await db.insert(toolRuns).values({ ...used, toolId: 'x', kind: 'read', state: 'done', askedAt: at });
  const code = { ...used, requestId: `code-${ticketId}`, method: 'code' } as const;
  await db.insert(verificationChallenges).values({ ...code, state: 'ended', askedAt: at });
  await db.insert(verifications).values({ ...used, method: 'code', outcome: 'verified', at, expiresAt: at });
  const refund = { ticketId, agentId: 2, amountMinor: 1250, currency: 'USD', state: 'granted', reason: 'x' } as const;
  await db.insert(refunds).values({ ...refund, grantedAt: at });
  const instrument = { kind: 'card', brand: null, last4: null };
  const charge = {
    ticketId,
    payment: `stripe:${ticketId}`,
    amountMinor: 1250,
    currency: 'USD',
    instrument,
    matchedBy: 'email',
  } as const;
  await db.insert(foundPayments).values({ ...charge, refundedMinor: 0, paidAt: at, isDisputed: false, readAt: at });
  await db.insert(evidenceTicks).values({ ticketId, payment: charge.payment, evidence: 'x', agentId: 2, doneAt: at });
  await db.insert(formerRequesters).values({ ticketId, requesterId: 1, at });
  const made = { requestId: `${ticketId}`, agentId: 2, state: 'succeeded', reason: 'x', startedAt: at } as const;
  await db.insert(paymentRefunds).values({ ...charge, ...made });
}

async function counts(): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const name of await tablesThere()) {
    const { rows } = await database.db.execute<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM ${sql.identifier(name)}`,
    );
    found[name] = rows[0]?.n ?? 0;
  }
  return found;
}

test('every table has a retention, or a reason why none of its rows need one', async () => {
  expect(await undeclared()).toEqual([]);
  const { tables, keys } = theFeatures();
  expect(Object.keys(tables).filter((name) => 'keptFor' in (tables[name] ?? {}))).not.toHaveLength(0);
  const lives = Object.values(tables);
  expect(keys).toEqual(expect.arrayContaining(lives.flatMap((life) => ('keptFor' in life ? [life.keptFor] : []))));
  const reasons = lives.flatMap((life) => ('staysBecause' in life ? [life.staysBecause] : []));
  expect(reasons).toEqual(reasons.map(() => expect.stringMatching(/\w+ \w+/)));
  // Nobody may name a table that is not there any more.
  expect(Object.keys(tables).toSorted()).toEqual(await tablesThere());
});

test('reports a new table without a retention', async () => {
  await database.db.execute(sql`CREATE TABLE newcomers (id bigint PRIMARY KEY)`);
  try {
    expect(await undeclared()).toEqual(['newcomers']);
  } finally {
    await database.db.execute(sql`DROP TABLE newcomers`);
  }
});

test('deletes old rows and keeps recent ones in every table with a retention', async () => {
  const { tables, prune } = theFeatures();
  await givenRows();
  const kept = Object.keys(tables).filter((name) => 'keptFor' in (tables[name] ?? {}));
  const before = await counts();
  // Whoever gives a table a retention adds its rows to those above.
  expect(Object.fromEntries(kept.map((name) => [name, before[name]]))).toEqual(
    Object.fromEntries(kept.map((name) => [name, 2])),
  );
  await prune();
  const after = await counts();
  expect(Object.fromEntries(kept.map((name) => [name, after[name]]))).toEqual(
    Object.fromEntries(kept.map((name) => [name, 1])),
  );
  await prune();
  expect(await counts()).toEqual(after);
});

test('keeps the amount of an old refund without its reason', async () => {
  await givenRows();
  await theFeatures().prune();
  expect(await database.db.select().from(refunds).orderBy(refunds.id)).toMatchObject([
    { ticketId: 1, amountMinor: 1250, reason: null },
    { ticketId: 2, amountMinor: 1250, reason: 'x' },
  ]);
});

test('keeps everything that the sidebar shows of an open ticket', async () => {
  await database.db.insert(tickets).values(aTicketRow({ id: 7, status: 'open', createdAt: OLD, updatedAt: OLD }));
  await givenLog(7, OLD);
  await adoptRecorded(database.db, 'UTC');
  const before = await counts();
  await theFeatures().prune();
  expect(await counts()).toEqual(before);
});

test('what was only observed goes with the effects, but for open tickets, where it may still be activated, and refunds that are reserved', async () => {
  const { db } = database;
  for (const [id, status] of [
    [7, 'open'],
    [8, 'solved'],
  ] as const)
    await db.insert(tickets).values(aTicketRow({ id, status, createdAt: OLD, updatedAt: OLD }));
  for (const [key, ticketId, createdAt] of [
    ['open', 7, OLD],
    ['solved', 8, OLD],
    ['solved lately', 8, YOUNG],
    ['of no ticket', null, OLD],
    ['refund', 8, OLD],
  ] as const)
    await db.insert(outbox).values({
      kind: key === 'refund' ? 'refund_payment' : 'x',
      key,
      ticketId,
      payload: {},
      state: 'observed',
      createdAt,
    });
  await theFeatures().prune();
  const left = await db.select({ key: outbox.key }).from(outbox).orderBy(outbox.id);
  expect(left.map(({ key }) => key)).toEqual(['open', 'solved lately', 'refund']);
});

test('deletes thousands of old rows in batches', async () => {
  await database.db.execute(sql`
    INSERT INTO decisions (ticket_id, trigger, policy_hash, decided_at, outcome, category, tier, decision, sentence)
    SELECT n, 'x', 'x', CASE WHEN n <= 12000 THEN ${OLD.toISOString()}::timestamptz ELSE ${YOUNG.toISOString()}::timestamptz END,
      'acted', 'refunds', 't1', '{}', 'x' FROM generate_series(1, 12500) AS n`);
  await theFeatures().prune();
  expect((await counts())['decisions']).toBe(500);
});
