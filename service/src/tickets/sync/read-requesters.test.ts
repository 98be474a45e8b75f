import { aZendesk } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { givenTicket } from '../../surveys/testing/survey-fixtures.ts';
import { readRequesters } from './read-requesters.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());

const NOW = Date.parse('2026-11-24T12:00:00Z');
const GONE = 1_002;
const user = (id: number) => ({
  id,
  name: `Customer ${id}`,
  email: `c${id}@x.test`,
  role: 'end-user' as const,
  suspended: false,
  locale: 'en-US',
});

function reader() {
  const asked: number[][] = [];
  const zendesk = aZendesk({
    showUsers: async (ids) => {
      asked.push([...ids]);
      return ids.filter((id) => id !== GONE).map(user);
    },
  });
  return { asked, read: (now = NOW) => readRequesters({ db: database.db, zendesk, clock: () => now }) };
}

const known = async () => (await database.db.select().from(people)).map(({ id }) => id).toSorted((a, b) => a - b);

test('every requester of a stored ticket becomes known, a hundred a call, and nobody is asked of twice', async () => {
  for (let id = 1; id <= 120; id += 1) await givenTicket(database.db, { id, requesterId: 1_000 + id });
  await givenTicket(database.db, { id: 500, requesterId: 1_001 });
  await database.db.insert(people).values({ ...user(1_005), fetchedAt: new Date(NOW) });
  const { asked, read } = reader();
  expect(await read()).toBe(118);
  expect(asked.map((ids) => ids.length)).toEqual([100, 19]);
  expect(await known()).toEqual([...Array(120).keys()].map((n) => 1_001 + n).filter((id) => id !== GONE));

  await givenTicket(database.db, { id: 501, requesterId: 2_000 });
  expect(await read()).toBe(1);
  expect(asked.slice(2)).toEqual([[2_000]]);
});

test('a customer with an old id whose first ticket is new is read within a day, and only once a day who is gone', async () => {
  await givenTicket(database.db, { id: 1, requesterId: GONE });
  const { asked, read } = reader();
  await read();
  await givenTicket(database.db, { id: 2, requesterId: 7 });
  await read(NOW + 3_600_000);
  expect(asked).toEqual([[GONE]]);
  await read(NOW + 86_400_000);
  expect(asked.at(-1)).toEqual([7, GONE]);
  expect(await known()).toEqual([7]);
});
