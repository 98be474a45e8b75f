import fc from 'fast-check';
import { anyCharacter } from '../../../testing/any-character.ts';
import { choicesOf, findRange, periodBefore, readAsked } from './dashboard-query.ts';

const ZONE = 'America/New_York';
const policy = { tiers: [{ id: 't1', name: 'Tier 1' }], categories: [{ id: 'bug', name: 'Bug' }] };
const CHOICES = choicesOf(policy as never, { groups: new Map([['Support', 11]]), channels: ['fax'] });
const ask = (query: unknown) => readAsked(query, CHOICES, ZONE);
const refused = (query: unknown): string => {
  const answer = ask(query);
  if (answer.ok) throw new Error(JSON.stringify(answer));
  return answer.message;
};
const noon = Date.parse('2026-11-27T17:00:00Z');

test('what is left out is today, compared, of everything', () => {
  expect(ask({})).toEqual({ ok: true, asked: { range: 'today', compare: true } });
  expect(ask({ channel: 'fax' })).toMatchObject({ ok: true });
  expect(ask({ range: '7d', compare: '0', tier: 't1', category: 'bug', channel: 'email', group: '11' })).toEqual({
    ok: true,
    asked: { range: '7d', compare: false, tier: 't1', category: 'bug', channel: 'email', group: 11 },
  });
});

test.each([
  [{ tier: 't9' }, '"tier" is not known: "t9". There are: t1.'],
  [{ category: 'x' }, '"category" is not known: "x". There are: bug.'],
  [{ group: '12' }, '"group" is not known: "12". There are: 11 (Support).'],
  [{ channel: 'pigeon' }, '"channel" is not known: "pigeon". There are: fax.'],
  [{ range: 'yesterday' }, '"range" must be given at most once: today, 7d, 28d, 90d, 365d, or two days'],
  [{ range: 'constructor' }, '"range" must be'],
  [{ range: '2026-02-30..2026-03-01' }, '"range" must be'],
  [{ range: '2026-11-02..2026-11-01' }, '"range" ends before it begins'],
  [{ range: '2024-01-01..2026-01-01' }, '"range" is longer than two years'],
  [{ range: '0001-01-01..0001-01-02' }, '"range" must lie between'],
  [{ range: '2026-11-01..2026-11-02..2026-11-03' }, '"range" must be'],
  [{ range: ['7d', '28d'] }, '"range" must be given at most once'],
  [{ compare: 'yes' }, '"compare" must be 0 or 1'],
  [{ tier: ['t1', 't1'] }, '"tier" must be given at most once'],
])('%j is refused with what there is', (query, message) => {
  expect(refused(query)).toContain(message);
});

test('two years are not too long', () => {
  expect(ask({ range: '2024-01-01..2025-12-31' })).toMatchObject({ ok: true });
});

test('days are those of the policy’s time zone, also where the clock changes', () => {
  expect(findRange('today', ZONE, noon)).toMatchObject({
    step: 'hour',
    from: new Date('2026-11-27T05:00:00Z'),
    to: new Date('2026-11-28T05:00:00Z'),
  });
  expect(findRange('2026-11-01..2026-11-02', ZONE, noon)).toMatchObject({
    step: 'day',
    from: new Date('2026-11-01T04:00:00Z'),
    to: new Date('2026-11-03T05:00:00Z'),
  });
});

test('a period that is not over is compared with as much of the one before', () => {
  expect(periodBefore(findRange('today', ZONE, noon), ZONE, noon)).toEqual({
    from: new Date('2026-11-26T05:00:00Z'),
    to: new Date('2026-11-26T17:00:00Z'),
  });
  expect(periodBefore(findRange('7d', ZONE, noon), ZONE, noon)).toEqual({
    from: new Date('2026-11-14T05:00:00Z'),
    to: new Date('2026-11-20T17:00:00Z'),
  });
  expect(periodBefore(findRange('2026-11-10..2026-11-11', ZONE, noon), ZONE, noon)).toEqual({
    from: new Date('2026-11-08T05:00:00Z'),
    to: new Date('2026-11-10T05:00:00Z'),
  });
});

test('any query is answered or refused in words, and what is accepted has days', () => {
  const odd = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.array(fc.string()),
    fc.object(),
    fc.constantFrom('..', '9999-12-31..9999-12-31', '2026-11-01..'),
  );
  const keys = fc.constantFrom('range', 'compare', 'tier', 'category', 'channel', 'group', '__proto__', 'page');
  fc.assert(
    fc.property(fc.dictionary(keys, odd), (query) => {
      const answer = ask(query);
      const range = findRange(answer.ok ? answer.asked.range : 'today', ZONE, noon);
      return answer.ok ? range.to > range.from : /^"\w+" .+\.$/su.test(answer.message);
    }),
  );
  const date = fc
    .date({ min: new Date('1900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  fc.assert(
    fc.property(date, date, (first, last) => {
      const answer = ask({ range: `${first}..${last}` });
      if (!answer.ok) return;
      const range = findRange(answer.asked.range, ZONE, noon);
      const before = periodBefore(range, ZONE, noon);
      expect(range.to.getTime()).toBeGreaterThan(range.from.getTime());
      expect(before.to.getTime()).toBeLessThanOrEqual(range.from.getTime());
      expect(before.to.getTime()).toBeGreaterThanOrEqual(before.from.getTime());
    }),
  );
});
