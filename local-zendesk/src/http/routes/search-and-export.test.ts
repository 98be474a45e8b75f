import { anApi } from '../testing/an-api.ts';

const ids = (body: { results?: { id: number }[]; tickets?: { id: number }[] }) =>
  (body.results ?? body.tickets ?? []).map((one) => one.id);

describe('search', () => {
  async function aFullAccount() {
    const api = anApi();
    api.aTicket({ tags: ['category__refund', 'vip'], priority: 'high' });
    api.clock.forward(86_400);
    api.aTicket({ subject: 'Where is my parcel', tags: ['category__shipping'] });
    api.account.tickets.update(2, { status: 'solved', assignee_id: api.byAgent.id }, api.byAgent);
    const find = async (query: string) =>
      ids(
        (await api.as('get', `/search.json?sort_by=created_at&sort_order=asc&query=${encodeURIComponent(query)}`)).body,
      );
    return { ...api, find };
  }

  it.each([
    ['type:ticket', [1, 2]],
    ['type:ticket status<solved', [1]],
    ['type:ticket status:solved status:closed', [2]],
    ['type:ticket -status:solved', [1]],
    ['type:ticket tags:vip', [1]],
    ['type:ticket tags:vip tags:category__shipping', [1, 2]],
    ['type:ticket assignee:none', [1]],
    ['type:ticket assignee:ada@northwind.test', [2]],
    ['type:ticket group:Support', [2]],
    ['type:ticket requester:carl@example.com', [1, 2]],
    ['type:ticket created>2026-11-16', [2]],
    ['type:ticket created<=2026-11-16', [1]],
    ['type:ticket created>2hours', [2]],
    ['type:ticket priority>normal', [1]],
    ['type:ticket subject:"my parcel"', [2]],
    ['type:ticket wet', [1, 2]],
    ['type:ticket tent leaks', [1]],
    ['type:ticket nonsense', []],
  ])('%s finds %j', async (query, expected) => {
    expect(await (await aFullAccount()).find(query)).toEqual(expected);
  });

  it('finds people, and names the type of each result', async () => {
    const { as, customer } = anApi();
    const { body } = await as('get', '/search?query=type:user carl');
    expect(body.results).toEqual([expect.objectContaining({ id: customer.id, result_type: 'user' })]);
  });

  it('stops at the thousandth result and has no cursor', async () => {
    const { as } = anApi();
    const capped = await as('get', '/search?query=x&page=11&per_page=100');
    expect([capped.status, capped.body.description]).toEqual([422, expect.stringContaining('Search Response Limits')]);
    expect((await as('get', '/search?query=x&page[size]=10')).status).toBe(400);
  });

  it('finds a change only after a delay', async () => {
    const { as, aTicket, clock } = anApi({ searchLagMs: 60_000 });
    aTicket();
    const count = async () => (await as('get', '/search/count?query=type:ticket')).body.count;
    expect(await count()).toBe(0);
    clock.forward(61);
    expect(await count()).toBe(1);
  });
});

describe('search export', () => {
  it('pages by cursor with the type in the filter', async () => {
    const { as, aTicket } = anApi();
    for (let i = 0; i < 3; i += 1) aTicket();
    const first = await as('get', '/search/export?query=wet&filter[type]=ticket&page[size]=2');
    expect([ids(first.body), first.body.meta.has_more, first.body.count]).toEqual([[1, 2], true, undefined]);
    const second = await as('get', first.body.links.next.split('/api/v2')[1]);
    // As on live accounts the link goes on for ever: `has_more` is the end.
    expect([ids(second.body), second.body.meta.has_more]).toEqual([[3], false]);
    expect(second.body.links.next).toContain('/search/export?');
  });

  it('refuses type: in the query and a cursor older than an hour', async () => {
    const { as, aTicket, clock } = anApi();
    aTicket();
    aTicket();
    expect((await as('get', '/search/export?query=type:ticket&filter[type]=ticket')).status).toBe(400);
    const first = await as('get', '/search/export?query=wet&filter[type]=ticket&page[size]=1');
    clock.forward(3_601);
    expect((await as('get', first.body.links.next.split('/api/v2')[1])).status).toBe(400);
  });
});

describe('incremental export', () => {
  const start = Date.UTC(2026, 10, 16, 8) / 1000;

  it('leaves out the last minute and continues from its cursor', async () => {
    const { as, aTicket, clock, account, byAgent } = anApi();
    aTicket();
    aTicket();
    clock.forward(120);
    aTicket();
    const first = (await as('get', `/incremental/tickets/cursor.json?start_time=${start}&per_page=1`)).body;
    expect([ids(first), first.end_of_stream]).toEqual([[1], false]);
    const next = async (cursor: string) =>
      (await as('get', `/incremental/tickets/cursor?cursor=${encodeURIComponent(cursor)}`)).body;
    const second = await next(first.after_cursor);
    expect([ids(second), second.end_of_stream]).toEqual([[2], true]);
    expect(second.after_url).toContain('/api/v2/incremental/tickets/cursor.json?cursor=');
    account.tickets.update(1, { priority: 'low' }, byAgent);
    clock.forward(61);
    const third = await next(second.after_cursor);
    expect(ids(third)).toEqual([1, 3]);
    const fourth = await next(third.after_cursor);
    expect([ids(fourth), fourth.end_of_stream, fourth.after_cursor]).toEqual([[], true, third.after_cursor]);
  });

  it('includes deleted tickets', async () => {
    const { as, aTicket, account, byAgent, clock } = anApi();
    aTicket();
    account.tickets.softDelete(1, byAgent);
    clock.forward(61);
    const { body } = await as('get', `/incremental/tickets/cursor?start_time=${start}&include=metric_sets`);
    expect(body.tickets[0]).toMatchObject({ id: 1, status: 'deleted' });
  });

  it('refuses a start less than a minute ago, and an eleventh call in a minute', async () => {
    const { as, clock } = anApi({ limits: { incremental: 10 } });
    const now = clock.now() / 1000;
    const refused = await as('get', `/incremental/tickets/cursor?start_time=${now - 30}`);
    expect([refused.status, refused.body.error]).toEqual([400, 'StartTimeTooRecent']);
    for (let i = 0; i < 9; i += 1) await as('get', `/incremental/tickets/cursor?start_time=${start}`);
    const limited = await as('get', `/incremental/tickets/cursor?start_time=${start}`);
    expect(limited.status).toBe(429);
    expect(limited.headers['zendesk-ratelimit-incremental-exports']).toBe('total=10; remaining=0; resets=60');
  });

  it('of events returns audits, with comments on request', async () => {
    const { as, aTicket, clock } = anApi();
    aTicket();
    clock.forward(61);
    const { body } = await as('get', `/incremental/ticket_events?start_time=${start}&include=comment_events`);
    expect(body.ticket_events[0]).toMatchObject({ ticket_id: 1, event_type: 'Audit' });
    expect(body.ticket_events[0].child_events).toContainEqual(
      expect.objectContaining({ event_type: 'Comment', type: 'Comment', body: expect.any(String), public: true }),
    );
    const without = (await as('get', `/incremental/ticket_events?start_time=${start}`)).body;
    const children: Record<string, unknown>[] = without.ticket_events[0].child_events;
    const comment = children.find((one) => one['event_type'] === 'Comment');
    expect(comment).toMatchObject({ comment_present: true, comment_public: true });
    expect(comment).not.toHaveProperty('body');
  });
});
