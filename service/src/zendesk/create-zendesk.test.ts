import { createZendesk } from './create-zendesk.ts';
import { createCallCounter } from './testing/call-counter.ts';
import { SILENT, startRealFixture } from './testing/zendesk-fixtures.ts';

describe('over HTTP to a local Zendesk', () => {
  let fixture: Awaited<ReturnType<typeof startRealFixture>>;
  /** For answers that never come. */
  let impatient: ReturnType<typeof createZendesk>;
  const calls = createCallCounter();
  beforeAll(async () => {
    fixture = await startRealFixture({ onCall: calls.count, limits: { backoffMs: 10, timeoutMs: 120_000 } });
    impatient = createZendesk({
      baseUrl: fixture.local.url,
      oauth: { clientId: 'deskwright', clientSecret: 'deskwright' },
      clock: Date.now,
      logger: SILENT,
      onCall: calls.count,
      limits: { backoffMs: 10, timeoutMs: 5_000 },
    });
    await impatient.me();
  });
  beforeEach(() => calls.reset());
  afterEach(() => fixture.local.faults.reset());
  afterAll(() => fixture.stop());

  const fault = (rule: Parameters<typeof fixture.local.faults.rest.add>[0]) => fixture.local.faults.rest.add(rule);

  test('a read is retried after 500, 503 and a time-out', async () => {
    const id = await fixture.aTicket();
    for (const answer of [500, 503, 'timeout'] as const) fault({ answer, next: 1, path: '/api/v2/tickets' });
    expect(await impatient.showTicket(id)).toMatchObject({ id });
    expect(calls.counts()).toMatchObject({
      'GET /api/v2/tickets/:id ok': 1,
      'GET /api/v2/tickets/:id unavailable': expect.any(Number),
    });
  });

  test('a read gives up after a few tries', async () => {
    const id = await fixture.aTicket();
    fault({ answer: 500, path: '/api/v2/tickets' });
    await expect(fixture.zendesk.showTicket(id)).rejects.toMatchObject({ kind: 'unavailable', status: 500 });
    expect(calls.reads()).toBe(4);
  });

  test('a read waits as long as a 429 says', async () => {
    const id = await fixture.aTicket();
    fault({ answer: 429, next: 1, retry_after: 1, path: '/api/v2/tickets' });
    const startedAt = performance.now();
    expect(await fixture.zendesk.showTicket(id)).toMatchObject({ id });
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });

  test.each([
    [500, 'unavailable', null],
    [429, 'busy', 7_000],
    ['timeout', 'unavailable', null],
  ] as const)('a write is sent once, whatever happens: %s', async (answer, kind, retryAfterMs) => {
    const id = await fixture.aTicket();
    fault({ answer, method: 'PUT', retry_after: 7 });
    await expect(impatient.updateTicket(id, { priority: 'low' })).rejects.toMatchObject({ kind, retryAfterMs });
    expect(calls.writes()).toBe(1);
  });

  test('a token that Zendesk no longer accepts is replaced once, also before a write', async () => {
    const id = await fixture.aTicket();
    await fixture.zendesk.me();
    fixture.local.clock.advance(3_600_000);
    expect(await fixture.zendesk.updateTicket(id, { priority: 'low' })).toMatchObject({ priority: 'low' });
    expect(calls.counts()).toMatchObject({
      'PUT /api/v2/tickets/:id forbidden': 1,
      'POST /oauth/tokens ok': 1,
      'PUT /api/v2/tickets/:id ok': 1,
    });
  });

  test('the token is renewed before it expires, and concurrent calls share one request for it', async () => {
    let now = Date.now();
    const zendesk = createZendesk({
      baseUrl: fixture.local.url,
      oauth: { clientId: 'deskwright', clientSecret: 'deskwright' },
      clock: () => now,
      logger: SILENT,
      onCall: calls.count,
    });
    await Promise.all([zendesk.me(), zendesk.objects.listReadable('view'), zendesk.listAgents()]);
    expect(calls.counts()['POST /oauth/tokens ok']).toBe(1);
    now += 29.5 * 60_000;
    await zendesk.me();
    expect(calls.counts()['POST /oauth/tokens ok']).toBe(2);
  });

  test('a wrong secret is reported as a refused login, without the secret', async () => {
    const zendesk = createZendesk({
      baseUrl: fixture.local.url,
      oauth: { clientId: 'deskwright', clientSecret: 'not-the-secret' },
      clock: Date.now,
      logger: SILENT,
    });
    const error = await zendesk.me().catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ kind: 'forbidden' });
    expect(String(error)).not.toContain('not-the-secret');
  });

  test('a token that is refused as an anonymous user’s is replaced, too', async () => {
    await fixture.zendesk.me();
    fixture.local.clock.advance(3_600_000);
    expect((await fixture.zendesk.me()).id).not.toBeNull();
  });

  test.each([
    ['a token that a second one did not mend', 401, {}],
    [
      'a token without the scope',
      403,
      { error: 'Forbidden', description: 'You are missing the following required scopes: write' },
    ],
  ])('%s is not kept: once the client is right, the next call works', async (_name, status, body) => {
    let given = 0;
    let isRight = false;
    const zendesk = createZendesk({
      baseUrl: 'https://acme.test',
      oauth: { clientId: 'deskwright', clientSecret: 'secret' },
      clock: Date.now,
      logger: SILENT,
      fetch: async (address, options) => {
        if (new URL(address as string).pathname === '/oauth/tokens') {
          given += 1;
          return Response.json({ access_token: `${isRight ? 'right' : 'wrong'}-${given}`, expires_in: 1800 });
        }
        const login = new Headers(options?.headers).get('authorization');
        if (!login?.includes('right')) return Response.json(body, { status });
        return Response.json({ job_status: { id: 'j', status: 'queued', results: [] } });
      },
    });
    await expect(zendesk.updateTickets([])).rejects.toMatchObject({ kind: 'forbidden', status });
    isRight = true;
    expect(await zendesk.updateTickets([])).toEqual({ jobId: 'j' });
  });

  test.each([
    [400, { error: 'invalid_scope' }],
    [404, { error: 'RecordNotFound' }],
    [403, { error: 'access_denied' }],
    [422, { error: 'unauthorized_client' }],
  ])('a token request that is answered %s says nothing about what was asked for', async (status, body) => {
    const zendesk = createZendesk({
      baseUrl: 'https://acme.test',
      oauth: { clientId: 'deskwright', clientSecret: 'secret' },
      clock: Date.now,
      logger: SILENT,
      fetch: async () => Response.json(body, { status }),
    });
    const refusal = { kind: 'forbidden', status, concernsAll: true };
    await expect(zendesk.showTicket(1)).rejects.toMatchObject(refusal);
    await expect(zendesk.updateTicket(1, {})).rejects.toMatchObject(refusal);
  });

  test('an invalid API token is noticed although Zendesk answers 200 to anonymous users', async () => {
    const warnings: unknown[] = [];
    const zendesk = createZendesk({
      baseUrl: fixture.local.url,
      apiToken: { email: 'nobody@northwind.test', token: 'wrong' },
      clock: Date.now,
      logger: { ...SILENT, warn: (...words: unknown[]) => warnings.push(words) },
    });
    expect(JSON.stringify(warnings)).toContain('2027-04-30');
    await expect(zendesk.me()).rejects.toMatchObject({ kind: 'forbidden' });
  });

  test('comments of many pages are read to the end', async () => {
    const id = await fixture.aTicket();
    const { account } = fixture.local;
    for (let i = 1; i <= 130; i++)
      account.tickets.update(id, { comment: { body: `Comment ${i}`, public: false } }, { id: account.ownerId });
    const comments = await fixture.zendesk.listComments(id);
    expect(comments).toHaveLength(131);
    expect(comments.at(-1)?.body).toBe('Comment 130');
    expect(await fixture.zendesk.listAuditMetadata(id)).toHaveLength(131);
  });

  test('changes by triggers and automations are read from all pages of audits, each with its rule', async () => {
    const { account, clock } = fixture.local;
    const by = { id: account.ownerId };
    const hold = [{ field: 'status', operator: 'less_than', value: 'closed' }];
    const waits = { field: 'created_at', operator: 'greater_than', value: '5' };
    const trigger = account.triggers.create(
      {
        title: 'Marks bugs',
        conditions: { all: [{ field: 'type', operator: 'value', value: 'incident' }] },
        actions: [{ field: 'current_tags', value: 'bug' }],
      },
      by,
    );
    const automation = account.automations.create(
      { title: 'Waits', conditions: { all: [...hold, waits] }, actions: [{ field: 'priority', value: 'urgent' }] },
      by,
    );
    if (!trigger.ok || !automation.ok) throw new Error('The local Zendesk refused the rules');
    const id = await fixture.aTicket();
    for (let i = 1; i <= 100; i++) account.tickets.update(id, { comment: { body: `${i}`, public: false } }, by);
    account.tickets.update(id, { type: 'incident' }, by);
    clock.advance(6 * 3_600_000);
    account.tickets.runAutomations();
    account.triggers.delete(trigger.value.id, by);

    const first = await fixture.zendesk.listRuleChanges(id, null);
    expect(first).toMatchObject({ changes: [], cursor: expect.any(String) });
    const last = await fixture.zendesk.listRuleChanges(id, first.cursor);
    expect(last.cursor).toBeNull();
    expect(last.changes).toMatchObject([
      { kind: 'trigger', ruleId: trigger.value.id, title: 'Marks bugs', isDeleted: true, field: 'tags' },
      { kind: 'automation', title: 'Waits', isDeleted: false, field: 'priority', from: null, to: 'urgent' },
    ]);
    expect(last.changes[0]).toMatchObject({ from: ['tents'], to: expect.arrayContaining(['bug', 'tents']) });
    account.automations.delete(automation.value.id, by);
  });

  test('views of many pages are listed to the end in few calls', async () => {
    for (let i = 0; i < 120; i++) await fixture.aView(`Page ${i}`);
    calls.reset();
    const titles = (await fixture.objects.listReadable('view')).map((view) => String(view['title']));
    expect(new Set(titles.filter((title) => title.startsWith('Page '))).size).toBe(120);
    expect(calls.reads()).toBeLessThanOrEqual(3);
  });

  test('the export pages by cursor and includes the metric sets', async () => {
    const id = await fixture.aTicket();
    fixture.local.clock.advance(120_000);
    const first = await fixture.zendesk.exportTickets({ startTime: 1 });
    expect(first.endOfStream).toBe(true);
    expect(first.tickets.find((ticket) => ticket.id === id)).toMatchObject({ subject: 'Tent', status: 'new' });
    expect(first.metricSets.find((set) => set.ticket_id === id)).toMatchObject({ replies: 0 });
    const again = await fixture.zendesk.exportTickets({ cursor: first.cursor ?? '' });
    expect(again.tickets).toEqual([]);
  });

  test('who changed a view is read from the audit log', async () => {
    const id = await fixture.aView('Touched');
    expect(await fixture.objects.whoChanged('view', String(id))).toEqual({
      name: 'Marta Hale',
      at: expect.any(String),
    });
    expect(await fixture.objects.whoChanged('view', '123456789')).toBeNull();
  });

  test('groups and forms have names; what the plan lacks has none', async () => {
    fixture.local.account.groups.create({ name: 'Support Tier 1' }, { id: fixture.local.account.ownerId });
    expect((await fixture.zendesk.listNames('group')).map((group) => group.name)).toContain('Support Tier 1');
    expect(await fixture.zendesk.listNames('form')).toEqual(expect.any(Array));
    expect(await fixture.zendesk.listNames('organization')).toEqual(expect.any(Array));
    expect(await fixture.zendesk.listNames('brand')).toEqual(expect.any(Array));
  });
});

test('a client without a login is refused', () => {
  expect(() => createZendesk({ baseUrl: 'http://127.0.0.1', clock: Date.now, logger: SILENT })).toThrow('OAuth client');
});
