import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aCardPolicy, anAgent, cardFixture } from '../../sidebar/card/testing/card-fixture.ts';
import { refundErasing } from '../erasing.ts';
import { recordStop } from '../stop.ts';
import { ledgerCustomers } from '../tables.ts';
import { goodwillTimeline } from '../timeline.ts';
import { goodwillSection } from './goodwill-section.ts';
import { goodwillEntries } from './tables.ts';
import { createGoodwillFixture, GOODWILL, OTHER } from './testing/goodwill-fixture.ts';

let database: TestDatabase;
let fixture: ReturnType<typeof createGoodwillFixture>;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createGoodwillFixture(database);
  fixture.actsAt(NOON);
  await fixture.placed(42);
});
afterAll(() => database.drop());

/** In New York, the policy's zone: no test runs into the next day. */
const NOON = '2030-03-11T16:00:00Z';
const TOMORROW = '2030-03-12T16:00:00Z';

const done = { kind: 'done' };
const refused = (error: string, status = 409) => ({ kind: 'refused', status, refusal: { error } });

test('what is given stands in the books, in a note and as a tag, with the rule that allowed it', async () => {
  expect(await fixture.gives(42, 'credit')).toEqual(done);
  await fixture.perform();
  expect(await fixture.entries()).toMatchObject([
    {
      kind: 'given',
      item: 'credit',
      valueMinor: 1_000,
      budgetMinor: 10_000,
      rule: 'refunds.goodwill.budgets of tier t1',
      policyHash: expect.stringMatching(/^\w+/),
      customer: expect.stringMatching(/-/),
    },
  ]);
  expect(fixture.notes(42).at(-1)).toBe(
    'Goodwill: Credit of $10 ($10) given by Lena Fischer\n\nReason:\nCame too late\n\nFor the customer:\nCode THANKS-10',
  );
  expect(fixture.inZendesk(42).tags).toContain('goodwill__credit');
});

test('of 11 times $10 at once on a budget of $100, 10 are given and 1 is refused', async () => {
  await fixture.placed(43);
  const answers = await Promise.all(Array.from({ length: 11 }, (_, n) => fixture.gives(42 + (n % 2), 'credit')));
  expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(10);
  expect(answers.find(({ kind }) => kind === 'refused')).toMatchObject(refused('goodwill_used_up'));
  fixture.actsAt(TOMORROW);
  expect(await fixture.gives(42, 'credit')).toEqual(done);
});

test('free accounts are for named agents, so many a month and one not more', async () => {
  fixture.actsAt('2030-03-31T12:00:00Z');
  expect(await fixture.gives(42, 'account')).toMatchObject(refused('forbidden', 403));
  expect(await fixture.gives(42, 'account', { agent: OTHER })).toEqual(done);
  expect(await fixture.gives(42, 'account', { agent: OTHER })).toEqual(done);
  expect(await fixture.gives(42, 'account', { agent: OTHER })).toMatchObject(refused('goodwill_used_up'));
  // In New York it is still March.
  fixture.actsAt('2030-04-01T03:59:00Z');
  expect(await fixture.gives(42, 'account', { agent: OTHER })).toMatchObject(refused('goodwill_used_up'));
  fixture.actsAt('2030-04-01T04:01:00Z');
  expect(await fixture.gives(42, 'account', { agent: OTHER })).toEqual(done);
});

test.each([
  ['a discount by who is not named', 'discount', { agent: OTHER }, 'forbidden', 403],
  ['what the catalogue does not have', 'coupon', {}, 'choice_gone', 409],
  ['another amount', 'credit', { value: { minor: 9_000, currency: 'USD' } }, 'conflict', 409],
  ['another currency', 'credit', { value: { minor: 1_000, currency: 'EUR' } }, 'conflict', 409],
  ['nothing in the reason', 'credit', { reason: ' ' }, 'fields_missing', 422],
  ['a light agent', 'credit', { agent: { ...OTHER, may: { ...OTHER.may, edit: false } } }, 'read_only', 403],
])('refuses %s', async (_, item, more, error, status) => {
  expect(await fixture.gives(42, item, more)).toMatchObject(refused(error, status));
  expect(await fixture.entries()).toEqual([]);
});

