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
  ...parts,
});
const many = (count: number) => Array.from({ length: count }, (_, index) => aCandidate(index + 1));
const aTime = (parts: Partial<CampaignTime> = {}): CampaignTime => ({
  survey: 'nps',
  policy: aPolicy(),
  startsAt,
  endsAt: new Date(startsAt.getTime() + 90 * DAY),
  perDay: null,
  round: 1,
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
  const next = askedIn(many(90), aTime({ startsAt: from ?? startsAt, endsAt: to ?? startsAt, round: 2 }));
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

test('a quota holds on each day; those left out come first in the next round', () => {
  const people = many(100);
  const time = aTime({ endsAt: new Date(startsAt.getTime() + 10 * DAY), perDay: 4 });
  const plan = planCampaign(people, time);
  const first = plan.filter(({ reason }) => reason === null);
  expect([...byDay(first).values()]).toEqual(Array(10).fill(4));
  expect(plan.filter(({ reason }) => reason === 'over_quota')).toHaveLength(60);
  const second = askedIn(people, { ...time, round: 2 });
  const third = askedIn(people, { ...time, round: 3 });
  expect(new Set([...first, ...second, ...third].map(({ requesterId }) => requesterId)).size).toBe(100);
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
