import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { createGoodwillFixture, GIVER, OTHER, VALUES } from './testing/goodwill-fixture.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const TICKETS = [42, 43];
const step = fc.record({
  does: fc.constantFrom('give', 'give', 'give', 'take back'),
  item: fc.constantFrom('credit', 'discount', 'account'),
  agent: fc.constantFrom(GIVER, OTHER),
  ticketId: fc.constantFrom(...TICKETS),
  which: fc.nat(20),
});
/** Days that follow one another, the last two in another month. */
const DAYS = ['2030-01-30T15:00:00Z', '2030-01-31T15:00:00Z', '2030-02-01T15:00:00Z', '2030-02-02T15:00:00Z'];
const PER_DAY = 10_000;
const PER_MONTH = 2;

test('whatever is given and taken back at once, no budget is overdrawn, and what is left can be given', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: DAYS.length }),
      async (rounds) => {
        await database.clear();
        const fixture = createGoodwillFixture(database);
        for (const id of TICKETS) await fixture.placed(id);
        for (const [n, round] of rounds.entries()) {
          fixture.actsAt(DAYS[n] ?? '');
          const known = await fixture.entries();
          await Promise.all(
            round.map(({ does, item, agent, ticketId, which }) => {
              const one = known[which % Math.max(1, known.length)];
              return does === 'give' || one === undefined
                ? fixture.gives(ticketId, item, { agent })
                : fixture.takesBack(one.ticketId, one.id, agent);
            }),
          );
          const left = await leftBy(fixture);
          expect([...left.values()].filter((balance) => balance < 0)).toEqual([]);
          // What the model says is left is given, and not more.
          const day = (DAYS[n] ?? '').slice(0, 10);
          const ofDay = left.get(`${GIVER.id} ${day}`) ?? PER_DAY;
          const ofMonth = left.get(`${OTHER.id} ${day.slice(0, 7)}`) ?? PER_MONTH;
          const given = await fixture.gives(42, 'credit');
          expect(given.kind).toBe(ofDay >= (VALUES['credit'] ?? 0) ? 'done' : 'refused');
          const account = await fixture.gives(42, 'account', { agent: OTHER });
          expect(account.kind).toBe(ofMonth > 0 ? 'done' : 'refused');
        }
      },
    ),
    { numRuns: 8 },
  );
});

/** By agent and day what is left of the budget, and by agent and month how many free accounts are. */
async function leftBy({
  entries,
}: Pick<ReturnType<typeof createGoodwillFixture>, 'entries'>): Promise<Map<string, number>> {
  const left = new Map<string, number>();
  for (const { kind, itemKind, valueMinor, agentId, day } of await entries()) {
    const sign = kind === 'given' ? -1 : 1;
    const [key, whole, used] =
      itemKind === 'free_account'
        ? [`${agentId} ${day.slice(0, 7)}`, PER_MONTH, 1]
        : [`${agentId} ${day}`, PER_DAY, valueMinor];
    left.set(key, (left.get(key) ?? whole) + sign * used);
  }
  return left;
}