test('the same form gives once, and the same thing once more on a ticket must be confirmed', async () => {
  const form = { requestId: 'a-form-of-a-page', isConfirmed: false };
  expect(await Promise.all([1, 2].map(() => fixture.gives(42, 'credit', form)))).toEqual([done, done]);
  expect(await fixture.entries()).toHaveLength(1);
  expect(await fixture.gives(42, 'discount', form)).toMatchObject(refused('conflict'));
  expect(await fixture.gives(42, 'credit', { isConfirmed: false })).toMatchObject(refused('needs_confirmation'));
});

test('the same thing for the same customer must be confirmed on another ticket too, whoever gives it', async () => {
  await fixture.placed(43);
  await fixture.placed(44, undefined, { requester_id: 901 });
  expect(await fixture.gives(42, 'credit')).toEqual(done);
  const again = { agent: OTHER, isConfirmed: false };
  expect(await fixture.gives(43, 'credit', again)).toMatchObject(refused('needs_confirmation'));
  expect(await fixture.gives(44, 'credit', again)).toEqual(done);
  const [first] = await fixture.entries();
  await fixture.takesBack(42, first?.id ?? 0);
  expect(await fixture.gives(43, 'credit', again)).toEqual(done);
});

test('while refunds are stopped nothing is given', async () => {
  const stop = { action: 'stop', who: 'ana@support', why: 'Codes leaked', at: new Date() } as const;
  await recordStop(database.db, stop);
  expect(await fixture.gives(42, 'credit')).toMatchObject(refused('refunds_stopped'));
  await recordStop(database.db, { ...stop, action: 'resume' });
  expect(await fixture.gives(42, 'credit')).toEqual(done);
});

test('who gave it takes it back on the same day: the budget has it again, and the tag goes with the last', async () => {
  await fixture.gives(42, 'credit');
  await fixture.gives(42, 'credit');
  const [first, second] = (await fixture.entries()).map(({ id }) => id);
  expect(await fixture.takesBack(42, first ?? 0, OTHER)).toMatchObject(refused('forbidden', 403));
  expect(await fixture.takesBack(42, first ?? 0)).toEqual(done);
  expect(await fixture.takesBack(42, first ?? 0)).toMatchObject(refused('conflict'));
  await fixture.perform();
  expect(fixture.inZendesk(42).tags).toContain('goodwill__credit');
  expect(await fixture.takesBack(42, second ?? 0)).toEqual(done);
  await fixture.perform();
  expect(fixture.inZendesk(42).tags).not.toContain('goodwill__credit');
  const again = await Promise.all(Array.from({ length: 11 }, () => fixture.gives(42, 'credit')));
  expect(again.filter(({ kind }) => kind === 'done')).toHaveLength(10);
  const last = (await fixture.entries()).at(-1)?.id ?? 0;
  fixture.actsAt(TOMORROW);
  expect(await fixture.takesBack(42, last)).toMatchObject(refused('too_late'));
});

test('the database refuses to change an entry, to give more than the budget, and to take back what was not given', async () => {
  await fixture.gives(42, 'credit');
  const [entry] = await fixture.entries();
  if (entry === undefined) throw new Error('nothing was given');
  const { id: _, ...values } = entry;
  const { db } = database;
  const why = async (work: PromiseLike<unknown>) => {
    try {
      await work;
    } catch (error) {
      return String((error as Error).cause);
    }
    return 'accepted';
  };
  expect(await why(db.update(goodwillEntries).set({ valueMinor: 1 }))).toMatch(/permission denied/);
  expect(await why(db.delete(goodwillEntries))).toMatch(/permission denied/);
  const more = { ...values, requestId: 'other', valueMinor: 9_001 };
  expect(await why(db.insert(goodwillEntries).values(more))).toMatch(/has 9000 left/);
  const back = { ...values, kind: 'taken_back' as const };
  expect(await why(db.insert(goodwillEntries).values({ ...back, agentId: 3 }))).toMatch(/did not give this/);
  expect(await why(db.insert(goodwillEntries).values(back))).toBe('accepted');
  const free = { ...values, itemKind: 'free_account' as const, budgetMinor: null, perMonth: 1 };
  expect(await why(db.insert(goodwillEntries).values({ ...free, requestId: 'free' }))).toBe('accepted');
  expect(await why(db.insert(goodwillEntries).values({ ...free, requestId: 'free 2' }))).toMatch(/may give 1/);
});

