import { localDate } from '@deskwright/shared';
import fc from 'fast-check';
import { nextSendTime } from '../send-window.ts';
import { aPolicy } from '../testing/survey-fixtures.ts';
import { type CampaignTime, type Candidate, planCampaign } from './plan-campaign.ts';

const DAY = 86_400_000;
const startsAt = new Date('2026-12-01T05:00:00Z'); // Midnight in New York.
const aCandidate = (requesterId: number, parts: Partial<Candidate> = {}): Candidate => ({
  requesterId,
  email: `customer-${requesterId}@example.com`,
  timeZone: null,
  reason: null,
  rest: null,
  lastTurn: null,
  isLeftOver: false,
  ...parts,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => aCandidate(index + 1));
const aTime = (parts: Partial<CampaignTime> = {}): CampaignTime => ({
  survey: 'nps',
  policy: aPolicy(),
  startsAt,
  endsAt: new Date(startsAt.getTime() + 90 * DAY),
  perDay: null,
  ...parts,
});
const askedIn = (candidates: Candidate[], time: CampaignTime) =>
  planCampaign(candidates, time).filter(({ reason }) => reason === null);
const byDay = (asks: { dueAt: Date }[]) => {
  const days = new Map<string, number>();
  for (const { dueAt } of asks) {
    const day = localDate(dueAt.getTime(), 'America/New_York');
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return days;
};

test('900 people are asked over 90 days, ten a day, each once', () => {
  const asks = askedIn(many(900), aTime());
  expect(new Set(asks.map(({ requesterId }) => requesterId)).size).toBe(900);
  expect([...byDay(asks).values()]).toEqual(Array(90).fill(10));
});

test('the order is drawn, not by id, and a person keeps their place in the next round', () => {
  const first = askedIn(many(90), aTime()).map(({ requesterId }) => requesterId);
  const [from, to] = [90, 180].map((days) => new Date(startsAt.getTime() + days * DAY));
  const next = askedIn(many(90), aTime({ startsAt: from ?? startsAt, endsAt: to ?? startsAt }));
  expect(first).not.toEqual(first.toSorted((a, b) => a - b));
  expect(next.map(({ requesterId }) => requesterId)).toEqual(first);
});

test('with a window only its hours count, on each person’s own clock', () => {
  const policy = aPolicy({ send_window: { 'mon-fri': '09:00-17:00' } });
  const people = many(100).map((one, index) => ({ ...one, timeZone: index % 2 ? 'Asia/Tokyo' : 'America/New_York' }));
  const hours = askedIn(people, aTime({ policy })).map(({ requesterId, dueAt }) => {
    const timeZone = people[requesterId - 1]?.timeZone ?? '';
    return new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'short', hour: '2-digit' }).format(dueAt);
  });
  expect(hours.filter((text) => !/^(Mon|Tue|Wed|Thu|Fri),? (09|1[0-6])$/.test(text))).toEqual([]);
});

/** The same people after a round, as its invitations show them. */
function after(people: readonly Candidate[], plan: ReturnType<typeof planCampaign>): Candidate[] {
  const byId = new Map(plan.map((ask) => [ask.requesterId, ask]));
  return people.map((one) => {
    const { reason, dueAt } = byId.get(one.requesterId) ?? { reason: 'no_email' };
    if (reason === null && dueAt) return { ...one, lastTurn: dueAt, isLeftOver: false };
    return { ...one, isLeftOver: one.isLeftOver || reason === 'over_quota' };
  });
}

const tenDays = (round: number, perDay: number) =>
  aTime({
    startsAt: new Date(startsAt.getTime() + (round - 1) * 10 * DAY),
    endsAt: new Date(startsAt.getTime() + round * 10 * DAY),
    perDay,
  });

