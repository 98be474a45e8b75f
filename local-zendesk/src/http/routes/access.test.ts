import supertest from 'supertest';
import { anApi } from '../testing/an-api.ts';

const credentials = { grant_type: 'client_credentials', client_id: 'deskwright', client_secret: 'secret' };

describe('OAuth', () => {
  it('issues a token for client credentials, as JSON and as a form, valid for thirty minutes', async () => {
    const { app, grant, clock } = anApi();
    const json = await grant({ ...credentials, scope: 'read write' });
    expect(json.status).toBe(201);
    expect(json.body).toMatchObject({ token_type: 'bearer', scope: 'read write', expires_in: 1800 });
    const form = await supertest(app)
      .post('/oauth/tokens')
      .type('form')
      .send({ ...credentials, scope: 'read' });
    const bearer = { authorization: `Bearer ${form.body.access_token}` };
    const me = () => supertest(app).get('/api/v2/tickets.json').set(bearer);
    expect((await me()).status).toBe(200);
    clock.forward(31 * 60);
    const expired = await me();
    expect([expired.status, expired.body.error]).toEqual([401, 'invalid_token']);
  });

  it('rotates on refresh and revokes the previous pair', async () => {
    const { grant, app } = anApi();
    const first = (await grant({ ...credentials, scope: 'read' })).body;
    const refresh = (refresh_token: string) => grant({ ...credentials, grant_type: 'refresh_token', refresh_token });
    const second = (await refresh(first.refresh_token)).body;
    expect(second.access_token).not.toBe(first.access_token);
    expect((await refresh(first.refresh_token)).status).toBe(400);
    const status = async (token: string) =>
      (await supertest(app).get('/api/v2/tickets').set('authorization', `Bearer ${token}`)).status;
    expect([await status(first.access_token), await status(second.access_token)]).toEqual([401, 200]);
  });

  it('issues a token for a misspelt scope, which then gets 403 on every call', async () => {
    const { grant, app } = anApi();
    const { body } = await grant({ ...credentials, scope: 'raed wirte' });
    const call = await supertest(app).get('/api/v2/tickets').set('authorization', `Bearer ${body.access_token}`);
    expect([call.status, call.body.description]).toEqual([403, expect.stringContaining('required scopes')]);
    const current = await supertest(app)
      .get('/api/v2/oauth/tokens/current')
      .set('authorization', `Bearer ${body.access_token}`);
    expect(current.status).toBe(403);
  });

  it.each([
    [{ ...credentials, client_secret: 'wrong' }, 401, 'invalid_client'],
    [{ ...credentials, grant_type: 'password' }, 400, 'unsupported_grant_type'],
    [{ ...credentials, expires_in: 10 }, 400, 'invalid_request'],
    [{}, 400, 'invalid_request'],
  ])('refuses %j', async (body, status, error) => {
    const reply = await anApi().grant(body);
    expect([reply.status, reply.body.error]).toEqual([status, error]);
  });

  it('refuses scopes beyond those of the client', async () => {
    const { account, grant, admin } = anApi();
    account.oauth.createClient(
      { identifier: 'small', secret: 's', user_id: admin.id, scopes: ['read'] },
      { id: admin.id },
    );
    const body = { grant_type: 'client_credentials', client_id: 'small', client_secret: 's', scope: 'read write' };
    const reply = await grant(body);
    expect([reply.status, reply.body.error]).toEqual([400, 'invalid_scope']);
  });

  it('revokes the current token', async () => {
    const { withScopes } = anApi();
    const call = withScopes(['read', 'write']);
    expect((await call('delete', '/oauth/tokens/current')).status).toBe(204);
    expect((await call('get', '/tickets')).status).toBe(401);
  });
});

describe('scopes', () => {
  it.each([
    [['read'], 'get', '/tickets', 200],
    [['write'], 'get', '/tickets', 403],
    [['read'], 'post', '/tickets', 403],
    [['tickets:write'], 'post', '/tickets', 400],
    [['tickets:write'], 'get', '/views', 403],
    [['ticket_views:read'], 'get', '/views', 200],
    [['tickets:read'], 'get', '/search?query=x', 403],
    [['webhooks:read'], 'get', '/webhooks', 200],
  ] as const)('%j on %s %s answers %i', async (scopes, method, path, status) => {
    expect((await anApi().withScopes(scopes)(method, path)).status).toBe(status);
  });
});

