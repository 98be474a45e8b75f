import { sql } from 'drizzle-orm';
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

const noSuchTable = () => sql<unknown[]>`(SELECT json_agg(id) FROM no_such_table)`;
const placeholderWithoutValue = () => sql<unknown[]>`(SELECT ${sql.placeholder('nobody')}::json)`;

test.each<[string, Pick<CardSection, 'queries' | 'values'>]>([
  ['has a query that PostgreSQL refuses', { queries: [noSuchTable] }],
  ['has a query whose placeholder has no value', { queries: [placeholderWithoutValue] }],
  ['fails to give the values of its queries', { queries: [placeholderWithoutValue], values: fail }],
])("another feature's section that %s is empty, logged, and leaves the rest of the card", async (_, broken) => {
  await ticket();
  const section: CardSection = { key: 'answers', read: ({ rows }) => rows(broken.queries![0]!) as never, ...broken };

  const card = await cardOf(42, { deps: { sections: [section], logger } });

  expect(card).toEqual(await cardOf(42, { deps: { sections: [] } }));
  expect(logged).toEqual([
    { about: expect.objectContaining({ section: 'answers', ticketId: 42 }), message: expect.any(String) },
  ]);
  expect(await cardOf(42, { deps: { sections: [section], logger } })).toEqual(card);
});

test('a database that is away fails the card, since nothing of it can be read', async () => {
  await ticket();
  const away = () => {
    throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
  };
  const section: CardSection = { key: 'reminder', queries: [noSuchTable], values: away, read: () => null };

  await expect(cardOf(42, { deps: { sections: [section], logger } })).rejects.toThrow('ECONNREFUSED');
});

test('guidance that cannot be filled in leaves the rest of the card', async () => {
  await ticket();
  const broken = new Proxy({ title: 'Refunds', blocks: [] }, { get: fail });
  const policy = aCardPolicy('', { refunds: broken as never });

  const card = await cardOf(42, { policy, deps: { logger } });

  expect(card).toMatchObject({ guidance: null, ticket: { id: 42 } });
  expect(logged).toMatchObject([{ about: { section: 'guidance', ticketId: 42 } }]);
});
