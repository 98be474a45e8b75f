import type { ManualPayment } from '@deskwright/shared/contract';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.ts';
import { until } from '../platform/testing/until.ts';
import {
  type ActionsFixture,
  createActionsFixture,
  LENA,
  OMAR,
  type RefundOptions,
  T2,
  T3,
} from '../sidebar/actions/testing/actions-fixture.ts';

import { refundErasing } from './erasing.ts';
import { openLedger, readLedger } from './ledger/ledger.ts';
import { verifyEntries } from './ledger/verify-entries.ts';
import { recordStop } from './stop.ts';
import { ledgerCustomers, refunds } from './tables.ts';

let database: TestDatabase;
let fixture: ActionsFixture;
beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  await database.clear();
  fixture = createActionsFixture(database);
  await fixture.placed(42);
  await fixture.placed(43);
});
afterAll(() => database.drop());

const done = { kind: 'done' };
const refused = (error: string, status: number, more: object = {}) => ({
  kind: 'refused',
  status,
  refusal: { error, ...more },
});
const usd = (minor: number) => ({ minor, currency: 'USD' });
const ORDER = { order: '77', paid: usd(9_000), paidOn: '2026-01-02' };

test('a refund is recorded with its amount and reason, and stands in an internal note with the rule that allowed it', async () => {
  expect(await fixture.refunds(42, 1250, { reason: ' {{ticket.id}} arrived broken ', reasonCode: 'damaged' })).toEqual(
    done,
  );
  expect(await fixture.refunded()).toMatchObject([
    { ticketId: 42, agentId: LENA.id, amountMinor: 1250, currency: 'USD', state: 'granted', undoneAt: null },
  ]);
  await fixture.perform();
  expect(fixture.notes(42)).toContain(
    'Refund of $12.50 recorded by Lena Fischer\n\nReason (damaged):\n{ {ticket.id}} arrived broken\n\nAllowed by refunds.limits of tier t1',
  );
});

test('a reason code that the policy no longer has is refused, and nothing is recorded', async () => {
  expect(await fixture.refunds(42, 1250, { reasonCode: 'late' })).toMatchObject(refused('choice_gone', 409));
  expect(await fixture.refunded()).toEqual([]);
});

test('its books have a payment, a reservation and a confirmation, with the rule that allowed it and without the customer', async () => {
  await fixture.refunds(42, 1250, { requestId: 'request-one' });
  const entries = [];
  for await (const entry of readLedger(database.db)) entries.push(entry);
  expect(entries).toMatchObject([
    { kind: 'payment', amountMinor: 1250, requestId: null },
    { kind: 'reserved', amountMinor: 1250, requestId: 'request-one', ticketId: 42, agentId: LENA.id },
    { kind: 'confirmed', rule: 'refunds.limits of tier t1', policyHash: expect.stringMatching(/^\w+/) },
  ]);
  const [known] = await database.db.select().from(ledgerCustomers);
  expect(entries.map(({ customer }) => customer)).toEqual(entries.map(() => known?.customer));
});

test('when the customer is forgotten the books stay whole, and say no longer whose refund it was', async () => {
  await fixture.refunds(42, 1250);
  const [known] = await database.db.select().from(ledgerCustomers);
  const forgotten = { ids: [known?.requesterId ?? 0], addresses: [], now: new Date() };
  expect(await refundErasing.onEraseCustomers(database.db, forgotten)).toMatchObject({ erased: { ledger: 1 } });
  expect(await database.db.select().from(ledgerCustomers)).toEqual([]);
  expect(await verifyEntries(readLedger(database.db))).toMatchObject({ entries: 3, problems: [] });
});

test('while refunds are stopped nobody records one, and everybody is told why', async () => {
  const stop = { action: 'stop', who: 'ana@support', why: 'The provider is down', at: new Date() } as const;
  expect(await recordStop(database.db, stop)).toBe(true);
  expect(await recordStop(database.db, stop)).toBe(false);
  expect(await fixture.refunds(42, 1250)).toMatchObject(
    refused('refunds_stopped', 409, { message: 'Refunds are stopped: The provider is down' }),
  );
  expect(await fixture.refunded()).toEqual([]);
  await recordStop(database.db, { ...stop, action: 'resume', why: 'It is back' });
  expect(await fixture.refunds(42, 1250)).toEqual(done);
});

