import { createZendesk } from './create-zendesk.ts';
import { SILENT } from './testing/zendesk-fixtures.ts';
import { readIgnored, readUpdateLimit, type ZendeskCall } from './zendesk-call.ts';

const limitOf = (value: string) => readUpdateLimit(new Headers({ 'zendesk-ratelimit-tickets-update': value }));

test('the account’s own update limit is read from its header', () => {
  expect(limitOf('total=20; remaining=19; resets=42')).toEqual({ total: 20, remaining: 19, resetMs: 42_000 });
  expect(limitOf('total=300;remaining=0;resets=1')).toEqual({ total: 300, remaining: 0, resetMs: 1_000 });
  expect(limitOf('total=20')).toEqual({ total: 20, remaining: 20, resetMs: 0 });
});

test.each(['', 'total=', 'total=0', 'total=-5; remaining=1', 'total=many', 'nonsense', ';;='])(
  'an invalid limit (%j) is read as none',
  (value) => {
    expect(limitOf(value)).toBeNull();
  },
);

const BODY = { ticket: { safe_update: true, metadata: {}, comment: { body: 'secret' }, tags: ['secret'] } };
const ignored = (warning: string) => readIgnored(new Headers({ 'x-zendesk-api-warn': warning }), '/x?include=a', BODY);

test.each([
  [
    'Removed restricted keys ["ticket.safe_update", "metadata"] from parameters according to whitelist',
    ['ticket.safe_update', 'metadata'],
  ],
  [
    '{:allowed_parameters=>{:controller=>"tickets", :action=>"update", :unpermitted_keys=>["include"], :invalid_values=>["ticket.tags.0"]}}',
    ['include', 'ticket.tags.*'],
  ],
  [
    '{:allowed_parameters=>{:controller=>"tickets", :action=>"update", :unpermitted_keys=>[], :invalid_values=>[]}}',
    [],
  ],
  ['Removed restricted keys ["secret", "kim@customers.test"] from parameters', ['?']],
  ['something new about secret', ['?']],
])('only our own names in the warning %s are repeated', (warning, names) => {
  expect(ignored(warning)).toEqual(names);
});

test('a parameter that Zendesk ignores is reported with the call, and logged once', async () => {
  const logged: unknown[] = [];
  const calls: ZendeskCall[] = [];
  const zendesk = createZendesk({
    baseUrl: 'https://acme.test',
    apiToken: { email: 'desk@northwind.test', token: 'token' },
    clock: Date.now,
    logger: {
      ...SILENT,
      warn: (about: unknown, words: string) => void (/ignored/.test(words) && logged.push(about)),
    } as never,
    onCall: (call) => calls.push(call),
    fetch: async () =>
      new Response('{"job_status":{"id":"j","status":"queued","results":[]}}', {
        headers: {
          'x-zendesk-api-warn': 'Removed restricted keys ["tickets.0.safe_update"] from parameters',
          'zendesk-ratelimit-tickets-update': 'total=20; remaining=19; resets=42',
        },
      }),
  });
  for (let i = 0; i < 3; i++) await zendesk.updateTickets([{ id: 1, safe_update: true }]);
  expect(calls).toHaveLength(3);
  expect(calls[0]).toMatchObject({ ignored: ['tickets.*.safe_update'], updateLimit: { total: 20 } });
  expect(logged).toEqual([{ method: 'PUT', route: '/api/v2/tickets/update_many', ignored: ['tickets.*.safe_update'] }]);
});
