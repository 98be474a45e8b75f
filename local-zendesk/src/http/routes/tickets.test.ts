import { until } from '../../testing/until.ts';
import { anApi } from '../testing/an-api.ts';

describe('creating', () => {
  it('returns 201 with the ticket and its location', async () => {
    const { as } = anApi();
    const { status, body, headers } = await as('post', '/tickets.json', {
      ticket: {
        subject: 'Leaking tent',
        comment: { body: 'It leaks.' },
        requester: { name: 'Zoe', email: 'zoe@example.com' },
      },
    });
    expect(status).toBe(201);
    expect(body.ticket).toMatchObject({ id: 1, subject: 'Leaking tent', status: 'new', via: { channel: 'api' } });
    expect(headers['location']).toMatch(/\/api\/v2\/tickets\/1\.json$/);
  });

  it('creates once for a repeated Idempotency-Key', async () => {
    const { as, account } = anApi();
    const ticket = { ticket: { comment: { body: 'x' } } };
    const first = await as('post', '/tickets', ticket).set('idempotency-key', 'k1');
    const second = await as('post', '/tickets', ticket).set('idempotency-key', 'k1');
    const other = await as('post', '/tickets', { ticket: { comment: { body: 'y' } } }).set('idempotency-key', 'k1');
    expect([first.headers['x-idempotency-lookup'], second.headers['x-idempotency-lookup']]).toEqual(['miss', 'hit']);
    expect(second.body.ticket.id).toBe(first.body.ticket.id);
    expect(other.status).toBe(400);
    expect(account.tickets.count()).toBe(1);
  });

  it('refuses an invalid value by name', async () => {
    const { as } = anApi();
    const { status, body } = await as('post', '/tickets', { ticket: { priority: 'sky-high', comment: { body: 'x' } } });
    expect([status, body.error.title]).toEqual([400, 'Invalid attribute']);
    expect(body.error.message).toContain('ticket.priority');
  });
});

describe('updating', () => {
  it('returns the ticket and the audit', async () => {
    const { as, aTicket } = anApi();
    aTicket();
    const { status, body } = await as('put', '/tickets/1', { ticket: { priority: 'high', additional_tags: ['vip'] } });
    expect(status).toBe(200);
    expect(body.ticket).toMatchObject({ priority: 'high', tags: ['vip'] });
    expect(body.audit.events).toContainEqual(expect.objectContaining({ type: 'Change', field_name: 'priority' }));
  });

  it('returns 409 for an outdated timestamp, 422 for a closed ticket, 404 for an unknown one', async () => {
    const { as, aTicket } = anApi();
    aTicket();
    const stale = { ticket: { priority: 'high', safe_update: true, updated_stamp: '2020-01-01T00:00:00Z' } };
    expect((await as('put', '/tickets/1', stale)).status).toBe(409);
    expect((await as('put', '/tickets/1', { ticket: { status: 'closed' } })).status).toBe(200);
    const closed = await as('put', '/tickets/1', { ticket: { priority: 'low' } });
    expect(closed.status).toBe(422);
    expect(closed.body.details.status[0].description).toBe('closed prevents ticket update');
    const missing = await as('put', '/tickets/99', { ticket: {} });
    expect([missing.status, missing.body.error]).toEqual([404, 'RecordNotFound']);
  });
});

describe('tags', () => {
  it('PUT adds, POST replaces with 201, DELETE takes away', async () => {
    const { as, aTicket } = anApi();
    aTicket({ tags: ['a'] });
    expect((await as('put', '/tickets/1/tags', { tags: ['b'] })).body.tags).toEqual(['a', 'b']);
    const replaced = await as('post', '/tickets/1/tags', { tags: ['c', 'd'] });
    expect([replaced.status, replaced.body.tags]).toEqual([201, ['c', 'd']]);
    expect((await as('delete', '/tickets/1/tags', { tags: ['c'] })).body.tags).toEqual(['d']);
    expect((await as('get', '/tickets/1/tags')).body.tags).toEqual(['d']);
  });

  it('accept their own timestamp, in quotes too', async () => {
    const { as, aTicket } = anApi();
    aTicket();
    const stale = { tags: ['x'], updated_stamp: '2020-01-01T00:00:00Z', safe_update: 'true' };
    expect((await as('put', '/tickets/1/tags', stale)).status).toBe(409);
  });
});

describe('bulk updates', () => {
  it('run as a job whose rows fail individually', async () => {
    const { as, aTicket } = anApi();
    const { updated_at } = aTicket();
    aTicket();
    const started = await as('put', '/tickets/update_many', {
      tickets: [
        {
          id: 1,
          additional_tags: ['x'],
          safe_update: true,
          updated_stamp: updated_at,
          comment: { body: 'n', public: false },
        },
        { id: 2, priority: 'high', safe_update: true, updated_stamp: '2020-01-01T00:00:00Z' },
        { id: 77, priority: 'high' },
      ],
    });
    expect(started.body.job_status).toMatchObject({ status: 'queued', total: 3 });
    const job = await until(async () => {
      const { body } = await as('get', `/job_statuses/${started.body.job_status.id}.json`);
      return body.job_status.status === 'completed' ? body.job_status : undefined;
    });
    expect(job.results).toEqual([
      { id: 1, action: 'update', success: true, status: 'Updated' },
      { index: 1, id: 2, error: 'UpdateConflict', details: expect.any(String) },
      { index: 2, id: 77, error: 'TicketNotFound', details: expect.any(String) },
    ]);
    expect((await as('get', '/tickets/1')).body.ticket.tags).toEqual(['x']);
  });

  it('apply one change to all ids', async () => {
    const { as, aTicket, account } = anApi();
    aTicket({ tags: ['old'] });
    aTicket();
    await as('put', '/tickets/update_many.json?ids=1,2', {
      ticket: { additional_tags: ['new'], remove_tags: ['old'] },
    });
    await until(() => (account.tickets.find(2)?.tags.includes('new') ? true : undefined));
    expect(account.tickets.find(1)?.tags).toEqual(['new']);
  });

  it('are refused when thirty jobs are waiting, or for more than a hundred rows', async () => {
    const { as, aTicket } = anApi({ jobs: { stepMs: 5_000 } });
    aTicket();
    for (let i = 0; i < 30; i += 1) await as('put', '/tickets/update_many?ids=1', { ticket: { priority: 'low' } });
    const refused = await as('put', '/tickets/update_many?ids=1', { ticket: { priority: 'low' } });
    expect([refused.status, refused.body.error, refused.body.current_job_ids.length]).toEqual([429, 'TooManyJobs', 30]);
    const ids = Array.from({ length: 101 }, (_, index) => index + 1).join(',');
    expect((await as('put', `/tickets/update_many?ids=${ids}`, { ticket: {} })).status).toBe(400);
  });
});