test('a stop holds for a refund that waits for the ledger at that moment', async () => {
  const waiting = await database.db.transaction(async (tx) => {
    await openLedger(tx);
    const refund = fixture.refunds(42, 1250);
    await refundWaits();
    const stop = { action: 'stop', who: 'ana@support', why: 'The provider is down', at: new Date() } as const;
    expect(await recordStop(database.db, stop)).toBe(true);
    return { refund };
  });
  expect(await waiting.refund).toMatchObject(refused('refunds_stopped', 409));
  expect(await fixture.refunded()).toEqual([]);
});

const refundWaits = () =>
  until(async () => {
    const { rows } = await database.db.execute(sql`
      SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    return rows.length > 0;
  });

test('the ticket has the tag of a refund that was made, as of one at the provider; nothing else changes but the note', async () => {
  const { tags, group_id, status, priority, assignee_id } = fixture.inZendesk(42);
  await fixture.byHand(42, { tags: [...tags, 'refund__failed'] });
  await fixture.refunds(42, 1250);
  await fixture.perform();
  const { tags: after, ...rest } = fixture.inZendesk(42);
  expect(after.toSorted()).toEqual([...tags, 'refund__done'].toSorted());
  expect(rest).toMatchObject({ group_id, status, priority, assignee_id });
});

test.each([
  ['above the limit of one refund', 5001, 5000],
  ['of all that money can say', Number.MAX_SAFE_INTEGER, 5000],
])('a refund %s is refused with what may be refunded', async (_, cents, upTo) => {
  const answer = await fixture.refunds(42, cents);
  expect(answer).toMatchObject(refused('above_limit', 409, { upTo: usd(upTo) }));
  expect(answer).toMatchObject({ refusal: { message: expect.stringContaining('at most $50 now') } });
  expect(await fixture.refunded()).toEqual([]);
  expect(await fixture.effects()).not.toContainEqual(expect.objectContaining({ key: expect.stringMatching(/refund/) }));
});

test('refunds of one day on any ticket count together, until nothing is left', async () => {
  expect(await fixture.refunds(42, 4000)).toEqual(done);
  expect(await fixture.refunds(43, 4000)).toEqual(done);
  expect(await fixture.refunds(42, 2001)).toMatchObject(refused('above_limit', 409, { upTo: usd(2000) }));
  expect(await fixture.refunds(42, 2000)).toEqual(done);
  expect(await fixture.refunds(43, 1)).toMatchObject(refused('above_limit', 409, { upTo: usd(0) }));
  expect(await fixture.refunds(43, 5000, { agent: OMAR })).toEqual(done);
});

test('a day is one of the policy’s time zone', async () => {
  fixture.actsAt('2026-11-24T23:30:00-05:00');
  for (const ticketId of [42, 43]) expect(await fixture.refunds(ticketId, 5000)).toEqual(done);
  fixture.actsAt('2026-11-24T23:59:59-05:00');
  expect(await fixture.refunds(42, 1)).toMatchObject(refused('above_limit', 409));
  fixture.actsAt('2026-11-25T00:00:00-05:00');
  expect(await fixture.refunds(42, 5000)).toEqual(done);
});

test.each([
  ['in no tier with a limit', { ...LENA, groupIds: [T2, T3] }],
  ['in no tier', { ...LENA, groupIds: [] }],
])('an agent %s may record nothing', async (_, agent) => {
  expect(await fixture.refunds(42, 1, { agent })).toMatchObject(refused('forbidden', 403));
});

test('who may approve more records within their own limit only', async () => {
  expect(await fixture.refunds(42, 5001, { agent: OMAR })).toMatchObject(refused('above_limit', 409));
});

test('the same form sent again counts once, also at once', async () => {
  const form = { requestId: 'request-same' };
  const answers = await Promise.all(Array.from({ length: 5 }, () => fixture.refunds(42, 1250, form)));
  expect(answers).toEqual(answers.map(() => done));
  expect(await fixture.refunded()).toHaveLength(1);
  await fixture.perform();
  expect(await fixture.refunds(42, 1250, form)).toEqual(done);
  expect(await fixture.refunded()).toHaveLength(1);
  expect(fixture.notes(42).filter((note) => note.includes('Refund of $12.50'))).toHaveLength(1);
});

test.each([
  ['another ticket', 43, 1250, {}],
  ['another amount', 42, 1300, {}],
  ['another agent', 42, 1250, { agent: OMAR }],
  ['another reason code', 42, 1250, { reasonCode: 'damaged' }],
  ['another order', 42, 1250, { payment: { ...ORDER, order: '78' } }],
  ['another amount paid', 42, 1250, { payment: { ...ORDER, paid: usd(9_001) } }],
  ['another day of payment', 42, 1250, { payment: { ...ORDER, paidOn: '2026-01-03' } }],
  ['no order', 42, 1250, { payment: undefined }],
])('the form of one refund is refused for %s', async (_, ticketId, cents, more) => {
  const form = { requestId: 'request-same', payment: ORDER };
  await fixture.refunds(42, 1250, form);
  expect(await fixture.refunds(42, 1250, { ...form, payment: { ...ORDER, order: '#77' } })).toEqual(done);
  expect(await fixture.refunds(ticketId, cents, { ...form, ...more } as RefundOptions)).toMatchObject(
    refused('conflict', 409),
  );
  expect(await fixture.refunded()).toHaveLength(1);
});

test('a refund needs a reason of at most 500 characters, and the policy’s currency', async () => {
  expect(await fixture.refunds(42, 100, { reason: ' \n' })).toMatchObject(
    refused('fields_missing', 422, { fields: ['reason'] }),
  );
  expect(await fixture.refunds(42, 100, { reason: 'x'.repeat(501) })).toMatchObject(refused('bad_request', 400));
  expect(await fixture.refunds(42, 100, { currency: 'EUR' })).toMatchObject(refused('conflict', 409));
  expect(await fixture.refunded()).toEqual([]);
});

test('the log has the amount, and never the reason', async () => {
  await fixture.refunds(42, 1250, { reason: 'Robin was sad' });
  expect(fixture.logged).toMatchObject([{ action: 'record_refund', amountMinor: 1250, currency: 'USD' }]);
  expect(JSON.stringify(fixture.logged)).not.toContain('Robin');
});

test('the same amount on the same ticket or order needs a second confirmation, and none after an undo', async () => {
  const again = { isConfirmed: false };
  const large = order({ paid: usd(9_000) });
  expect(await fixture.refunds(42, 1250, again)).toEqual(done);
  expect(await fixture.refunds(43, 1250, { ...again, payment: large })).toEqual(done);
  expect(await fixture.refunds(42, 1250, again)).toMatchObject(refused('needs_confirmation', 409));
  expect(await fixture.refunds(42, 1251, { ...again, payment: large })).toEqual(done);
  expect(await fixture.refunds(43, 1251, { ...again, payment: large })).toMatchObject(
    refused('needs_confirmation', 409),
  );
  expect(await fixture.refunds(42, 1250, { isConfirmed: true })).toEqual(done);
  for (const { id, ticketId } of await fixture.refunded()) await fixture.undoesRefund(ticketId, id);
  expect(await fixture.refunds(42, 1250, again)).toEqual(done);
});

const order = (part: Partial<ManualPayment> = {}): ManualPayment => ({
  order: '#A-77',
  paid: usd(2_000),
  paidOn: '2026-01-02',
  ...part,
});

describe('with the payment that the agent enters', () => {
  test('no more is refunded than what was paid, however the order is spelt', async () => {
    expect(await fixture.refunds(42, 1_500, { payment: order() })).toEqual(done);
    expect(await fixture.refunds(43, 501, { payment: order({ order: 'a-77 ' }) })).toMatchObject(
      refused('above_payment', 409, { upTo: usd(500) }),
    );
    expect(await fixture.refunds(43, 500, { payment: order() })).toEqual(done);
    expect(await verifyEntries(readLedger(database.db))).toMatchObject({
      entries: 5,
      problems: [],
      totals: { USD: { paid: -2_000, refunded: 2_000, refundable: 0 } },
    });
    await fixture.perform();
    expect(fixture.notes(42).join()).toContain('Refund of $15 of order a-77 recorded by Lena Fischer');
  });

  test.each([
    ['a higher amount', { paid: usd(9_000) }, 'other_payment'],
    ['another currency', { paid: { minor: 2_000, currency: 'EUR' } }, 'other_payment'],
    ['a later day', { paidOn: '2026-01-03' }, 'other_payment'],
    ['a day that is not there yet', { order: 'B-1', paidOn: '2100-01-01' }, 'bad_request'],
  ])('%s than what the books know is refused', async (_, part, error) => {
    await fixture.refunds(42, 100, { payment: order() });
    expect(await fixture.refunds(42, 200, { payment: order(part) })).toMatchObject({ refusal: { error } });
    expect(await fixture.refunded()).toHaveLength(1);
  });

  test('two agents at once refund together what was paid, and no more', async () => {
    const asked = Array.from({ length: 8 }, (_, n) =>
      fixture.refunds(n % 2 === 0 ? 42 : 43, 500, { agent: n % 2 === 0 ? LENA : OMAR, payment: order() }),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter(({ kind }) => kind === 'done')).toHaveLength(4);
  });
});

describe('by other rules of the policy', () => {
  const with_ = (rules: string) => {
    fixture = createActionsFixture(
      database,
      '',
      `\nrefunds: { currency: USD, approve_above_limit: [omar@northwind.test], ${rules} }\n`,
    );
    return Promise.all([42, 43].map((id) => fixture.placed(id)));
  };
  const T1_LIMIT = 'tier: t1, per_refund: 50, per_agent_per_day: 1000';

  test('above the threshold, also in parts, the customer must be verified', async () => {
    await with_(`needs_verified_customer_above: 20, limits: [{ ${T1_LIMIT} }]`);
    expect(await fixture.refunds(42, 2_001)).toMatchObject(refused('needs_verification', 409));
    fixture.verified.add(42);
    expect(await fixture.refunds(42, 2_001)).toEqual(done);
    expect(await fixture.refunds(43, 1)).toMatchObject(refused('needs_verification', 409));
    await fixture.placed(44, 'Money back', { requester_id: 901 });
    expect(await fixture.refunds(44, 2_000)).toEqual(done);
    const payment = order({ paid: usd(9_000) });
    expect(await fixture.refunds(44, 1_000, { payment })).toEqual(done);
    expect(await fixture.refunds(44, 1_001, { payment })).toMatchObject(refused('needs_verification', 409));
  });

  test('a share needs the payment, and holds for all its parts together', async () => {
    await with_('limits: [{ tier: t1, per_refund: 15%, per_agent_per_day: 1000 }]');
    expect(await fixture.refunds(42, 100)).toMatchObject(refused('above_limit', 409, { upTo: usd(0) }));
    expect(await fixture.refunds(42, 200, { payment: order() })).toEqual(done);
    expect(await fixture.refunds(43, 101, { payment: order() })).toMatchObject(
      refused('above_limit', 409, { upTo: usd(100) }),
    );
  });

  test('a customer gets no more, also after two were merged', async () => {
    await with_(`limits: [{ ${T1_LIMIT}, per_customer: { amount: 60, days: 30 } }]`);
    await fixture.placed(44, 'Money back', { requester_id: 901 });
    expect(await fixture.refunds(42, 3_000)).toEqual(done);
    expect(await fixture.refunds(44, 3_000)).toEqual(done);
    await refundErasing.onMergeCustomers(database.db, { from: 901, into: 900 });
    expect(await fixture.refunds(43, 1, { agent: OMAR })).toMatchObject(refused('above_limit', 409, { upTo: usd(0) }));
  });

  test('another customer on the ticket makes no room for more', async () => {
    await with_(`limits: [{ ${T1_LIMIT}, per_customer: { amount: 60, days: 30 } }]`);
    expect(await fixture.refunds(43, 5_000)).toEqual(done);
    await fixture.byHand(42, { requester_id: 901 });
    const upTo = { upTo: usd(1_000) };
    expect(await fixture.refunds(42, 1_500)).toMatchObject(refused('above_limit', 409, upTo));
    await fixture.byHand(43, { requester_id: 902 });
    expect(await fixture.refunds(43, 1_500)).toMatchObject(refused('above_limit', 409, upTo));
    await refundErasing.onEraseCustomers(database.db, { ids: [900] } as never);
    await refundErasing.onMergeCustomers(database.db, { from: 902, into: 901 });
    expect(await fixture.refunds(42, 1_500)).toEqual(done);
  });

  test('what the former version recorded meanwhile counts, though the books do not have it yet', async () => {
    await with_('limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 60 }]');
    const byFormerVersion = { agentId: LENA.id, amountMinor: 5_000, currency: 'USD', state: 'granted' } as const;
    await database.db.insert(refunds).values({ ...byFormerVersion, ticketId: 42, grantedAt: new Date() });
    expect(await fixture.refunds(43, 1_001)).toMatchObject(refused('above_limit', 409, { upTo: usd(1_000) }));
  });
});

describe('undone on the same day', () => {
  const theRefund = async () => (await fixture.refunded())[0]?.id ?? 0;

  test('a refund no longer counts, stays on record, and a note says so', async () => {
    await fixture.refunds(42, 5000);
    await fixture.refunds(43, 5000);
    expect(await fixture.undoesRefund(42, await theRefund())).toEqual(done);
    expect(await fixture.refunds(43, 5000)).toEqual(done);
    expect((await fixture.refunded())[0]).toMatchObject({
      state: 'cancelled',
      undoneBy: LENA.id,
      undoneAt: expect.any(Date),
    });
    await fixture.perform();
    expect(fixture.notes(42).join('\n')).toContain('Recorded refund of $50 undone by Lena Fischer');
    expect(fixture.logged).toContainEqual(
      expect.objectContaining({ action: 'undo_refund', refundId: await theRefund() }),
    );
  });

  test('it is undone once, by the agent who recorded it, on its own ticket', async () => {
    await fixture.refunds(42, 5000);
    const id = await theRefund();
    expect(await fixture.undoesRefund(42, id, OMAR)).toMatchObject(refused('forbidden', 403));
    expect(await fixture.undoesRefund(43, id)).toMatchObject(refused('not_found', 404));
    const answers = await Promise.all([fixture.undoesRefund(42, id), fixture.undoesRefund(42, id)]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['done', 'refused']);
    expect((await fixture.effects()).filter(({ key }) => key === `refund:${id}:undone`)).toHaveLength(1);
  });

  test('the tag of the ticket goes with its last refund', async () => {
    await fixture.refunds(42, 3000);
    await fixture.refunds(42, 2000);
    const [first, second] = await fixture.refunded();
    await fixture.undoesRefund(42, first?.id ?? 0);
    await fixture.perform();
    expect(fixture.inZendesk(42).tags).toContain('refund__done');
    await fixture.undoesRefund(42, second?.id ?? 0);
    await fixture.perform();
    expect(fixture.inZendesk(42).tags).not.toContain('refund__done');
  });

  test('its form sent again is refused: nothing would be recorded', async () => {
    await fixture.refunds(42, 5000, { requestId: 'request-same' });
    await fixture.undoesRefund(42, await theRefund());
    expect(await fixture.refunds(42, 5000, { requestId: 'request-same' })).toMatchObject(refused('conflict', 409));
    expect(await fixture.refunded()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('it is not undone on the next day', async () => {
    fixture.actsAt('2026-11-24T23:30:00-05:00');
    await fixture.refunds(42, 5000);
    fixture.actsAt('2026-11-25T00:00:00-05:00');
    expect(await fixture.undoesRefund(42, await theRefund())).toMatchObject(refused('too_late', 409));
  });
});

test('whatever is recorded and undone at once, an agent never refunds more than a day allows', async () => {
  const cents = fc.integer({ min: 1, max: 6000 });
  const step = fc.record({
    ticketId: fc.constantFrom(42, 43),
    cents,
    agent: fc.constantFrom(LENA, OMAR),
    thenUndo: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 2, maxLength: 8 }), { minLength: 1, maxLength: 3 }),
      async (rounds) => {
        await database.clear();
        for (const ticketId of [42, 43]) await fixture.placed(ticketId);
        for (const round of rounds) {
          const answers = await Promise.all(
            round.map(({ ticketId, cents: minor, agent }) => fixture.refunds(ticketId, minor, { agent })),
          );
          const wrong: string[] = [];
          for (const agent of [LENA, OMAR]) {
            const own = (await fixture.refunded()).filter(
              ({ agentId, state }) => agentId === agent.id && state === 'granted',
            );
            const used = own.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
            if (used > 10_000) wrong.push(`${agent.name} refunded ${used}`);
            for (const [at, { cents: minor, agent: who }] of round.entries()) {
              if (who !== agent) continue;
              const isDone = answers[at]?.kind === 'done';
              if (isDone && minor > 5000) wrong.push(`${minor} at once`);
              // What was refused would not have fitted.
              if (!isDone && minor <= 5000 && used + minor <= 10_000) wrong.push(`${minor} was refused at ${used}`);
            }
          }
          expect(wrong).toEqual([]);
          const [undone] = round.filter(({ thenUndo }) => thenUndo);
          const [last] = (await fixture.refunded()).filter(({ state }) => state === 'granted');
          if (undone && last)
            await fixture.undoesRefund(last.ticketId, last.id, last.agentId === LENA.id ? LENA : OMAR);
          const granted = (await fixture.refunded()).filter(({ state }) => state === 'granted');
          const { problems, totals } = await verifyEntries(readLedger(database.db));
          expect(problems).toEqual([]);
          expect(totals['USD']?.refunded ?? 0).toBe(granted.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
        }
      },
    ),
    { numRuns: 10 },
  );
});
