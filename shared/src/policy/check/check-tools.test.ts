import { loadPolicy } from '../load-policy.ts';

const START = `version: 1
company: C
time_zone: UTC
tiers: [{ id: t1, name: T, group: G }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
lookups: [{ name: order_number, pattern: 'NW-\\d{5}', example: NW-12345 }]
`;
const SHOWS = 'show: [{ label: S, path: $.s }], allow: { tiers: [t1] }';

function problemsOf(text: string): string[] {
  const loaded = loadPolicy(START + text, 'policy.yaml');
  const problems = loaded.ok ? loaded.warnings : loaded.problems;
  return problems.map(({ severity, path, message }) => `${severity} ${path}: ${message}`);
}
const ofTool = (tool: string) => problemsOf(`tools:\n  - { id: a, name: A, ${tool} }`);
const ofRequest = (request: string) => ofTool(`request: { ${request} }, ${SHOWS}`);

test('a whole tool with an input, a secret and a verification has no problem', () => {
  expect(
    problemsOf(`
verification: { code: {}, questions: [{ id: q, ask: Which postcode?, tool: known, path: $.p }] }
tools:
  - id: cancel
    name: Cancel
    kind: write
    request:
      method: POST
      address: https://shop.test/a/{{input.account}}?mail={{customer.email}}
      secret: shop
      headers: { authorization: "Bearer {{secret}}" }
      body: { why: "{{input.why}}" }
    inputs: [{ id: account, label: Account, from: order_number }, { id: why, label: Why, pattern: '\\w+' }]
    allow: { roles: [admin] }
    needs_verification: true
    confirm: "Cancel {{input.account}}?"
  - { id: known, name: K, request: { address: "https://shop.test/{{customer.id}}" }, show: [{ label: P, path: $.p }] }
`),
  ).toEqual([]);
});

test.each([
  ['address: shop', 'is not an address'],
  ['address: "http://shop.test/a"', 'starts with http://'],
  ['address: "https://{{input.host}}/a"', 'must not contain a placeholder'],
  ['address: "https://u:pw12345@shop.test/a"', 'contains a login'],
  ['address: "https://shop.test/a/../b"', 'contains . or .. in its path'],
  ['address: "https://shop.test/a?key={{secret}}"', '{{secret}} is allowed only in a header'],
  ['address: "https://shop.test/{{customer.mail}}"', 'placeholder "customer.mail" does not exist'],
  ['address: "https://shop.test/", headers: { x-api-key: abc }', 'the value of "x-api-key" is a secret'],
  ['address: "https://shop.test/", headers: { x-a: xoxb-1234567890 }', 'this looks like a Slack token (xoxb…)'],
  [
    'address: "https://shop.test/", method: POST, body: { a: { b: [sk_live_12345678] } }',
    'this looks like a Stripe key',
  ],
  ['address: "https://shop.test/", headers: { x-a: "{{secret}}" }', '{{secret}} is used, but secret is missing'],
  ['address: "https://shop.test/", secret: shop', 'the secret is not used'],
  ['address: "https://shop.test/", headers: { host: evil.test }', 'sets the header "host" itself'],
  ['address: "https://shop.test/", method: DELETE', 'kind: read allows only GET and POST'],
  ['address: "https://shop.test/", body: { a: 1 }', 'a GET request has no body; remove it'],
])('%s: %s', (request, message) => {
  expect(ofRequest(request)).toEqual([expect.stringContaining(`error tools[0].request`)]);
  expect(ofRequest(request)[0]).toContain(message);
});

const REQUEST = 'request: { address: "https://shop.test/{{customer.id}}" }';

test.each([
  [`${REQUEST}, show: [{ label: S, path: "a[" }], allow: { tiers: [t1] }`, 'is not a JSONPath'],
  [`${REQUEST}, ${SHOWS}, kind: write`, 'kind: write does not allow GET'],
  [`${REQUEST}, ${SHOWS}, confirm: "Sure?"`, 'only kind: write is confirmed'],
  [`${REQUEST}, ${SHOWS}, needs_verification: true`, 'the policy has no verification'],
  [`${REQUEST}, ${SHOWS}, inputs: [{ id: i, label: I }]`, 'this input is not used'],
  [`${REQUEST}, show: [{ label: S, path: $.s }], allow: { tiers: [t9] }`, 'tier "t9" does not exist'],
  [`${REQUEST}, show: [{ label: S, path: $.s }]`, 'nobody may use this tool'],
  [
    `request: { address: "https://s.test/{{input.i}}" }, ${SHOWS}, inputs: [{ id: i, label: I, from: x }]`,
    'source "x" does not exist',
  ],
  [
    `request: { address: "https://s.test/{{input.i}}" }, ${SHOWS}, inputs: [{ id: i, label: I }], beside_ticket: true`,
    'only kind: read without inputs',
  ],
])('%s: %s', (tool, message) => {
  expect(ofTool(tool)).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['verification: {}', 'has neither code nor questions'],
  ['verification: { questions: [{ id: q, ask: Q, tool: x, path: $.p }] }', 'tool "x" does not exist'],
])('%s: %s', (text, message) => {
  expect(problemsOf(text)).toEqual([expect.stringContaining(message)]);
});

