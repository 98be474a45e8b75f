import fc from 'fast-check';
import { people } from '../directory/tables.ts';
import { tickets } from '../tickets/tables.ts';
import { campaigns, invitations } from './tables.ts';
import { anExportedTicket } from './testing/exported-ticket.ts';
import { createSendingFixture, type SendingFixture } from './testing/sending-fixture.ts';
import { aPolicy, aRequester, MONDAY_NOON } from './testing/survey-fixtures.ts';
import { recordZendeskSurveys } from './zendesk-surveys.ts';

let fixture: SendingFixture;
beforeAll(async () => {
  fixture = await createSendingFixture();
});
afterAll(() => fixture.database.drop());
beforeEach(() => fixture.reset());
afterEach(() => fixture.close());

const DAY = 86_400_000;
const reasons = async () => (await fixture.stored()).map(({ state, reason }) => reason ?? state);

test('a customer whom Zendesk itself asked is not asked until the rest is over', async () => {
  const updated_at = new Date(MONDAY_NOON.getTime() - 29 * DAY).toISOString();
  await recordZendeskSurveys(fixture.database.db, [
    anExportedTicket({ id: 90, requester_id: 501, updated_at, satisfaction_rating: { score: 'offered' } }),
    anExportedTicket({ id: 91, requester_id: 502, updated_at, satisfaction_rating: { score: 'unoffered' } }),
  ]);
  fixture.people.set(502, aRequester({ id: 502 }));
  await fixture.givenDue(7);
  await fixture.givenDue(8, { requesterId: 502 });
  await fixture.send();
  fixture.setTime(2 * DAY);
  await fixture.givenDue(9, { dueAt: fixture.now() });
  await fixture.send();
  expect(await reasons()).toEqual(['contacted_recently', 'sent', 'sent']);
});

test('a rating that is answered later does not count as another contact', async () => {
  const asked = { id: 90, requester_id: 501 };
  const at = (days: number) => new Date(MONDAY_NOON.getTime() + days * DAY).toISOString();
  await recordZendeskSurveys(fixture.database.db, [
    anExportedTicket({ ...asked, updated_at: at(-31), satisfaction_rating: { score: 'offered' } }),
  ]);
  await recordZendeskSurveys(fixture.database.db, [
    anExportedTicket({ ...asked, updated_at: at(-1), satisfaction_rating: { score: 'good', comment: 'Thanks' } }),
  ]);
  await fixture.givenDue();
  await fixture.send();
  expect(await reasons()).toEqual(['sent']);
});

test('a new customer rests first, counted from when Zendesk knew them, by their first ticket or as a user', async () => {
  fixture.setPolicy(aPolicy({ rest_for_new_customers: '7d' }));
  fixture.people.set(502, aRequester({ id: 502 }));
  await fixture.givenDue(7);
  await fixture.givenDue(8, { requesterId: 502 });
  await fixture.database.db.insert(tickets).values({
    id: 5,
    subject: 'Old',
    description: '',
    status: 'closed',
    tags: [],
    requesterId: 502,
    createdAt: new Date('2026-11-01'),
    updatedAt: MONDAY_NOON,
    snapshotAt: MONDAY_NOON,
  });
  fixture.people.set(503, aRequester({ id: 503 }));
  await fixture.givenDue(9, { requesterId: 503 });
  const user = {
    id: 503,
    name: 'Ana',
    role: 'end-user',
    createdAt: new Date('2026-11-01'),
    fetchedAt: MONDAY_NOON,
  } as const;
  await fixture.database.db.insert(people).values(user);
  await fixture.send();
  expect(await reasons()).toEqual(['new_customer', 'sent', 'sent']);
});

test('an agent who wrote a ticket lately is asked the pulse all the same', async () => {
  fixture.setPolicy(aPolicy({ rest_for_new_customers: '7d', pulse: { every: '30d', expires: '7d' } }));
  fixture.addPerson(503, { role: 'agent' });
  await fixture.givenDue(7, { survey: 'pulse', cause: 'campaign', requesterId: 503 });
  await fixture.database.db.update(invitations).set({ ticketId: null });
  await fixture.database.db.update(tickets).set({ requesterId: 503 });
  await fixture.send();
  expect(await reasons()).toEqual(['sent']);
});