test('a quota holds on each day, and everybody has their turn before anybody has a second one', () => {
  const people = many(100);
  const plan = planCampaign(people, tenDays(1, 4));
  const first = plan.filter(({ reason }) => reason === null);
  expect([...byDay(first).values()]).toEqual(Array(10).fill(4));
  expect(plan.filter(({ reason }) => reason === 'over_quota')).toHaveLength(60);
  const second = planCampaign(after(people, plan), tenDays(2, 4));
  const third = planCampaign(after(after(people, plan), second), tenDays(3, 4));
  const asked = [...first, ...second, ...third].filter(({ reason }) => reason === null).map((one) => one.requesterId);
  expect(asked).toHaveLength(120);
  expect(new Set(asked).size).toBe(100);
  const twice = asked.filter((id, index) => asked.indexOf(id) !== index);
  const order = first.map(({ requesterId }) => requesterId);
  expect(twice).toEqual(order.slice(0, 20));
});

test('those left out for a full quota come first in the next round, whoever left or came since', () => {
  const people = fc.record({
    count: fc.integer({ min: 5, max: 60 }),
    gone: fc.integer({ min: 2, max: 5 }),
    come: fc.nat(30),
  });
  fc.assert(
    fc.property(people, fc.integer({ min: 1, max: 5 }), ({ count, gone, come }, perDay) => {
      let known = many(count);
      for (let round = 1; round <= 5; round += 1) {
        const time = tenDays(round, perDay);
        const plan = planCampaign(known, time);
        expect(plan).toEqual(planCampaign(known.toReversed(), time));
        const leftOvers = new Set(known.filter((one) => one.isLeftOver).map(({ requesterId }) => requesterId));
        const turns = plan.filter(({ reason }) => reason === null).map(({ requesterId }) => leftOvers.has(requesterId));
        const first = Math.min(leftOvers.size, perDay * 10);
        expect(turns).toEqual(turns.map((_, index) => index < first));
        const newcomers = many(come).map((one) => aCandidate(round * 1_000 + one.requesterId));
        known = [...after(known, plan).filter(({ requesterId }) => requesterId % gone !== 0), ...newcomers];
      }
    }),
    { numRuns: 40 },
  );
});

test('who must rest is asked when the rest is over, or left out with the reason', () => {
  const rest = (days: number) =>
    ({ until: new Date(startsAt.getTime() + days * DAY), reason: 'contacted_recently' }) as const;
  const plan = planCampaign([aCandidate(1, { rest: rest(80) }), aCandidate(2, { rest: rest(91) })], aTime());
  expect(plan.find(({ requesterId }) => requesterId === 1)).toMatchObject({ dueAt: rest(80).until, reason: null });
  expect(plan.find(({ requesterId }) => requesterId === 2)).toMatchObject({ reason: 'contacted_recently' });
});

test('of two users with one address one is asked, and known reasons stand', () => {
  const plan = planCampaign(
    [
      aCandidate(1, { email: 'a@example.com' }),
      aCandidate(2, { email: 'a@example.com' }),
      aCandidate(3, { reason: 'unsubscribed' }),
    ],
    aTime(),
  );
  const reasons = plan.map(({ reason }) => reason ?? 'asked').toSorted();
  expect(reasons).toEqual(['asked', 'same_address', 'unsubscribed']);
});

test('everybody has one place or one reason, within the time and the quota, whatever the people are', () => {
  const person = fc.record({
    restDays: fc.option(fc.integer({ min: 0, max: 40 })),
    timeZone: fc.constantFrom(null, 'Asia/Tokyo', 'Europe/Berlin', 'Pacific/Auckland'),
    reason: fc.constantFrom(null, null, null, 'unsubscribed' as const),
  });
  fc.assert(
    fc.property(fc.array(person, { maxLength: 40 }), fc.option(fc.integer({ min: 1, max: 5 })), (people, perDay) => {
      const candidates = people.map(({ restDays, ...one }, index) =>
        aCandidate(index + 1, {
          ...one,
          rest:
            restDays === null
              ? null
              : { until: new Date(startsAt.getTime() + restDays * DAY), reason: 'contacted_recently' },
        }),
      );
      const policy = aPolicy({ send_window: { 'mon-sat': '08:00-20:00' } });
      const time = aTime({ policy, perDay, endsAt: new Date(startsAt.getTime() + 30 * DAY) });
      const plan = planCampaign(candidates, time);
      expect(plan.map(({ requesterId }) => requesterId).toSorted((a, b) => a - b)).toEqual(
        candidates.map(({ requesterId }) => requesterId),
      );
      expect(plan).toEqual(planCampaign(candidates.toReversed(), time));
      const asked = plan.filter(({ reason }) => reason === null);
      expect(asked.every(({ dueAt }) => dueAt >= startsAt)).toBe(true);
      expect(Math.max(0, ...byDay(asked).values())).toBeLessThanOrEqual(perDay ?? Infinity);
    }),
    { numRuns: 25 },
  );
});

