import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { type ActionsFixture, createActionsFixture, LENA, OMAR } from '../sidebar/actions/testing/actions-fixture.ts';
import { type ApiApp, anApiApp } from '../sidebar/api/testing/api-app.ts';
import type { Agent } from '../sidebar/identity/agent.ts';
import { answerApprovalWith } from './approvals/answer-approval.ts';
import { requestApprovalWith, withdrawApproval } from './approvals/request-approval.ts';
import { recordRefundWith } from './record-refund.ts';
import { refundApprovals } from './tables.ts';
import { BY_HAND } from './testing/refunds-fixture.ts';

const tell = { hasAddress: () => false, ticketUrl: String };
const ACTIONS = [
  recordRefundWith(BY_HAND),
  requestApprovalWith(BY_HAND, tell),
  answerApprovalWith(BY_HAND),
  withdrawApproval,
];
const LIGHT: Agent = { ...LENA, id: 4, may: { edit: false, editTags: false, assignTo: 'own_groups' } };
const AGENTS = new Map([LENA, OMAR, LIGHT].map((agent) => [agent.id, agent]));
const usd = (minor: number) => ({ minor, currency: 'USD' });
const SECRET_WORDS = 'because it leaked';

let database: TestDatabase;
let fixture: ActionsFixture;
let api: ApiApp;
let approvalId = 0;
const logged: object[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  fixture = createActionsFixture(database);
  await fixture.placed(42);
  fixture.actsAt('2026-11-24T12:00:00Z');
  const log = (record: object, message: string): void => void logged.push({ ...record, message });
  api = anApiApp(database, {
    actions: ACTIONS,
    performAction: (action, { ticketId, agent }, input) => fixture.performs(action, ticketId, agent, input),
    findAgent: async (id) => {
      const agent = AGENTS.get(id);
      return agent ? { kind: 'agent', agent } : { kind: 'refused', reason: 'unknown' };
    },
    logger: { info: log, warn: log, error: log } as never,
  });
  await calls(LENA, 'post', 'refund-approvals', { amount: usd(6_000), reason: SECRET_WORDS, requestId: 'asked-one' });
  const [asked] = await database.db.select().from(refundApprovals);
  approvalId = asked?.id ?? 0;
});
beforeEach(() => {
  logged.length = 0;
  fixture.logged.length = 0;
});
afterAll(async () => {
  await api.close();
  await database.drop();
});

async function calls(agent: Agent, method: 'post' | 'put', path: string, body: object, token?: string) {
  const bearer = token ?? (await api.bearer(agent.id));
  return request(api.app)[method](`/api/tickets/42/${path}`).set('authorization', bearer).send(body);
}
const refund = (more: object = {}) => ({ amount: usd(1_000), reason: SECRET_WORDS, requestId: 'refund-one', ...more });
const approve = (asked: number, granted: number) => ({
  answer: 'approve',
  asked: usd(asked),
  granted: usd(granted),
  why: SECRET_WORDS,
});
const answers = (agent: Agent, body: object) => calls(agent, 'put', `refund-approvals/${approvalId}/answer`, body);

/** The token of one agent with another's name in it: the signature no longer fits. */
async function forgedToken(agent: Agent, as: Agent): Promise<string> {
  const [head, claims = '', signature] = (await api.bearer(agent.id)).split('.');
  const forged = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: String(as.id) };
  return [head, Buffer.from(JSON.stringify(forged)).toString('base64url'), signature].join('.');
}

const by = ({ id }: Agent) => ({ agentId: id, ticketId: 42 });
test.each<[string, () => Promise<{ status: number }>, number, object]>([
  [
    'a forged role',
    () => calls(LENA, 'post', 'refunds', refund({ role: 'admin', agentId: OMAR.id })),
    400,
    { ...by(LENA), action: 'record_refund', refusal: 'bad_request' },
  ],
  [
    'another agent’s token',
    async () => calls(LENA, 'post', 'refunds', refund(), await forgedToken(LENA, OMAR)),
    401,
    { ticketId: 42, method: 'POST', refusal: 'token_invalid' },
  ],
  [
    'the token of somebody who is no agent any more',
    () => calls({ ...LENA, id: 99 }, 'post', 'refunds', refund()),
    403,
    { agentId: 99, refusal: 'forbidden' },
  ],
  ['self-approval', () => answers(LENA, approve(6_000, 6_000)), 403, { ...by(LENA), refusal: 'forbidden' }],
  ['a tampered amount', () => answers(OMAR, approve(6_000, 6_001)), 400, { ...by(OMAR), refusal: 'bad_request' }],
  [
    'another field beside the amount',
    () => answers(OMAR, { ...approve(6_000, 6_000), granted: { ...usd(6_000), to: 'card_2' } }),
    400,
    { ...by(OMAR), action: 'answer_refund_approval', refusal: 'bad_request' },
  ],
  ['a light agent', () => calls(LIGHT, 'post', 'refunds', refund()), 403, { ...by(LIGHT), refusal: 'read_only' }],
])('%s is refused and logged without words, and nothing is refunded', async (_, attack, status, record) => {
  expect(await attack()).toMatchObject({ status });
  const log = [...logged, ...fixture.logged];
  expect(log).toEqual([expect.objectContaining(record)]);
  expect(JSON.stringify(log)).not.toContain('leaked');
  expect(await fixture.refunded()).toEqual([]);
});

test('a replayed approval is refused and logged, and refunds once', async () => {
  expect(await answers(OMAR, approve(6_000, 6_000))).toMatchObject({ status: 200 });
  fixture.logged.length = 0;
  // The same once more is the repetition of a lost answer; with another amount, or by another agent, it is a replay.
  expect(await answers(OMAR, approve(6_000, 5_000))).toMatchObject({ status: 409 });
  expect(await answers(LENA, approve(6_000, 6_000))).toMatchObject({ status: 403 });
  expect(fixture.logged).toMatchObject([
    { ...by(OMAR), refusal: 'approval_answered' },
    { ...by(LENA), refusal: 'forbidden' },
  ]);
  expect(await fixture.refunded()).toHaveLength(1);
});

test('a flood of forged calls does not fill the log', async () => {
  const token = await forgedToken(LENA, OMAR);
  await Promise.all(Array.from({ length: 200 }, () => calls(LENA, 'post', 'refunds', refund(), token)));
  // Sixty a minute, and one line that says so: a minute may end meanwhile.
  expect(logged.length).toBeLessThanOrEqual(122);
  expect(logged).toContainEqual({ message: expect.stringMatching(/^Many calls are refused/) });
});
