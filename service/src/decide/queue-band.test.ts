// Tests the order of the queue: bands, the bound after which a ticket rises, and that no order of arrival can break them.
import { type Policy, toBusinessCalendar } from '@deskwright/shared';
import fc from 'fast-check';
import { queueBand, REST } from './queue-band.ts';

const HOUR = 3_600_000;
const NOW = Date.parse('2026-11-24T15:00:00Z');
const BOUND = 72 * HOUR;
const calendar = toBusinessCalendar({
  time_zone: 'America/New_York',
  business_hours: { weekdays: { 'mon-fri': '09:00-18:00' }, holidays: [] },
});
const ORDER: NonNullable<Policy['queue_order']> = {
  bands: ['incident', 'urgent', 'over_target'],
  before_target: '30m',
  rises_after: '72h',
};
const inForce = (order: Policy['queue_order']) => ({
  policy: { targets: [{ first_reply: '8h', next_reply: '4h' }], queue_order: order } as unknown as Policy,
  compiled: { calendar },
});

const CALM = { tier: 't1', priority: 'normal', type: null, via: 'email', answered: false };
const bandOf = (part: object, hours: number, order: Policy['queue_order'] = ORDER) =>
  queueBand(inForce(order), { ...CALM, waitingSince: NOW - hours * HOUR, ...part }, NOW);

test.each([
  ['an incident', { type: 'incident' }, 1, { band: 0, because: 'incident' }],
  ['an urgent ticket', { priority: 'urgent' }, 1, { band: 1, because: 'urgent' }],
  ['an urgent incident', { type: 'incident', priority: 'urgent' }, 1, { band: 0, because: 'incident' }],
  ['one over its target', {}, 9, { band: 2, because: 'over_target' }],
  ['one half an hour before its target', {}, 7.5, { band: 2, because: 'over_target' }],
  ['one over the target of a later reply', { answered: true }, 5, { band: 2, because: 'over_target' }],
  ['a calm ticket', {}, 7.4, { band: REST, because: 'rest' }],
  ['a ticket that has waited for the bound', {}, 72, { band: 0, because: 'risen' }],
  ['an incident that has waited for the bound', { type: 'incident' }, 80, { band: 0, because: 'incident' }],
])('%s stands in its band', (_, part, hours, expected) => {
  expect(bandOf(part, hours)).toMatchObject(expected);
});

test('says when time alone changes the band: near the target, then at the bound, then never', () => {
  const since = (hours: number) => NOW - hours * HOUR;
  expect(bandOf({}, 1).changesAt).toBe(since(1) + 7.5 * HOUR);
  expect(bandOf({}, 9).changesAt).toBe(since(9) + BOUND);
  expect(bandOf({}, 72).changesAt).toBeNull();
  expect(bandOf({ type: 'incident' }, 1).changesAt).toBeNull();
});

test('without queue_order every ticket stands in the same band', () => {
  const none = queueBand(
    inForce(undefined),
    { ...CALM, priority: 'urgent', type: 'incident', waitingSince: NOW - 999 * HOUR },
    NOW,
  );
  expect(none).toEqual({ band: REST, because: 'rest', changesAt: null });
});

const aTicket = fc.record({
  hours: fc.integer({ min: 0, max: 200 }),
  priority: fc.constantFrom(null, 'low', 'normal', 'high', 'urgent'),
  type: fc.constantFrom(null, 'question', 'incident'),
  answered: fc.boolean(),
});
const inOrder = (
  tickets: readonly { hours: number; priority: string | null; type: string | null; answered: boolean }[],
) =>
  tickets
    .map((ticket, id) => ({ ...ticket, id, since: NOW - ticket.hours * HOUR }))
    .map((ticket) => ({ ...ticket, ...bandOf(ticket, ticket.hours) }))
    .toSorted((a, b) => a.band - b.band || a.since - b.since || a.id - b.id);

test('an urgent ticket or an incident is never behind a calm one within the bound', () => {
  fc.assert(
    fc.property(fc.array(aTicket, { maxLength: 60 }), (tickets) => {
      const queue = inOrder(tickets);
      const lastUrgent = queue.findLastIndex(({ priority, type }) => priority === 'urgent' || type === 'incident');
      const ahead = queue.slice(0, Math.max(0, lastUrgent));
      expect(
        ahead.filter(({ priority, type, hours }) => priority !== 'urgent' && type !== 'incident' && hours < 72),
      ).toEqual([]);
    }),
  );
});

test('beyond the bound a ticket is behind those alone that have waited longer, whatever arrives', () => {
  fc.assert(
    fc.property(fc.array(aTicket, { maxLength: 60 }), fc.integer({ min: 72, max: 200 }), (others, hours) => {
      const queue = inOrder([...others, { hours, priority: 'low', type: null, answered: false }]);
      const place = queue.findIndex(({ id }) => id === others.length);
      for (const ahead of queue.slice(0, place)) expect(ahead.hours).toBeGreaterThanOrEqual(hours);
    }),
  );
});

test('changes at the moment it names, and not before', () => {
  fc.assert(
    fc.property(aTicket, (ticket) => {
      const at = (now: number) =>
        queueBand(inForce(ORDER), { ...CALM, ...ticket, waitingSince: NOW - ticket.hours * HOUR }, now);
      const { band, changesAt } = at(NOW);
      const last = changesAt === null ? NOW + 9_999 * HOUR : changesAt - 1;
      expect(at(last).band).toBe(band);
      expect(at(last + 1).band < band).toBe(changesAt !== null);
    }),
  );
});
