import type { Policy } from '@deskwright/shared';
import type { Timeline } from '@deskwright/shared/contract';
import { aTicketRow } from '../../testing/builders.ts';
import { pipelineDeps, silentLogger } from '../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { nameCustomer } from '../refunds/customers.ts';
import { openLedger } from '../refunds/ledger/ledger.ts';
import { goodwillTimeline, refundsTimeline } from '../refunds/timeline.ts';
import { LENA } from '../sidebar/actions/testing/actions-fixture.ts';
import { readTicket } from '../sidebar/card/read-ticket.ts';
import type { Agent, TimelineSource } from '../sidebar/index.ts';
import { timelineCall } from '../sidebar/timeline/timeline-call.ts';
import { invitations, responses } from '../surveys/tables.ts';
import { surveysTimeline } from '../surveys/timeline.ts';
import { tickets } from '../tickets/tables.ts';
import { toolRuns } from '../tools/tables.ts';
import { toolsTimeline, verificationsTimeline } from '../tools/timeline.ts';
import { verifications } from '../tools/verification/tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  await givenPast();
});
afterAll(() => database.drop());

const SOURCES = [surveysTimeline, refundsTimeline, goodwillTimeline, toolsTimeline, verificationsTimeline];
const ROBIN = 900;
const at = (hour: number) => new Date(Date.UTC(2026, 2, 1, hour));

/** One customer with one of everything, an hour apart, on two tickets of two groups; another customer with the same. */
async function givenPast(): Promise<void> {
  const { db } = database;
  for (const [requesterId, first] of [
    [ROBIN, 1],
    [901, 11],
  ] as const) {
    const by = { requesterId, agentId: LENA.id };
    const row = { requesterId, groupId: 11, assigneeId: null, organizationId: null };
    await db
      .insert(tickets)
      .values([
        aTicketRow({ ...row, id: first, subject: 'Tent', createdAt: at(1), solvedAt: at(8) }),
        aTicketRow({ ...row, id: first + 1, subject: 'Stove', groupId: 12, createdAt: at(9), solvedAt: null }),
      ]);
    const locked = { ...by, ticketId: first, method: 'questions', expiresAt: at(3) } as const;
    await db.insert(verifications).values([
      { ...locked, outcome: 'locked', at: at(2) },
      { ...locked, outcome: 'verified', method: 'code', at: at(3) },
    ]);
    const run = { ...by, ticketId: first } as const;
    await db.insert(toolRuns).values([
      { ...run, toolId: 'order', kind: 'read', state: 'done', askedAt: at(4) },
      { ...run, toolId: 'cancel', kind: 'write', state: 'in_doubt', askedAt: at(5) },
    ]);
    await db.transaction(async (tx) => {
      const customer = await nameCustomer(tx, requesterId);
      const refund = { amountMinor: 1250, currency: 'USD', payment: `manual:${first}`, day: '2026-03-01', customer };
      const one = { ...refund, ticketId: first, agentId: LENA.id, policyHash: null, rule: null };
      const entry = { ...one, approvedBy: null, providerRef: null, requestId: `refund-${first}` };
      const ledger = await openLedger(tx);
      await ledger.append([
        { ...entry, kind: 'payment', requestId: null, at: at(6) },
        { ...entry, kind: 'reserved', at: at(6) },
        { ...entry, kind: 'confirmed', at: at(6) },
        { ...entry, kind: 'reversed', at: at(7) },
      ]);
    });
    const sent = { requesterId, survey: 'nps', state: 'answered', dueAt: at(10) } as const;
    const [nps, pulse] = await db
      .insert(invitations)
      .values([
        { ...sent, ticketId: null },
        { ...sent, survey: 'pulse', ticketId: null },
      ])
      .returning({ id: invitations.id });
    const answer = { score: 9, answeredAt: at(10), changedAt: at(10) };
    await db.insert(responses).values([nps, pulse].map((one) => ({ ...answer, invitationId: one?.id ?? 0 })));
  }
}

const allow = { tiers: [], roles: [], agents: [] };
const TOOLS = [
  { id: 'order', name: 'Order status', allow: { ...allow, roles: ['agent'] } },
  { id: 'cancel', name: 'Cancel account', allow: { ...allow, agents: ['lena@northwind.test'] } },
] as unknown as Policy['tools'];

async function timeline(agent: Agent = LENA, sources: readonly TimelineSource[] = SOURCES): Promise<Timeline> {
  const { db } = database;
  const base = pipelineDeps(db, { clock: Date.now });
  const directory = { current: () => base.directory };
  const inForce = base.policy.current();
  const policy = { current: () => ({ policy: { ...inForce.policy, tools: TOOLS } }) };
  const found = await readTicket(db, 1);
  if (!found) throw new Error('no ticket');
  const call = timelineCall({ db, policy, directory, sources, logger: silentLogger });
  const answer = await call.answer({ ...found, agent }, {});
  if (answer.kind === 'refused') throw new Error(answer.refusal.message);
  return answer.body as Timeline;
}

test('everything that happened with the customer stands in one order, the newest first', async () => {
  const { entries, missing, hasMore } = await timeline();
  expect({ missing, hasMore }).toEqual({ missing: [], hasMore: false });
  const ofTicket = { ticketId: 1 };
  const amount = { minor: 1250, currency: 'USD' };
  expect(entries).toEqual(
    [
      { kind: 'answered', survey: 'nps', score: 9, outOf: 10, ticketId: null },
      { kind: 'opened', subject: 'Stove', ticketId: 2 },
      { kind: 'solved', subject: 'Tent', ...ofTicket },
      { kind: 'refund_reversed', amount, reasonCode: null, ...ofTicket },
      { kind: 'refunded', amount, reasonCode: null, ...ofTicket },
      { kind: 'tool_run', tool: 'Cancel account', state: 'in_doubt', ...ofTicket },
      { kind: 'looked_up', tool: 'Order status', ...ofTicket },
      { kind: 'verified', method: 'code', ...ofTicket },
      { kind: 'verification_locked', method: 'questions', ...ofTicket },
      { kind: 'opened', subject: 'Tent', ...ofTicket },
    ].map((event, n) => ({ ...event, at: at(10 - n).toISOString() })),
  );
});

test('an agent sees what happened on tickets that they may see', async () => {
  const { entries } = await timeline({ ...LENA, id: 77, sees: 'groups', groupIds: [11] });
  expect(entries.map(({ ticketId }) => ticketId)).not.toContain(2);
  expect(entries).toHaveLength(9);
});

test('a tool that the agent may not use, or that the policy no longer has, is not named', async () => {
  const told = async (agent: Agent) => JSON.stringify((await timeline(agent)).entries);
  expect(await told(LENA)).toContain('Cancel account');
  const other = await told({ ...LENA, email: 'kim@northwind.test' });
  expect(other).toContain('Order status');
  expect(other).not.toMatch(/cancel/i);
});

test('what cannot be read is named, and hides nothing else', async () => {
  const broken: TimelineSource = { name: 'refunds', read: () => Promise.reject(new Error('broken')) };
  const { entries, missing } = await timeline(LENA, [broken, toolsTimeline]);
  expect(missing).toEqual(['refunds']);
  expect(entries.map(({ kind }) => kind)).toEqual(['opened', 'solved', 'tool_run', 'looked_up', 'opened']);
});