test('when the customer is forgotten, the books say no longer to whom it was given', async () => {
  await fixture.gives(42, 'credit');
  const { policy } = fixture.deps.policy.current();
  const past = () =>
    goodwillTimeline.read(database.db, {
      requesterId: 900,
      policy,
      limit: 9,
      agent: OTHER,
      directory: fixture.deps.directory,
    });
  const [given] = await fixture.entries();
  await fixture.takesBack(42, given?.id ?? 0);
  const told = { ticketId: 42, item: 'Credit of $10', value: { minor: 1_000, currency: 'USD' } };
  expect(await past()).toEqual([
    { ...told, kind: 'goodwill_taken_back', at: new Date(NOON) },
    { ...told, kind: 'goodwill_given', at: new Date(NOON) },
  ]);
  await refundErasing.onEraseCustomers(database.db, { ids: [900], addresses: [], now: new Date() });
  expect(await past()).toEqual([]);
  expect(await database.db.select().from(ledgerCustomers)).toEqual([]);
});

describe('the card', () => {
  const { cardOf } = cardFixture(() => database);
  const goodwillOf = async (agent = anAgent(), at = NOON, policy = aCardPolicy(GOODWILL)) =>
    (await cardOf(42, { agent, policy, deps: { sections: [goodwillSection], clock: () => Date.parse(at) } })).goodwill;

  it('shows what is left today, what the agent may give, and what was given', async () => {
    await fixture.gives(42, 'credit');
    await fixture.gives(42, 'discount');
    expect(await goodwillOf()).toMatchObject({
      perDay: { minor: 10_000, currency: 'USD' },
      leftToday: { minor: 5_500 },
      items: [
        { id: 'credit', kind: 'credit', value: { minor: 1_000 }, leftThisMonth: null, isLeft: true },
        { id: 'discount', isLeft: true },
      ],
      examples: ['A parcel that came too late'],
      given: [
        { name: 'Discount', give: null, mayTakeBack: true },
        { name: 'Credit of $10', give: 'Code THANKS-10', takenBackAt: null, mayTakeBack: true },
      ],
    });
    await fixture.gives(42, 'discount');
    expect((await goodwillOf())?.items.map(({ isLeft }) => isLeft)).toEqual([true, false]);
  });

  it('keeps showing what was given when the policy has no goodwill or no refunds any more', async () => {
    await fixture.gives(42, 'credit');
    const [withRefunds = ''] = GOODWILL.split('  goodwill:');
    for (const without of [withRefunds, ''])
      expect(await goodwillOf(anAgent(), NOON, aCardPolicy(without))).toMatchObject({
        items: [],
        given: [{ name: 'credit', value: { minor: 1_000, currency: 'USD' }, give: null }],
      });
  });

  it('shows nothing to give to who may give nothing, and counts free accounts of the month', async () => {
    const nobody = anAgent({ id: 9, email: 'new@northwind.test', groupIds: [] });
    expect(await goodwillOf(nobody)).toBeNull();
    await fixture.gives(42, 'account', { agent: OTHER });
    expect(await goodwillOf(nobody, TOMORROW)).toMatchObject({ items: [], given: [{ mayTakeBack: false }] });
    const omar = anAgent({ id: OTHER.id, email: OTHER.email, groupIds: [] });
    expect((await goodwillOf(omar))?.items).toMatchObject([{ id: 'account', leftThisMonth: 1, isLeft: true }]);
  });
});
