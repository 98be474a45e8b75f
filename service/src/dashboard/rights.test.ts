import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { alarms } from '../alerts/tables.ts';
import { until } from '../platform/testing/until.ts';
import { aDashboardApp, type DashboardApp, type Who } from './testing/dashboard-app.ts';

let database: TestDatabase;
let fixture: DashboardApp;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  fixture = await aDashboardApp(database);
});
afterEach(async () => {
  await fixture.close();
  await database.clear();
});
afterAll(() => database.drop());

const get = async (path: string, authorization?: string) => {
  const asked = request(fixture.app).get(path);
  return authorization === undefined ? asked : asked.set('authorization', authorization);
};
const as = async (who: Who, path = '/api/dashboard') => get(path, await fixture.bearer(who));
const hoursAgo = (hours: number) => new Date(fixture.now() - hours * 3_600_000);

async function aWallLink(): Promise<{ id: number; token: string }> {
  const made = await request(fixture.app)
    .post('/api/dashboard/links')
    .set('authorization', await fixture.bearer('admin'))
    .send({ name: 'Office' })
    .expect(201);
  return { id: made.body.id, token: made.body.url.split('/wall/')[1] };
}

describe('who may see the dashboard', () => {
  test.each(['admin', 'lead', 'otherLead', 'agent', 'otherAgent', 'light', 'own'] as const)('%s', async (who) => {
    expect(await as(who)).toMatchObject({ status: 200, body: { company: 'Northwind Outdoor' } });
  });

  test.each([
    ['nobody', undefined, 'token_missing'],
    ['another scheme', 'Basic abc', 'token_missing'],
    ['a forged token', 'Bearer a.b.c', 'token_invalid'],
    ['a forged link', `Wall ${'x'.repeat(43)}`, 'token_invalid'],
    ['a malformed link', "Wall ';drop", 'token_invalid'],
  ])('not %s', async (_who, authorization, error) => {
    expect(await get('/api/dashboard', authorization)).toMatchObject({ status: 401, body: { error } });
  });

  test('not an agent whose token has expired', async () => {
    const bearer = await fixture.bearer('agent');
    fixture.wait(400_000);
    expect(await get('/api/dashboard', bearer)).toMatchObject({ status: 401, body: { error: 'token_expired' } });
  });

  test.each([{ suspended: true }, { role: 'end-user' }, { active: false }] as const)(
    'not an agent who is %j',
    async (now) => {
      await as('agent');
      fixture.change('agent', now);
      expect(await as('agent')).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    },
  );
});

describe('what they may do there', () => {
  test.each([
    ['admin', { seeAgents: true, makeLinks: true, openTickets: true }],
    ['lead', { seeAgents: true, makeLinks: false, openTickets: true }],
    ['otherLead', { seeAgents: true, makeLinks: false, openTickets: true }],
    ['agent', { seeAgents: false, makeLinks: false, openTickets: true }],
    ['light', { seeAgents: false, makeLinks: false, openTickets: true }],
  ] as const)('%s: %j', async (who, may) => {
    expect((await as(who)).body.may).toEqual(may);
  });

  test('alarms stand first, by the name of their category, with a ticket for those whom Zendesk shows it', async () => {
    await fixture.givenTicket({ id: 42, waitingSince: null });
    const since = hoursAgo(1);
    const values = { kind: 'category_rise', about: 'refunds', since, n: 41, ticketId: 42 } as const;
    await database.db.insert(alarms).values([values, { ...values, about: 'bug', until: hoursAgo(0) }]);
    const [all, own] = [(await as('agent')).body, (await as('own')).body];
    const [category] = all.choices.categories.filter(({ id }: { id: string }) => id === 'refunds');
    const alarm = { kind: 'category_rise', n: 41, about: category?.name, since: since.toISOString() };
    expect(all.attention).toMatchObject([{ ...alarm, tickets: [{ id: 42 }] }]);
    expect(own.attention).toMatchObject([{ ...alarm, tickets: [] }]);
  });

  test('an alarm is acknowledged by admins and leads, with their address, and then stands there no longer', async () => {
    const values = { kind: 'category_rise', about: 'refunds', since: hoursAgo(1), n: 41 } as const;
    const [{ id } = { id: 0 }] = await database.db.insert(alarms).values(values).returning();
    const acknowledge = async (who: Who, number: number | string = id) =>
      request(fixture.app)
        .post(`/api/dashboard/alarms/${number}/acknowledge`)
        .set('authorization', await fixture.bearer(who));
    expect((await as('agent')).body.attention).toMatchObject([{ kind: 'category_rise' }]);
    expect((await as('agent')).text).not.toContain('"alarm"');
    expect((await as('lead')).body.attention).toMatchObject([{ alarm: id }]);
    expect(await acknowledge('agent')).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    expect((await acknowledge('lead', 'x')).status).toBe(400);
    expect((await acknowledge('lead')).status).toBe(204);
    expect((await acknowledge('admin')).status).toBe(404);
    expect(await database.db.select().from(alarms)).toMatchObject([{ acknowledgedBy: expect.stringContaining('@') }]);
    await until(async () => (await as('lead')).body.attention.length === 0);
    const wall = `Wall ${(await aWallLink()).token}`;
    const byWall = request(fixture.app).post(`/api/dashboard/alarms/${id}/acknowledge`).set('authorization', wall);
    expect((await byWall).status).toBe(403);
  });

  test('a ticket is named only to those whom Zendesk shows it, its count to all', async () => {
    await fixture.givenTicket({ id: 42, waitingSince: hoursAgo(30) });
    const [all, own] = [(await as('agent')).body, (await as('own')).body];
    const link = { id: 42, url: 'https://acme.zendesk.com/agent/tickets/42' };
    expect(all.waiting).toMatchObject({ n: 1, oldest: { ticket: link } });
    expect(all.attention).toMatchObject([{ kind: 'overdue', n: 1, tickets: [link] }]);
    expect(own.waiting).toMatchObject({ n: 1, oldest: { since: expect.any(String), ticket: null } });
    expect(own.attention).toMatchObject([{ kind: 'overdue', n: 1, tickets: [] }]);
    await fixture.givenTicket({ id: 42, waitingSince: hoursAgo(30), assigneeId: 27 });
    await until(async () => (await as('own')).body.waiting.oldest.ticket !== null);
    expect((await as('own')).body).toMatchObject({
      waiting: { oldest: { ticket: link } },
      attention: [{ tickets: [link] }],
    });
  });
});

