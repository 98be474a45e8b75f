// Checks that joined queries give the rows that each gives by itself, and that their text stays the same from run to run.
import { asc, eq, inArray, sql } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { idsOf, onceFor, prepareJoined, readRows, rowsOf } from './joined-queries.ts';
import { settings } from './tables.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  await database.db.insert(settings).values([
    { key: 'a', value: { at: [1, 2] } },
    { key: "b'c", value: { at: null } },
    { key: 'd', value: {} },
  ]);
});
afterAll(() => database.drop());

const { key, value } = settings;
const keys = ['a', "b'c", 'd'];

test('a joined query gives the rows of the query, in its order', async () => {
  const plain = await database.db.select({ key, value }).from(settings).where(inArray(key, keys)).orderBy(asc(key));
  const joined = rowsOf({ key, value }, (select) => select.from(settings).where(inArray(key, keys)).orderBy(asc(key)));
  expect(await readRows(database.db, joined)).toEqual(plain);
});

test('no row is an empty list, and null stays null', async () => {
  const nobody = rowsOf({ key }, (select) => select.from(settings).where(eq(key, 'nobody')));
  const none = rowsOf({ none: sql<null>`NULL` }, (select) => select.from(settings).where(eq(key, 'a')));
  expect(await readRows(database.db, nobody)).toEqual([]);
  expect(await readRows(database.db, none)).toEqual([{ none: null }]);
});

test.each([[[]], [[7]], [[7, 8]]])('the ids %j can be written into the text or come by a placeholder', async (ids) => {
  const found = (given: Parameters<typeof idsOf>[0]) =>
    rowsOf({ id: sql<number>`given.id` }, (select) => select.from(sql`unnest(${idsOf(given)}::bigint[]) AS given(id)`));
  const expected = ids.map((id) => ({ id }));
  const statement = prepareJoined(database.db, { found: found(sql.placeholder('ids')) });
  expect(await readRows(database.db, found(ids))).toEqual(expected);
  expect(await statement.execute({ ids })).toEqual({ found: expected });
});

test('one statement serves all values of its placeholders', async () => {
  const named = rowsOf({ key }, (select) =>
    select
      .from(settings)
      .where(eq(key, sql.placeholder('wanted')))
      .limit(1),
  );
  const statement = prepareJoined(database.db, { first: named, second: named });
  for (const wanted of keys)
    expect(await statement.execute({ wanted })).toEqual({ first: [{ key: wanted }], second: [{ key: wanted }] });
});

test('is made once for each object', () => {
  const made = onceFor((of: object) => ({ of }));
  const [one, other] = [{}, {}];
  expect(made(one)).toBe(made(one));
  expect(made(other)).not.toBe(made(one));
});
