import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { Guidance } from '../../policy/guidance/guidance.ts';
import { aCardPolicy, cardFixture } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(() => database.clear());
afterAll(() => database.drop());

const { cardOf, ticket, says } = cardFixture(() => database);
const GUIDANCE: Guidance = {
  title: 'Refund',
  steps: 0,
  blocks: [{ kind: 'reply', text: 'Order {{order_number}}, parcel {{tracking_number}}' }],
};
const policy = aCardPolicy(
  `lookups:
  - { name: order_number, pattern: 'NW-?\\d{5}', example: NW-51358 }
  - { name: tracking_number, pattern: '1Z\\w{4}', example: 1Z99AA }
`,
  { refunds: GUIDANCE },
);

test('numbers that the customer wrote in public are found, newest first, each once, as whole words', async () => {
  await ticket({ subject: 'NW-00001', description: 'My order nw-51358.' });
  await says('customer', 'My order nw-51358.', 4);
  await says('customer', 'Or was it NW22222? Not NW-123456, and not xNW-33333.', 3);
  await says('agent', 'NW-44444', 2);
  await says('customer', 'Private NW-55555', 1, { public: false });
  const { found, guidance } = await cardOf(42, { policy });
  expect(found).toEqual([{ label: 'order number', values: ['NW22222', 'nw-51358', 'NW-00001'] }]);
  expect(guidance?.blocks).toEqual([{ kind: 'reply', text: 'Order NW22222, parcel [tracking number]' }]);
});

test('at most five values are shown, and none without a lookup', async () => {
  await ticket({ description: Array.from({ length: 30 }, (_, n) => `NW-100${10 + n}`).join(' ') });
  expect((await cardOf(42, { policy })).found[0]?.values).toHaveLength(5);
  expect((await cardOf(42)).found).toEqual([]);
});
