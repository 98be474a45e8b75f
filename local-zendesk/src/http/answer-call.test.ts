// Checks that answers have the headers recorded from real accounts.
import { anApi } from './testing/an-api.ts';

const rule = { title: 'T', actions: [{ field: 'status', value: 'open' }] };

it('a response has an ETag, a request id and cache headers', async () => {
  const { as } = anApi();
  const first = await as('get', '/tickets');
  expect(first.headers).toMatchObject({
    etag: expect.any(String),
    'x-request-id': expect.any(String),
    'cache-control': 'max-age=0, private, must-revalidate',
    'zendesk-ratelimit-tickets-index': expect.stringMatching(/^total=20000; remaining=\d+; resets=\d+$/),
  });
  expect((await as('get', '/tickets')).headers['x-request-id']).not.toBe(first.headers['x-request-id']);
  expect((await as('get', '/tags')).headers['zendesk-ratelimit-tags-index']).toMatch(/^total=/);
});

it('an error has no ETag and is not cached', async () => {
  const { headers, status } = await anApi().as('get', '/tickets/999');
  expect([status, headers['etag'], headers['cache-control']]).toEqual([404, undefined, 'no-cache']);
});

it('a creation returns 201 with its location', async () => {
  const { as } = anApi();
  for (const [path, body] of [
    ['/macros', { macro: rule }],
    ['/views', { view: { title: 'V', all: [{ field: 'status', operator: 'is', value: 'open' }] } }],
    ['/groups', { group: { name: 'G' } }],
    ['/tickets', { ticket: { subject: 'S', comment: { body: 'B' } } }],
  ] as const) {
    const made = await as('post', path, body);
    const [thing] = Object.values(made.body as Record<string, { url: string }>);
    expect([made.status, made.headers['location']]).toEqual([201, thing?.url]);
  }
});

it('the webhooks API has its own limit, no charset and no cache headers', async () => {
  const { as } = anApi();
  const { headers } = await as('get', '/webhooks');
  expect([headers['x-rate-limit'], headers['content-type']]).toEqual(['100', 'application/json']);
  expect(Object.keys(headers).filter((name) => /^(ratelimit|etag|cache-control)/.test(name))).toEqual([]);
});

describe('ignored parameters', () => {
  it.each([
    ['in a body', 'ticket.nickname', '/tickets/1', { ticket: { priority: 'low', nickname: 'x' } }],
    ['beside the object', 'extra', '/tickets/1', { ticket: { priority: 'low' }, extra: 1 }],
    ['inside a comment', 'ticket.comment.tone', '/tickets/1', { ticket: { comment: { body: 'x', tone: 'kind' } } }],
    [
      'in a row of many',
      'tickets.1.nickname',
      '/tickets/update_many',
      { tickets: [{ id: 1 }, { id: 1, nickname: 'x' }] },
    ],
    ['in the query', 'colour', '/tickets/1?colour=red', { ticket: { priority: 'high' } }],
  ])('%s are named in X-Zendesk-API-Warn, and the call succeeds', async (_where, key, path, body) => {
    const { as, aTicket } = anApi();
    aTicket();
    const { status, headers } = await as('put', path, body);
    expect(status).toBe(200);
    expect(headers['x-zendesk-api-warn']).toContain(`:unpermitted_keys=>["${key}"]`);
  });

  it('get no warning when there are none', async () => {
    const { as, aTicket } = anApi();
    aTicket();
    const ticket = {
      priority: 'low',
      custom_fields: [],
      comment: { body: 'x', public: false },
      metadata: { any: { thing: 1 } },
    };
    for (const reply of [
      await as('put', '/tickets/1', { ticket }),
      await as('get', '/tickets?page[size]=2&sort=-updated_at&include=users'),
      await as('get', '/search?query=tent'),
      await as('get', '/incremental/tickets/cursor?start_time=1&per_page=5&include=users'),
    ]) {
      expect([reply.status, reply.headers['x-zendesk-api-warn']]).toEqual([200, undefined]);
    }
  });
});
