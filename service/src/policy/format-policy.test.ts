import { aPolicy } from '../decide/testing/builders.ts';
import { summarisePolicy } from './format-policy.ts';

test('the summary names every kind of survey with when it is asked', () => {
  const { surveys } = aPolicy();
  const nps = { every: '90d', per_day: 500, ask_again_after: '30d', expires: '14d' };
  const asked = { ...surveys, nps, pulse: { every: '30d', expires: '7d' } };

  expect(summarisePolicy(aPolicy([], { surveys: asked }))).toContain(
    'csat after 24h to 100%; ces after 2h to 100%; nps every 90d, at most 500 a day; pulse of agents every 30d; nobody more often than every 30d',
  );
  expect(summarisePolicy(aPolicy([], { surveys: { ...surveys, csat: undefined, ces: undefined, nps } }))).toContain(
    'surveys   nps every 90d, at most 500 a day; nobody',
  );
});
