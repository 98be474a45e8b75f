import { whatViewShows } from './desired-views.ts';
import { aPolicy } from './testing/provision-fixture.ts';

const policy = aPolicy({
  tiers: [
    { id: 't1', name: 'Tier 1', group: 'First line' },
    { id: 't10', name: 'Tier 10', group: 'Tier 1 experts' },
  ],
});
const shown = (view: Record<string, unknown>) => {
  const [parsed] = aPolicy({ views: [view] }).views;
  const what = whatViewShows(parsed!, policy);
  return what.ok ? [what.shows, what.group] : what.advice;
};

test.each([
  ['Unassigned', ['unassigned', null]],
  ['All open tickets', ['unsolved', null]],
  ['Pending', ['pending', null]],
  ['Tier 1 queue', ['unsolved', 'First line']],
  ['tier 10: pending', ['pending', 'Tier 1 experts']],
  ['Unassigned in Tier 1 experts', ['unassigned', 'Tier 1 experts']],
])('the title "%s" says what a view shows', (title, expected) => {
  expect(shown({ title })).toEqual(expected);
});

test.each(['Open refunds', 'Tier 1 VIP', 'Queue', 'Tier 11', 'Open and pending', 'My tickets'])(
  'the title "%s" leaves something to guess, so the plan asks',
  (title) => {
    expect(shown({ title })).toMatch(/add `tier`, `group` or `shows`/);
  },
);

test('what the policy says beats the title', () => {
  expect(shown({ title: 'Pending', tier: 't1' })).toEqual(['unsolved', 'First line']);
  expect(shown({ title: 'Late', group: 'Billing', shows: 'pending' })).toEqual(['pending', 'Billing']);
  expect(shown({ id: 7 })).toMatch(/`title`/);
});