describe('listing', () => {
  it('by offset counts, links to the next page and sorts as requested', async () => {
    const { as, aTicket, clock } = anApi();
    for (let i = 0; i < 5; i += 1) {
      aTicket();
      clock.forward(60);
    }
    const { body } = await as('get', '/tickets.json?sort_by=created_at&sort_order=desc&per_page=2&page=2');
    expect(body.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([3, 2]);
    expect(body.count).toBe(5);
    expect(body.next_page).toContain('page=3');
    expect(body.previous_page).toContain('page=1');
    const next = await as('get', body.next_page.split('/api/v2')[1]);
    expect(next.body.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([1]);
    expect(next.body.next_page).toBeNull();
  });

  it('by cursor stays in place when tickets are created meanwhile, and silently ignores sort_by', async () => {
    const { as, aTicket } = anApi();
    for (let i = 0; i < 3; i += 1) aTicket();
    const first = await as('get', '/tickets?page[size]=2&sort_by=created_at&sort_order=desc');
    expect(first.body.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([1, 2]);
    expect(first.body.meta.has_more).toBe(true);
    aTicket();
    const second = await as('get', first.body.links.next.split('/api/v2')[1]);
    expect(second.body.tickets.map((ticket: { id: number }) => ticket.id)).toEqual([3, 4]);
    // As on live accounts the links are there on first and last pages alike: `has_more` is the end.
    expect(second.body.meta.has_more).toBe(false);
    expect([first.body.links.prev, second.body.links.next]).toEqual([expect.any(String), expect.any(String)]);
  });

  it.each([
    ['/tickets?page[size]=2&sort=created_at', 400, 'InvalidPaginationParameter'],
    ['/tickets?page[size]=500', 400, 'InvalidPaginationParameter'],
    ['/tickets?page=101&per_page=100', 400, 'InvalidPaginationDepth'],
  ])('refuses %s', async (path, status, code) => {
    const { as } = anApi();
    const { body, status: answered } = await as('get', path);
    expect([answered, body.error ?? body.errors[0].code]).toEqual([status, code]);
  });

  it('returns many by id, with their people', async () => {
    const { as, aTicket, customer } = anApi();
    aTicket();
    const { body } = await as('get', '/tickets/show_many?ids=1,2&include=users,metric_sets');
    expect([body.tickets.length, body.users[0].id, body.metric_sets[0].ticket_id]).toEqual([1, customer.id, 1]);
  });
});

describe('related records', () => {
  it('comments are oldest first, newest first on request', async () => {
    const { as, aTicket } = anApi();
    aTicket();
    await as('put', '/tickets/1', { ticket: { comment: { body: 'Hello', public: true } } });
    const bodies = async (query: string) =>
      (await as('get', `/tickets/1/comments${query}`)).body.comments.map((comment: { body: string }) => comment.body);
    expect(await bodies('')).toEqual(['It is wet inside.', 'Hello']);
    expect(await bodies('?sort_order=desc')).toEqual(['Hello', 'It is wet inside.']);
    expect(await bodies('?page[size]=1&sort=-created_at')).toHaveLength(1);
  });

  it('audits require the global read scope', async () => {
    const { as, withScopes, aTicket } = anApi();
    aTicket();
    expect((await as('get', '/tickets/1/audits')).body.audits).toHaveLength(1);
    expect((await withScopes(['tickets:read'])('get', '/tickets/1/audits')).status).toBe(403);
    expect((await withScopes(['tickets:read'])('get', '/tickets/1')).status).toBe(200);
  });

  it('problems list their incidents', async () => {
    const { as, aTicket } = anApi();
    aTicket({ type: 'problem' });
    aTicket();
    await as('put', '/tickets/2', { ticket: { type: 'incident', problem_id: 1 } });
    expect((await as('get', '/tickets/1/incidents')).body.tickets).toHaveLength(1);
    expect((await as('get', '/problems')).body.tickets[0]).toMatchObject({ id: 1, has_incidents: true });
  });

  it('merging runs as a job, deleting returns 204, restoring brings the ticket back', async () => {
    const { as, aTicket, account } = anApi();
    aTicket();
    aTicket();
    expect((await as('post', '/tickets/1/merge', { ids: [2] })).body.job_status.job_type).toBe('Merge Tickets');
    await until(() => (account.tickets.find(2)?.status === 'closed' ? true : undefined));
    expect((await as('delete', '/tickets/1')).status).toBe(204);
    expect((await as('get', '/tickets/1')).status).toBe(404);
    expect((await as('put', '/deleted_tickets/1/restore')).status).toBe(200);
    expect((await as('get', '/tickets/1')).status).toBe(200);
  });
});