describe('a link for a screen', () => {
  test('is made, listed and revoked by admins only', async () => {
    for (const who of ['lead', 'agent', 'light'] as const) {
      const bearer = await fixture.bearer(who);
      const calls = [
        request(fixture.app).get('/api/dashboard/links'),
        request(fixture.app).post('/api/dashboard/links'),
      ];
      for (const call of calls)
        expect(await call.set('authorization', bearer)).toMatchObject({ status: 403, body: { error: 'forbidden' } });
    }
    const { id, token } = await aWallLink();
    expect(token).toMatch(/^[\w-]{43}$/);
    const listed = await as('admin', '/api/dashboard/links');
    expect(listed.body.links).toMatchObject([{ id, name: 'Office', lastUsedAt: null }]);
    expect(listed.text).not.toContain(token);
    expect(listed.text).not.toContain('/wall/');
    const { rows } = await database.db.execute('SELECT * FROM wall_links');
    expect(JSON.stringify(rows)).not.toContain(token);
    const wall = `Wall ${token}`;
    expect((await get('/api/dashboard/links', wall)).status).toBe(403);
    const remove = async () =>
      request(fixture.app)
        .delete(`/api/dashboard/links/${id}`)
        .set('authorization', await fixture.bearer('admin'));
    expect((await remove()).status).toBe(204);
    expect(await remove()).toMatchObject({ status: 404, body: { error: 'not_found' } });
    expect((await as('admin', '/api/dashboard/links')).body.links).toEqual([]);
    expect(await get('/api/dashboard', wall)).toMatchObject({
      status: 401,
      body: { error: 'token_invalid', message: expect.stringContaining('revoked') },
    });
    expect((await get(`/wall/${token}`)).text).toContain('This link was revoked');
  });

  test.each([{}, { name: '' }, { name: ' ' }, { name: 7 }, { name: 'x'.repeat(101) }])(
    'needs a name: %j',
    async (body) => {
      const made = await request(fixture.app)
        .post('/api/dashboard/links')
        .set('authorization', await fixture.bearer('admin'))
        .send(body);
      expect(made).toMatchObject({ status: 400, body: { error: 'bad_request' } });
    },
  );

  test('shows counts, and names no ticket, agent or owner', async () => {
    await fixture.givenTicket({ id: 4242, subject: 'Zebra', waitingSince: hoursAgo(30), assigneeId: 24 });
    const { token } = await aWallLink();
    const shown = await get('/api/dashboard', `Wall ${token}`);
    expect(shown.body).toMatchObject({
      waiting: { n: 1, oldest: { ticket: null } },
      attention: [{ kind: 'overdue', n: 1, tickets: [] }],
      goals: [{ id: 'fast', owner: '' }],
      may: { seeAgents: false, makeLinks: false, openTickets: false },
    });
    for (const secret of ['4242', 'Zebra', 'zendesk.com', 'ana@']) expect(shown.text).not.toContain(secret);
  });

  test('opens a page that gives the address away to nobody', async () => {
    const { token } = await aWallLink();
    const page = await get(`/wall/${token}`);
    expect(page).toMatchObject({ status: 200, type: 'text/html' });
    const nonce = /<meta property="csp-nonce" nonce="([^"]{22,})">/.exec(page.text)?.[1];
    expect(page.headers).toMatchObject({
      'content-security-policy': `default-src 'none';script-src 'self';style-src 'self' 'nonce-${nonce}';connect-src 'self';img-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
    });
    const json = /<script type="application\/json" id="deskwright-wall">(.*?)<\/script>/s.exec(page.text)?.[1];
    expect(JSON.parse(json ?? '')).toEqual({ token, version: expect.any(String), locale: 'en-US' });
    expect(page.text).toContain('/app/assets/dashboard-f6.js');
    expect(page.text).not.toContain('zdassets');
    for (const other of ['x'.repeat(43), 'x', '%00', '..%2f..%2fapi']) {
      const none = await get(`/wall/${other}`);
      expect(none.status).toBe(404);
      expect(none.headers['referrer-policy']).toBe('no-referrer');
    }
  });
});

test('calls and opened pages are limited', async () => {
  await fixture.close();
  fixture = await aDashboardApp(database, { limits: { perViewer: 2 } });
  for (const status of [200, 200, 429]) expect((await as('agent')).status).toBe(status);
  expect((await as('lead')).status).toBe(200);
  await fixture.close();
  fixture = await aDashboardApp(database, { limits: { refusedPerIp: 2 } });
  for (const status of [401, 401, 429])
    expect((await get('/api/dashboard', `Wall ${'x'.repeat(43)}`)).status).toBe(status);
});