describe('roles', () => {
  it('answer 401 without a login, except users/me, which answers 200 with no user', async () => {
    const { anonymous } = anApi();
    expect((await anonymous('get', '/tickets')).status).toBe(401);
    const me = await anonymous('get', '/users/me.json');
    expect([me.status, me.body.user.id, me.body.user.name]).toEqual([200, null, 'Anonymous user']);
  });

  it('allow agents to read tickets but not the incremental export, and customers neither', async () => {
    const { withScopes, agent, customer } = anApi();
    const asAgent = withScopes(['read', 'write'], agent.id);
    expect((await asAgent('get', '/tickets')).status).toBe(200);
    expect((await asAgent('get', '/incremental/tickets/cursor?start_time=0')).status).toBe(403);
    expect((await withScopes(['read'], customer.id)('get', '/tickets')).status).toBe(403);
  });

  it('accept an old API token until 2027-04-30, and allow no new ones', async () => {
    const { account, app, clock, admin, as } = anApi();
    account.oauth.addApiToken('old');
    const basic = Buffer.from(`${admin.email}/token:old`).toString('base64');
    const call = () => supertest(app).get('/api/v2/tickets').set('authorization', `Basic ${basic}`);
    expect((await call()).status).toBe(200);
    expect((await as('post', '/api_tokens', {})).status).toBe(403);
    clock.forward((Date.UTC(2027, 3, 30) - clock.now()) / 1000);
    expect((await call()).status).toBe(401);
  });

  it('refuse e-mail and password', async () => {
    const { app, admin } = anApi();
    const basic = Buffer.from(`${admin.email}:password`).toString('base64');
    expect((await supertest(app).get('/api/v2/tickets').set('authorization', `Basic ${basic}`)).status).toBe(401);
  });
});

describe('rate limits', () => {
  it('of the account are sent in headers and answered with retry-after until the minute is over', async () => {
    const { as, clock } = anApi({ limits: { account: 2 } });
    const first = await as('get', '/tickets');
    expect(first.headers).toMatchObject({
      'x-rate-limit': '2',
      'x-rate-limit-remaining': '1',
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '60',
    });
    await as('get', '/tickets');
    clock.forward(10);
    const refused = await as('get', '/tickets');
    expect([refused.status, refused.headers['retry-after'], refused.body.error]).toEqual([
      429,
      '50',
      'APIRateLimitExceeded',
    ]);
    clock.forward(50);
    expect((await as('get', '/tickets')).status).toBe(200);
  });

  it('allow thirty updates of one ticket in ten minutes by one user, without affecting other tickets', async () => {
    const { as, aTicket } = anApi();
    aTicket();
    aTicket();
    for (let i = 0; i < 30; i += 1)
      expect((await as('put', '/tickets/1', { ticket: { external_id: `x${i}` } })).status).toBe(200);
    const refused = await as('put', '/tickets/1', { ticket: { external_id: 'y' } });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(500);
    expect(refused.headers['zendesk-ratelimit-per-ticket-updates']).toBe('total=30; remaining=0; resets=600');
    expect((await as('put', '/tickets/2', { ticket: { external_id: 'y' } })).status).toBe(200);
  });

  it('allow a hundred ticket updates a minute for the account', async () => {
    const { as, aTicket } = anApi({ limits: { ticketUpdates: 1 } });
    aTicket();
    aTicket();
    const first = await as('put', '/tickets/1', { ticket: { priority: 'low' } });
    expect(first.headers['zendesk-ratelimit-tickets-update']).toBe('total=1; remaining=0; resets=60');
    expect((await as('put', '/tickets/2', { ticket: { priority: 'low' } })).status).toBe(429);
    expect((await as('get', '/tickets')).status).toBe(200);
  });
});

describe('requests', () => {
  it('to unknown paths get 404', async () => {
    const { as } = anApi();
    const { status, body } = await as('get', '/triggers/monkeys/of/doom.json');
    expect([status, body]).toEqual([404, { error: 'InvalidEndpoint', description: 'Not found' }]);
  });

  it('that are not JSON are refused', async () => {
    const { app } = anApi();
    const reply = await supertest(app).post('/api/v2/tickets').type('json').send('{"ticket":');
    expect(reply.status).toBe(422);
  });

  it('can be answered by a fault instead', async () => {
    const gate = () => ({ status: 503, body: { error: 'down' }, headers: { 'retry-after': '7' } });
    const { as } = anApi({ gate });
    const reply = await as('get', '/tickets');
    expect([reply.status, reply.headers['retry-after']]).toEqual([503, '7']);
  });
});