const RANDOM = '3f9a0c1d2b4e5f60718293a4b5c6d7e8';
const inHeader = (name: string, value = RANDOM) =>
  `address: "https://shop.test/", secret: shop, headers: { authorization: "Bearer {{secret}}", ${name}: "${value}" }`;
const inQuery = (query: string) => `address: "https://shop.test/o?${query}"`;
const inBody = (body: string) => `address: "https://shop.test/", method: POST, body: ${body}`;

test.each([
  inHeader('ocp-apim-subscription-key'),
  inHeader('x-auth'),
  inHeader('x-functions-key'),
  inHeader('x-access-key', 'hunter'),
  inHeader('x-shop-token', 'hunter'),
  inHeader('x-anything', 'xoxb-1234567890-abcdef'),
  inHeader('cookie', 'sid=hunter'),
  inHeader('proxy-authorization', 'Custom abc'),
  inQuery('apiKey=hunter'),
  inQuery('client_secret=hunter'),
  inQuery(`a=b&access_token=${RANDOM}`),
  inBody(`{ apiKey: ${RANDOM} }`),
  inBody('{ password: hunter2xyz9 }'),
  inBody('{ password: 12345678 }'),
  inBody('{ login: [{ client_secret: abcdef }] }'),
  inBody('{ login: { passwords: [a], accessToken: ["x {{ticket.id}} abcdef"] } }'),
  inBody('{ fields: [{ name: password, value: hunter }] }'),
])('a secret is refused: %s', (request) => {
  expect(ofRequest(request)).toEqual([expect.stringMatching(/^error tools\[0\]\.request\.\w+.* secret/)]);
  expect(ofRequest(request)[0]).not.toContain(RANDOM);
});

test.each([
  inHeader('x-anything', RANDOM),
  inHeader('x-anything', 'Zm9vYmFyMTIz4NTY3OD9kYXRhMQ=='),
  inHeader('x-tenant-id', RANDOM),
  inHeader('x-tenant-key', 'northwind'),
  inHeader('x-store-key', 'outdoor'),
  inHeader('x-token-type', RANDOM),
  inHeader('cookie', `sid={{secret}}; x=${RANDOM}`),
  inQuery(`key=${RANDOM}`),
  inQuery(`a=b&code=${RANDOM}`),
  inQuery('sig=Ab3%2Fd9Ke1Lm4'),
  inQuery(`database_id=${RANDOM}`),
  inQuery('store=507f1f77bcf86cd799439011'),
  inBody(`{ key: ${RANDOM} }`),
  inBody(`{ accountKey: ${RANDOM} }`),
])('what may be a secret is a warning: %s', (request) => {
  expect(ofRequest(request)).toEqual([
    expect.stringMatching(/^warning tools\[0\]\.request\.\w+.* may be a secret .*; if it is none, leave it$/),
  ]);
  expect(ofRequest(request)[0]).not.toContain(RANDOM);
});

test.each([
  inHeader('user-agent', 'Deskwright/1.0 (+https://northwind.example/support)'),
  inHeader('accept-language', 'en-US,en;q=0.9'),
  inHeader('x-api-version', '2024-01-15T00:00:00Z'),
  inHeader('x-tenant-id', '3f9a0c1d-2b4e-5f60-7182-93a4b5c6d7e8'),
  inHeader('x-idempotency-key', 'ticket-{{ticket.id}}'),
  inHeader('x-partition-key', 'orders-2024'),
  inHeader('x-acting-user', '{{agent.email}}'),
  inHeader('x-auth', '{{agent.email}}'),
  inHeader('x-signature', 'v1'),
  inHeader('x-project-key', 'SUP'),
  inHeader('x-token-type', 'customer'),
  inHeader('x-secret-version', 'latest'),
  inBody('{ accountKey: main, host_key: shop-eu, clientKey: northwind }'),
  'address: "https://shop.test/v1/accounts/507f1f77bcf86cd799439011/orders/{{customer.id}}"',
  inQuery('email={{customer.email}}&key={{customer.id}}&token={{ticket.id}}'),
  inQuery('sort_key=created_at&code=SUMMER2024&from=2024-01-15T00:00:00Z&page_token=next'),
  inQuery('fields=orders.lines.productName,orders.lines.productNumber,customer.firstName'),
  inQuery('password_reset=true&has_password=yes&secret_question=1'),
  inBody('{ send: password, key: order_number, code: NW-12345, password: "{{customer.id}}", password_reset: true }'),
  inBody('{ token: refresh, reset: { password: yes }, name: key, value: order_number, id: 507f1f77bcf86cd799439011 }'),
])('what is no secret is not refused: %s', (request) => {
  expect(ofRequest(request)).toEqual([]);
});
