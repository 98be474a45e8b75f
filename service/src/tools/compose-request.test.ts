import fc from 'fast-check';
import { anyCharacter } from '../../testing/any-character.ts';
import { composeQuestion, composeRequest, type RequestContext } from './compose-request.ts';
import type { Tool } from './tool.ts';

const aTool = (request: Partial<Tool['request']>, confirm?: string) =>
  ({ request: { method: 'GET', headers: {}, ...request }, confirm }) as Tool;
const context = (inputs: Record<string, string> = {}): RequestContext => ({
  ticketId: 42,
  customer: { id: 900, name: 'Zoë Ünlü', email: 'zoe+a@shop.test' },
  agent: { id: 2, email: 'lena@northwind.test' },
  inputs,
});

test('fills in the address, the headers and the body, each escaped as it must be', () => {
  const tool = aTool({
    method: 'POST',
    address: 'https://shop.test/v1/orders/{{input.order}}?by={{customer.email}}',
    headers: { authorization: 'Bearer {{secret}}', 'x-ticket': '{{ticket.id}}' },
    body: { why: 'says "{{input.order}}"', nested: [{ name: '{{customer.name}}' }], n: 1 },
  });
  expect(composeRequest(tool, context({ order: 'A/1 "&?#' }))).toEqual({
    request: {
      method: 'POST',
      url: 'https://shop.test/v1/orders/A%2F1%20%22%26%3F%23?by=zoe%2Ba%40shop.test',
      headers: { authorization: 'Bearer {{secret}}', 'x-ticket': '42' },
      body: JSON.stringify({ why: 'says "A/1 "&?#"', nested: [{ name: 'Zoë Ünlü' }], n: 1 }),
    },
  });
});

// Servers that decode an escaped slash would leave the path too.
test.each(['..', '.', '', '../../admin', '1/..\\2', './1'])(
  'a value that would change the path is refused: %p',
  (order) => {
    const tool = aTool({ address: 'https://shop.test/orders/{{input.order}}/log' });
    expect(composeRequest(tool, context({ order }))).toEqual({ missing: 'input.order' });
  },
);

test('says which value is missing, and asks with what there is', () => {
  const tool = aTool(
    { address: 'https://shop.test/{{customer.email}}' },
    'Cancel {{customer.email}} of #{{ticket.id}}?',
  );
  const nobody = { ...context(), customer: null };
  expect(composeRequest(tool, nobody)).toEqual({ missing: 'customer.email' });
  expect(composeQuestion(tool, nobody)).toBe('Cancel … of #42?');
});

test('no value whatever leaves the host and the path', () => {
  const tool = aTool({ address: 'https://shop.test:8443/a/{{input.x}}/b-{{input.x}}?q={{input.x}}&r={{input.x}}' });
  const nasty = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.constantFrom(
      '//evil.test',
      '@evil.test',
      '\\\\evil.test',
      '..%2f..',
      '%2e%2e',
      '\r\nhost: evil',
      '?x#y',
      '\ud800',
    ),
  );
  fc.assert(
    fc.property(nasty, (x) => {
      const composed = composeRequest(tool, context({ x }));
      if ('missing' in composed) return;
      const { origin, pathname, hash, searchParams } = new URL(composed.request.url);
      expect([origin, pathname.split('/').length, hash, [...searchParams.keys()]]).toEqual([
        'https://shop.test:8443',
        4,
        '',
        ['q', 'r'],
      ]);
      expect(searchParams.get('q')).toBe(x.toWellFormed());
    }),
  );
});
