import { isInSample } from './survey-policy.ts';

const customers = Array.from({ length: 4_000 }, (_, index) => index + 1);
const sampled = (sample: string) => customers.filter((id) => isInSample(sample, 'csat', id));

test('100% includes every customer and 0% none', () => {
  expect(sampled('100%')).toHaveLength(4_000);
  expect(sampled('0%')).toHaveLength(0);
});

test('a quarter is about a quarter', () => {
  // Standard deviation of the count is 27; the hash is fixed, so the result never changes.
  expect(Math.abs(sampled('25%').length - 1_000)).toBeLessThan(100);
});

test('the same customer always gets the same result, and a larger sample contains the smaller', () => {
  expect(sampled('12.5%')).toEqual(sampled('12.5%'));
  expect(new Set(sampled('40%'))).toEqual(new Set([...sampled('40%'), ...sampled('12.5%')]));
});

test('each survey has its own sample', () => {
  const ces = customers.filter((id) => isInSample('50%', 'ces', id));
  expect(ces).not.toEqual(sampled('50%'));
});

test('a value that is not a percentage is refused', () => {
  expect(() => isInSample('half', 'csat', 1)).toThrow(RangeError);
});