describe('who is asked again after a call', () => {
  const day = (n: number) => new Date(MONDAY_NOON.getTime() + n * DAY);
  const asked = { cause: 'campaign', survey: 'nps', requesterId: 501, createdAt: MONDAY_NOON } as const;
  const again = { ...asked, dueAt: day(30) };
  const runOn = async (n: number) => {
    fixture.setTime(n * DAY);
    await fixture.send();
  };
  beforeEach(() => fixture.setPolicy(aPolicy({ nps: { every: '90d', expires: '14d', ask_again_after: '30d' } })));

  test.each([
    ['of no campaign', false],
    ['of a campaign whose round ends before', true],
  ])('and %s, waits for the rest after another survey', async (_whose, isOfCampaign) => {
    const { db } = fixture.database;
    const campaign = { survey: 'nps', repeats: true, startsAt: day(-5), endsAt: day(40), who: 'ops' } as const;
    const made = isOfCampaign ? await db.insert(campaigns).values(campaign).returning({ id: campaigns.id }) : [];
    const first = { ...asked, state: 'answered', sentAt: day(-5), dueAt: day(-5), createdAt: day(-5) } as const;
    await db.insert(invitations).values([first, { ...again, campaignId: made[0]?.id ?? null }]);
    await fixture.givenDue(8, { survey: 'csat', state: 'sent', sentAt: day(26) });
    await runOn(30);
    expect(await reasons()).toEqual(['answered', 'scheduled', 'sent']);
    await runOn(56);
    expect(await reasons()).toEqual(['answered', 'sent', 'sent']);
  });

  test('does not wait after the same survey, nor longer than `every` after it was due first', async () => {
    const { db } = fixture.database;
    await db
      .insert(invitations)
      .values([again, { ...asked, round: 2, dueAt: day(26), state: 'sent', sentAt: day(26) }]);
    await runOn(30);
    expect(await reasons()).toEqual(['contacted_recently', 'sent']);
    await fixture.database.clear();
    await db.insert(invitations).values({ ...again, dueAt: day(91) });
    await fixture.givenDue(8, { survey: 'csat', state: 'sent', sentAt: day(91) });
    await runOn(91);
    expect(await reasons()).toEqual(['contacted_recently', 'sent']);
  });
});

test('no person and no address is asked twice within the rest, whatever two workers do at once', async () => {
  // Users 601 to 604 have two addresses between them, as after a move to another account.
  const aDue = fc.record({
    requesterId: fc.integer({ min: 601, max: 604 }),
    survey: fc.constantFrom('csat' as const, 'ces' as const, 'nps' as const),
    day: fc.integer({ min: 0, max: 40 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(aDue, { minLength: 4, maxLength: 10 }), async (dues) => {
      await fixture.database.clear();
      fixture.setPolicy(aPolicy({ nps: { every: '90d', expires: '14d', ask_again_after: '30d' } }));
      for (const id of [601, 602, 603, 604])
        fixture.people.set(id, aRequester({ id, email: `${id % 2 === 0 ? 'even' : 'Odd'}@example.com` }));
      for (const [index, { requesterId, survey, day }] of dues.entries()) {
        const dueAt = new Date(MONDAY_NOON.getTime() + day * DAY);
        if (survey !== 'nps') await fixture.givenDue(index + 1, { requesterId, survey, dueAt });
        else
          await fixture.database.db
            .insert(invitations)
            .values({ cause: 'campaign', round: 1, survey, requesterId, dueAt });
      }
      for (const day of new Set(dues.map((due) => due.day).toSorted((a, b) => a - b))) {
        fixture.setTime(day * DAY);
        await Promise.all([fixture.send(), fixture.send()]);
      }
      const rows = await fixture.stored();
      expect(rows.every(({ state, reason }) => state === 'sent' || reason === 'contacted_recently')).toBe(true);
      const sent = rows.flatMap(({ recipient, sentAt }) => (sentAt ? [{ recipient, at: sentAt.getTime() }] : []));
      const tooClose = sent.filter((one) =>
        sent.some((two) => one !== two && one.recipient === two.recipient && Math.abs(one.at - two.at) < 30 * DAY),
      );
      expect(tooClose).toEqual([]);
    }),
    { numRuns: 6 },
  );
});
