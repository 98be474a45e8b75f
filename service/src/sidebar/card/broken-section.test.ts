import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { CardSection } from './card-section.ts';
import { aCardPolicy, cardFixture } from './testing/card-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { cardOf, ticket } = cardFixture(() => database);

const logged: { about: object; message: string }[] = [];
const log = (about: object, message: string) => void logged.push({ about, message });
const logger = { ...silentLogger, error: log } as typeof silentLogger;
afterEach(() => void logged.splice(0));

const fail = (): never => {
  throw new Error('a fault of its own');
};

test.each([
  ['at once', fail],
  ['by a promise', async () => fail()],
])("another feature's section that fails %s is empty, logged, and leaves the rest of the card", async (_, read) => {
  await ticket();
  const section: CardSection = { key: 'answers', read };

  const card = await cardOf(42, { deps: { sections: [section], logger } });

  expect(card.customer.answers).toEqual([]);
  expect(card).toEqual(await cardOf(42, { deps: { sections: [] } }));
  expect(logged).toEqual([
    { about: expect.objectContaining({ section: 'answers', ticketId: 42 }), message: expect.any(String) },
  ]);
});

test('guidance that cannot be filled in leaves the rest of the card', async () => {
  await ticket();
  const broken = new Proxy({ title: 'Refunds', blocks: [] }, { get: fail });
  const policy = aCardPolicy('', { refunds: broken as never });

  const card = await cardOf(42, { policy, deps: { logger } });

  expect(card).toMatchObject({ guidance: null, ticket: { id: 42 } });
  expect(logged).toMatchObject([{ about: { section: 'guidance', ticketId: 42 } }]);
});
