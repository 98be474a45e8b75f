import request from 'supertest';
import { z } from 'zod';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aRestTicket } from '../../tickets/process/testing/pipeline-fixture.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { anId, DONE, defineAction, refuse } from '../actions/action.ts';
import { allActions } from '../actions/perform-action.ts';
import { type ApiApp, anApiApp, LENA } from './testing/api-app.ts';

let database: TestDatabase;
let fixture: ApiApp;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => {
  fixture = anApiApp(database);
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const ESCALATION = { to: { kind: 'tier', id: 't2' }, fields: { summary: 'It leaks' }, requestId: 'form-0001' };

/** Every route about one ticket, with a body it takes. */
const ROUTES = [
  ['get', '/api/tickets/42/card', undefined],
  ['put', '/api/tickets/42/category', { from: 'refunds', category: 'bug' }],
  ['delete', '/api/tickets/42/corrections/3', undefined],
  ['put', '/api/tickets/42/steps/thank-them', { done: true }],
  ['post', '/api/tickets/42/escalations', ESCALATION],
  ['get', '/api/live?ticket=42', undefined],
] as const;

async function call(
  [method, path, body]: readonly ['get' | 'put' | 'post' | 'delete', string, unknown],
  authorization?: string,
) {
  const asked = request(fixture.app)[method](path);
  if (authorization) asked.set('authorization', authorization);
  return body === undefined ? asked : asked.send(body as object);
}

const away = new ZendeskError('unavailable', 'GET users/7 answered 503', 503);

describe('authentication', () => {
  test.each(ROUTES)('refuses a call without a token: %s %s', async (...route) => {
    const answer = await call(route);
    expect(answer).toMatchObject({ status: 401, body: { error: 'token_missing' } });
    expect(answer.headers).toMatchObject({ 'www-authenticate': 'Bearer', 'cache-control': 'no-store' });
  });

  test('refuses an expired token', async () => {
    const bearer = await fixture.bearer();
    fixture.wait(301_000);
    expect(await call(ROUTES[0], bearer)).toMatchObject({ status: 401, body: { error: 'token_expired' } });
  });

  test('refuses the renewal in place of the access token, an invalid token, and another scheme', async () => {
    const { renewal, accessToken } = await fixture.sessions.open({ id: LENA, name: 'Lena', locale: 'de' } as never);
    expect(await call(ROUTES[0], `Bearer ${renewal}`)).toMatchObject({ status: 401, body: { error: 'token_invalid' } });
    expect(await call(ROUTES[0], 'Bearer a.b.c')).toMatchObject({ status: 401, body: { error: 'token_invalid' } });
    expect(await call(ROUTES[0], `Basic ${accessToken}`)).toMatchObject({
      status: 401,
      body: { error: 'token_missing' },
    });
  });

  test.each([
    [{ suspended: true }, 'suspended'],
    [{ role: 'end-user' }, 'customer’s'],
    [{ active: false }, 'no such user'],
  ] as const)('refuses an agent who is now %j, with the reason', async (rights, words) => {
    await fixture.givenTicket();
    const bearer = await fixture.bearer();
    expect(await call(ROUTES[0], bearer)).toMatchObject({ status: 200 });
    fixture.lenaIs(rights);
    expect(await call(ROUTES[0], bearer)).toMatchObject({
      status: 403,
      body: { error: 'forbidden', message: expect.stringContaining(words) },
    });
  });

  test('refuses with the time to retry while Zendesk has never identified the agent', async () => {
    fixture.zendesk.faults.next('showAgent', away);
    const answer = await call(ROUTES[0], await fixture.bearer());
    expect(answer).toMatchObject({ status: 503, body: { error: 'unavailable' } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('access to tickets', () => {
  test.each(ROUTES)('refuses tickets of another group to an agent restricted to groups: %s %s', async (...route) => {
    await fixture.givenTicket({ groupId: 12 });
    fixture.lenaIs({ ticket_restriction: 'groups', group_ids: [11] });
    expect(await call(route, await fixture.bearer())).toMatchObject({
      status: 403,
      body: { error: 'forbidden', message: 'Zendesk does not show you this ticket.' },
    });
    expect(fixture.heard).toEqual([]);
  });

  test.each(ROUTES)('gives the same answer for a ticket that does not exist: %s %s', async (...route) => {
    fixture.lenaIs({ ticket_restriction: 'assigned' });
    expect(await call(route, await fixture.bearer())).toMatchObject({
      status: 403,
      body: { error: 'forbidden', message: 'Zendesk does not show you this ticket.' },
    });
  });

  test.each([
    [{ ticket_restriction: 'groups', group_ids: [11] }, { groupId: 11 }, 200],
    [{ ticket_restriction: 'groups', group_ids: [] }, { groupId: 11, assigneeId: LENA }, 200],
    [{ ticket_restriction: 'assigned', group_ids: [11] }, { groupId: 11 }, 403],
    [{ ticket_restriction: 'assigned' }, { assigneeId: LENA }, 200],
    [{ ticket_restriction: 'organization', organization_id: 5 }, { organizationId: 5 }, 200],
    [{ ticket_restriction: 'organization', organization_id: null }, { organizationId: null }, 403],
    [{ custom_role_id: 9, ticket_access: 'within-groups', group_ids: [12] }, { groupId: 11 }, 403],
    [{ role: 'admin', ticket_restriction: 'assigned' }, {}, 200],
  ] as const)('%j, ticket %j: %d', async (rights, ticket, status) => {
    await fixture.givenTicket(ticket);
    fixture.lenaIs(rights as never);
    expect((await call(ROUTES[0], await fixture.bearer())).status).toBe(status);
  });

  test('reads a ticket that only Zendesk has from Zendesk, and adds it', async () => {
    fixture.zendesk.account.tickets.set(43, aRestTicket({ id: 43, group_id: 12, assignee_id: null }));
    const card = () => fixture.bearer().then((bearer) => call(['get', '/api/tickets/43/card', undefined], bearer));
    fixture.lenaIs({ ticket_restriction: 'groups', group_ids: [11] });
    expect((await card()).status).toBe(403);
    expect(fixture.heard).toEqual([]);
    fixture.lenaIs({ ticket_restriction: 'groups', group_ids: [12] });
    expect((await card()).status).toBe(200);
    expect(fixture.heard).toEqual([{ what: 'learn', with: 43 }, { what: 'effects' }]);
  });

  test('answers 404 to an agent who sees all tickets for one that Zendesk does not have', async () => {
    expect(await call(ROUTES[0], await fixture.bearer())).toMatchObject({ status: 404, body: { error: 'not_found' } });
  });
});

describe('calls', () => {
  beforeEach(() => fixture.givenTicket());

  test('return the card, uncached', async () => {
    const answer = await call(ROUTES[0], await fixture.bearer());
    expect(answer).toMatchObject({ status: 200, body: { ticket: { id: 42 } } });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test.each([
    [1, 200, { what: 'correct_category', with: { from: 'refunds', category: 'bug' } }],
    [2, 200, { what: 'undo_correction', with: { correctionId: 3 } }],
    [3, 200, { what: 'tick_step', with: { stepId: 'thank-them', done: true } }],
    [4, 201, { what: 'escalate_ticket', with: ESCALATION }],
  ] as const)('act %d answers %d with the card, and its effects are performed at once', async (route, status, act) => {
    const answer = await call(ROUTES[route], await fixture.bearer());
    expect(answer).toMatchObject({ status, body: { ticket: { id: 42 } } });
    expect(fixture.heard).toMatchObject([act, { what: 'effects' }]);
    expect(fixture.heard[0]).toMatchObject({ with: { ticketId: 42, agent: { id: LENA, sees: 'all' } } });
  });

  test.each([
    ['put', '/api/tickets/42/category', { category: 7 }],
    ['put', '/api/tickets/42/category', {}],
    ['put', '/api/tickets/42/category', { category: 'bug' }],
    ['put', '/api/tickets/42/steps/x', { done: 'yes' }],
    ['post', '/api/tickets/42/escalations', { ...ESCALATION, to: { kind: 'moon', id: 'x' } }],
    ['post', '/api/tickets/42/escalations', { ...ESCALATION, requestId: '' }],
    ['get', '/api/tickets/0/card', undefined],
    ['get', '/api/tickets/42.5/card', undefined],
    ['get', '/api/tickets/99999999999999999999/card', undefined],
    ['delete', '/api/tickets/42/corrections/x', undefined],
    ['get', '/api/live', undefined],
    ['get', '/api/live?ticket=42&ticket=43', undefined],
  ] as const)('with malformed input are refused: %s %s %j', async (...route) => {
    const answer = await call(route, await fixture.bearer());
    expect(answer).toMatchObject({ status: 400, body: { error: 'bad_request', message: expect.any(String) } });
    expect(fixture.heard).toEqual([]);
  });

  test('with a form field of excessive length are refused', async () => {
    const form = { ...ESCALATION, fields: { summary: 'x'.repeat(10_001) } };
    expect((await call(['post', '/api/tickets/42/escalations', form], await fixture.bearer())).status).toBe(400);
  });

  test('with invalid or oversized JSON are refused in the same form', async () => {
    const put = async (body: string) =>
      request(fixture.app)
        .put('/api/tickets/42/category')
        .set({ authorization: await fixture.bearer(), 'content-type': 'application/json' })
        .send(body);
    expect(await put('{"category":')).toMatchObject({ status: 400, body: { error: 'bad_request' } });
    expect(await put(`{"category":"${'x'.repeat(300_000)}"}`)).toMatchObject({
      status: 400,
      body: { error: 'bad_request' },
    });
  });

  test('to unknown addresses get 404 in the same form', async () => {
    expect(await call(['get', '/api/nothing', undefined], await fixture.bearer())).toMatchObject({
      status: 404,
      body: { error: 'not_found' },
    });
  });

  test('for guidance of an unsaved ticket are allowed for every agent', async () => {
    fixture.lenaIs({ ticket_restriction: 'assigned' });
    expect(await call(['get', '/api/guidance', undefined], await fixture.bearer())).toMatchObject({
      status: 200,
      body: { toneOfVoice: 'Warm and brief' },
    });
  });
});

describe('the next access token', () => {
  const renew = (renewal: unknown) => request(fixture.app).post('/api/session').send({ renewal });
  const signIn = () => fixture.sessions.open({ id: LENA, name: 'Lena', locale: 'en-US' } as never);

  test("is issued for a renewal, with the agent's current data in Zendesk", async () => {
    const { renewal } = await signIn();
    fixture.wait(3_600_000);
    const { body } = await renew(renewal).expect(200);
    expect(body).toMatchObject({ renewal, agent: { id: LENA, name: 'Lena', locale: 'de' } });
    expect(await fixture.sessions.readAccess(body.accessToken)).toMatchObject({ kind: 'agent', agentId: LENA });
  });

  test('is not issued for an access token, without a token, or after the working day', async () => {
    const { renewal, accessToken } = await signIn();
    expect(await renew(accessToken)).toMatchObject({ status: 401, body: { error: 'token_invalid' } });
    expect(await renew('')).toMatchObject({ status: 400, body: { error: 'bad_request' } });
    expect(await renew(undefined)).toMatchObject({ status: 400, body: { error: 'bad_request' } });
    fixture.wait(12 * 3_600_000);
    expect(await renew(renewal)).toMatchObject({ status: 401, body: { error: 'token_expired' } });
  });

  test('is not issued to an agent who was suspended two minutes ago', async () => {
    await fixture.givenTicket();
    const { renewal, accessToken } = await signIn();
    await call(ROUTES[0], `Bearer ${accessToken}`);
    fixture.lenaIs({ suspended: true });
    expect(await renew(renewal)).toMatchObject({ status: 403, body: { error: 'forbidden' } });
  });
});

test('refuses too many calls, counting each agent separately', async () => {
  fixture = anApiApp(database, { limits: { perAgent: 2 } });
  await fixture.givenTicket();
  fixture.zendesk.account.users.push({
    id: 8,
    name: 'Ben',
    email: null,
    role: 'agent',
    suspended: false,
    locale: null,
  });
  for (let i = 0; i < 2; i++) expect((await call(ROUTES[0], await fixture.bearer())).status).toBe(200);
  const refused = await call(ROUTES[0], await fixture.bearer());
  expect(refused).toMatchObject({ status: 429, body: { error: 'too_many_requests' } });
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  expect((await call(ROUTES[0], await fixture.bearer(8))).status).toBe(200);
});

test('returns a refusal unchanged, and performs nothing', async () => {
  const missing = refuse('fields_missing', 'Say what was tried.', { fields: ['steps_tried'] });
  fixture = anApiApp(database, { performAction: async () => missing });
  await fixture.givenTicket();
  const answer = await call(ROUTES[4], await fixture.bearer());
  expect([answer.status, answer.body]).toEqual([422, missing.refusal]);
  expect(fixture.heard).toEqual([]);
});

test('records an action on a ticket that the agent may not see as refused', async () => {
  const logged: object[] = [];
  const info = (record: object) => void logged.push(record);
  fixture = anApiApp(database, { logger: { ...silentLogger, info } as never });
  await fixture.givenTicket({ groupId: 12 });
  fixture.lenaIs({ ticket_restriction: 'groups', group_ids: [11] });
  await call(ROUTES[4], await fixture.bearer());
  expect(logged).toEqual([{ action: 'escalate_ticket', ticketId: 42, agentId: LENA, refusal: 'forbidden' }]);
});

test('routes an action of another feature, and parses path and body with its schemas', async () => {
  const action = defineAction({
    name: 'refund',
    method: 'post',
    path: '/orders/:orderId/refunds',
    params: z.object({ orderId: anId }),
    body: z.object({ cents: z.int().positive() }),
    status: 201,
    permission: { right: 'edit' },
    perform: async () => DONE,
  });
  fixture = anApiApp(database, { actions: allActions([action]) });
  await fixture.givenTicket();
  const refund = async (path: string, body: object) => call(['post', path, body], await fixture.bearer());
  expect(await refund('/api/tickets/42/orders/9/refunds', { cents: 500, more: 1 })).toMatchObject({ status: 201 });
  expect(fixture.heard[0]).toMatchObject({ what: 'refund' });
  expect(fixture.heard[0]?.with).toEqual({ ticketId: 42, agent: expect.anything(), orderId: 9, cents: 500 });
  expect(await refund('/api/tickets/42/orders/9/refunds', { cents: -1 })).toMatchObject({
    status: 400,
    body: { message: '"cents" is not valid.' },
  });
  expect(await refund('/api/tickets/42/orders/x/refunds', { cents: 1 })).toMatchObject({ status: 400 });
});

test('does not undo an action when the queue is unavailable', async () => {
  fixture = anApiApp(database, { onAct: () => Promise.reject(new Error('queue away')) });
  await fixture.givenTicket();
  expect((await call(ROUTES[3], await fixture.bearer())).status).toBe(200);
});

test('answers 404 for a ticket that could not be added yet, with the time to retry', async () => {
  fixture = anApiApp(database, { readCard: async () => null });
  await fixture.givenTicket();
  expect(await call(ROUTES[0], await fixture.bearer())).toMatchObject({
    status: 404,
    body: { message: expect.stringContaining('as soon as it is decided') },
  });
});

describe('a ticket that only Zendesk has, when Zendesk', () => {
  const unreadable = new ZendeskError('unavailable', 'show ticket answered without the id we rely on', 200);
  test.each([
    ['times out', new ZendeskError('unavailable', 'GET tickets/43 timed out', null), 'does not answer', 5],
    ['is busy', new ZendeskError('busy', 'GET tickets/43 answered 429', 429, 42_000), 'in 42 seconds', 42],
    ['refuses our login', new ZendeskError('forbidden', 'GET tickets/43 answered 403', 403), '/readyz', 5],
    ['answers in another shape', unreadable, 'cannot use', 5],
    ['refuses the call', new ZendeskError('rejected', 'GET tickets/43 answered 422', 422), 'cannot use', 5],
    ['is in conflict', new ZendeskError('conflict', 'GET tickets/43 answered 409', 409), 'cannot use', 5],
  ] as const)('%s: answers 503 with what to do, never a caller error', async (_what, error, words, retryAfter) => {
    for (const route of [
      ['get', '/api/tickets/43/card', undefined],
      ['put', '/api/tickets/43/category', { from: 'refunds', category: 'bug' }],
      ['get', '/api/live?ticket=43', undefined],
    ] as const) {
      fixture.zendesk.faults.next('showTicket', error);
      const answer = await call(route, await fixture.bearer());
      expect(answer).toMatchObject({
        status: 503,
        body: { error: 'unavailable', message: expect.stringContaining(words) },
      });
      expect(answer.headers['retry-after']).toBe(String(retryAfter));
    }
  });

  test('never answers: answers 503 within the time limit', async () => {
    fixture = anApiApp(database, { limits: { maxWaitMs: 50 } });
    fixture.zendesk.showTicket = () => new Promise(() => {});
    expect(await call(['get', '/api/tickets/43/card', undefined], await fixture.bearer())).toMatchObject({
      status: 503,
      body: { error: 'unavailable' },
    });
  });

  test('is slow to return the conversation: shows the card, and the conversation later', async () => {
    fixture = anApiApp(database, {
      limits: { maxWaitMs: 50 },
      addTicket: () => new Promise(() => {}),
      readCard: async () => null,
    });
    fixture.zendesk.account.tickets.set(43, aRestTicket({ id: 43, group_id: null }));
    expect(await call(['get', '/api/tickets/43/card', undefined], await fixture.bearer())).toMatchObject({
      status: 404,
      body: { message: expect.stringContaining('as soon as it is decided') },
    });
  });
});

test('answers 503 while the database is unavailable, and 500 without details for an internal error', async () => {
  const broken = await createTestDatabase();
  await broken.drop();
  const bearer = await fixture.bearer();
  fixture = anApiApp(database, { db: broken.db });
  // A pool that has ended refuses without a code, which no outage does.
  expect(await call(ROUTES[0], bearer)).toMatchObject({ status: 500, body: { error: 'internal' } });
  fixture = anApiApp(database, {
    readCard: () => Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })),
  });
  await fixture.givenTicket();
  const answer = await call(ROUTES[0], bearer);
  expect(answer).toMatchObject({ status: 503, body: { error: 'unavailable' } });
  expect(answer.text).not.toContain('ECONNREFUSED');
});