const ZONES = [
  'Asia/Tokyo',
  'Europe/Madrid',
  'America/New_York',
  'Pacific/Kiritimati',
  'Pacific/Auckland',
  null,
] as const;
const WINDOWS = [{ 'mon-fri': '09:00-18:00' }, { 'mon-sat': '10:00-20:00' }, { 'sat-sun': '01:30-03:30' }, undefined];

test('each mail is due inside the round, in the hours of its customer, whatever the zones, the season and the quota', () => {
  const zones = fc.array(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 40 });
  const anyTime = fc.record({
    day: fc.integer({ min: 0, max: 364 }),
    days: fc.integer({ min: 7, max: 60 }),
    window: fc.constantFrom(...WINDOWS),
    perDay: fc.option(fc.integer({ min: 1, max: 3 })),
  });
  fc.assert(
    fc.property(zones, anyTime, (timeZones, { day, days, window, perDay }) => {
      const policy = aPolicy(window === undefined ? {} : { send_window: window });
      const begins = new Date(startsAt.getTime() + day * DAY);
      const endsAt = new Date(begins.getTime() + days * DAY);
      const people = timeZones.map((timeZone, index) => aCandidate(index + 1, { timeZone }));
      const asked = askedIn(people, aTime({ policy, startsAt: begins, endsAt, perDay }));
      for (const { requesterId, dueAt } of asked) {
        expect(dueAt >= begins && dueAt < endsAt).toBe(true);
        expect(nextSendTime(dueAt, policy, people[requesterId - 1]?.timeZone ?? null)).toEqual(dueAt);
      }
      expect(Math.max(0, ...byDay(asked).values())).toBeLessThanOrEqual(perDay ?? Infinity);
      expect(asked.length).toBeGreaterThanOrEqual(perDay === null ? people.length : 0);
    }),
    { numRuns: 60 },
  );
});

test('customers of several zones are surveyed evenly, few at one moment', () => {
  const policy = aPolicy({ send_window: { 'mon-fri': '09:00-18:00' } });
  const people = many(840).map((one, index) => ({ ...one, timeZone: ZONES[index % ZONES.length] ?? null }));
  const asks = askedIn(people, aTime({ policy, endsAt: new Date(startsAt.getTime() + 84 * DAY) }));
  const moments = asks.map(({ dueAt }) => dueAt.getTime());
  expect(Math.max(...moments.map((at) => moments.filter((other) => other === at).length))).toBeLessThanOrEqual(2);
  const weeks = Array.from({ length: 12 }, (_, week) => {
    const from = startsAt.getTime() + week * 7 * DAY;
    return moments.filter((at) => at >= from && at < from + 7 * DAY).length;
  });
  expect(Math.min(...weeks)).toBeGreaterThan(55);
  expect(Math.max(...weeks)).toBeLessThan(85);
});

test('a quota is used on all days, also where they are open for different times', () => {
  const policy = aPolicy({ send_window: { 'mon-fri': '09:00-18:00', sat: '09:00-12:00' } });
  const asked = askedIn(many(200), aTime({ policy, perDay: 3, endsAt: new Date(startsAt.getTime() + 28 * DAY) }));
  expect([...byDay(asked).values()]).toEqual(Array(24).fill(3));
});
