// Comments are read by the lexicon when they come in, and again when it changes, as long as they are kept.
import { asc, eq } from 'drizzle-orm';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import type { Lexicon } from '../../decide/find-drivers.ts';
import { invitations, responses } from '../tables.ts';
import { lexiconHash, readComment, readComments } from './read-comments.ts';

let database: TestDatabase;
beforeAll(async () => void (database = await createTestDatabase()));
afterAll(() => database.drop());

const SPEED: Lexicon = [{ driver: 'speed', words: { en: ['slow', 'wait*'] } }];
const PRICE: Lexicon = [...SPEED, { driver: 'price', words: { en: ['expensive'], es: ['caro'] } }];
const AT = new Date('2026-11-28T12:00:00Z');
const { signal } = new AbortController();

async function given(comments: readonly string[]): Promise<number[]> {
  const one = { survey: 'nps', requesterId: 1, dueAt: AT, cause: 'campaign', state: 'answered' } as const;
  const made = await database.db
    .insert(invitations)
    .values(comments.map(() => one))
    .returning({ id: invitations.id });
  await database.db.insert(responses).values(
    made.map(({ id }, at) => {
      const comment = comments[at] ?? '';
      const drivers = at === 0 ? ['effort'] : [];
      return {
        invitationId: id,
        score: 3,
        comment,
        drivers,
        answeredAt: AT,
        changedAt: AT,
        ...readComment(comment, SPEED),
      };
    }),
  );
  return made.map(({ id }) => id);
}

test('a changed lexicon is applied to the comments that are kept, and erased ones keep what was found', async () => {
  const { db } = database;
  const [, , erased] = await given(['slow and expensive', 'Muy caro', 'I waited', '']);
  await db
    .update(responses)
    .set({ comment: '' })
    .where(eq(responses.invitationId, erased ?? 0));
  const found = async () =>
    (await db.select().from(responses).orderBy(asc(responses.invitationId))).map(({ drivers, driversInWords }) => [
      drivers,
      driversInWords,
    ]);
  expect(await found()).toEqual([
    [['effort'], ['speed']],
    [[], []],
    [[], ['speed']],
    [[], []],
  ]);

  expect(await readComments(db, SPEED, signal)).toBe(0);
  expect(await readComments(db, PRICE, signal, 1)).toBe(2);
  expect(await found()).toEqual([
    [['effort'], ['speed', 'price']],
    [[], ['price']],
    [[], ['speed']],
    [[], []],
  ]);
  expect(await readComments(db, PRICE, signal)).toBe(0);

  expect(await readComments(db, [], signal)).toBe(2);
  expect(await found()).toEqual([
    [['effort'], []],
    [[], []],
    [[], ['speed']],
    [[], []],
  ]);
});

test('a lexicon is known by its words, not by the names in it', () => {
  expect(lexiconHash(SPEED.map((entry) => ({ ...entry, name: 'Speed' })))).toBe(lexiconHash(SPEED));
  expect(lexiconHash(PRICE)).not.toBe(lexiconHash(SPEED));
  expect(lexiconHash([])).toBeNull();
});
