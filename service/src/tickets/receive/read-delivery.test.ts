import { readDelivery } from './read-delivery.ts';
import { anEnvelope } from './testing/an-envelope.ts';

const read = (value: unknown) => readDelivery(Buffer.from(JSON.stringify(value)), 'invocation-1');

test('returns id, type without prefix, ticket and time of an envelope', () => {
  expect(read(anEnvelope({ id: 'e-1', type: 'ticket.status_changed' }))).toMatchObject({
    invocationId: 'invocation-1',
    envelopeId: 'e-1',
    type: 'ticket.status_changed',
    ticketId: 5158,
    occurredAt: new Date('2025-01-08T10:12:07.672Z'),
  });
});

test.each([
  [{ ticket_id: 123 }, 123],
  [{ ticket_id: '123' }, 123],
  [{ ticket_id: ' 123 ' }, 123],
  [{ ticket: { id: 123 } }, 123],
  [{ ticket: { id: '123' }, note: 'hello' }, 123],
])('accepts %j from a trigger', (body, ticketId) => {
  expect(read(body)).toMatchObject({ type: 'trigger', ticketId, envelopeId: null, occurredAt: null });
});

test.each([
  [{ hello: 'world' }],
  [[]],
  [null],
  [7],
  ['text'],
  [{ ticket_id: 'soon' }],
  [{ ticket_id: -1 }],
  [{ ticket_id: 1.5 }],
  [{ ticket_id: '99999999999999999999' }],
  [{ type: 'ticket.created' }],
  [{ type: 7 }],
])('stores %j as unknown', (body) => {
  expect(read(body)).toMatchObject({ type: 'unknown', ticketId: null, envelopeId: null });
});

test('stores an event of another family under its own name, without a ticket', () => {
  const body = { id: 'e-2', type: 'zen:event-type:user.created', subject: 'zen:user:77', time: 'whenever' };

  expect(read(body)).toMatchObject({ envelopeId: 'e-2', type: 'user.created', ticketId: null, occurredAt: null });
});

test.each(['', '{"ticket_id": 12', 'ticket_id=12', '{"a":"\u0000"}'])('%j is not JSON', (text) => {
  expect(readDelivery(Buffer.from(text), null)).toBeNull();
});

test('stores the body byte for byte when the database can store it', () => {
  const text = '{ "ticket_id" : 12, "note": "Gr\u00fc\u00dfe \\u00e4 \\"q\\"" }';

  expect(readDelivery(Buffer.from(text), null)?.body).toBe(text);
});

test('replaces NUL and unpaired surrogates, which the database refuses, and keeps surrogate pairs', () => {
  const text = '{"a\\u0000":["x\\u0000y","\\ud83d","\\ud83d\\ude00"],"n":{"deep":"\\uDC00z"}}';

  expect(JSON.parse(readDelivery(Buffer.from(text), null)?.body ?? '')).toEqual({
    'a\uFFFD': ['x\uFFFDy', '\uFFFD', '\u{1F600}'],
    n: { deep: '\uFFFDz' },
  });
});

test('a subject without a valid id names no ticket', () => {
  for (const id of ['0', '-1', '99999999999999999999'])
    expect(read({ ...anEnvelope(), subject: `zen:ticket:${id}` })).toMatchObject({
      type: 'ticket.created',
      ticketId: null,
    });
});

test.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59-23:59'])(
  "a time outside the database's range (%s) is read as none",
  (time) => {
    expect(read({ ...anEnvelope(), time })).toMatchObject({ type: 'ticket.created', ticketId: 5158, occurredAt: null });
  },
);

test('parses nesting of any depth, and treats an escaped backslash before u as text', () => {
  const deep = `${'['.repeat(200_000)}"\\\\u0000 \\u0000"${']'.repeat(200_000)}`;

  expect(readDelivery(Buffer.from(deep), null)?.body).toContain('["\\\\u0000 \\ufffd"]');
});

test("ignores ids far longer than Zendesk's", () => {
  const delivery = readDelivery(Buffer.from(JSON.stringify(anEnvelope({ id: 'x'.repeat(500) }))), 'y'.repeat(500));

  expect(delivery).toMatchObject({ invocationId: null, envelopeId: null, type: 'ticket.created' });
});

test.each([{ subject: null }, { subject: undefined }, { subject: '' }])(
  'an event without a subject (%j) belongs to the ticket in its detail',
  (missing) => {
    expect(read({ ...anEnvelope(), ...missing })).toMatchObject({ ticketId: 5158 });
    expect(read({ ...anEnvelope({ type: 'user.deleted' }), ...missing })).toMatchObject({ ticketId: null });
  },
);
