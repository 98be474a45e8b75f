import fc from 'fast-check';
import { mulberry32 } from './forecast.ts';
import { judgeAgentDay, judgeCustomerDay, type RefundDay } from './refund-bursts.ts';

const dayOf = (...amounts: number[]): RefundDay => ({
  n: amounts.length,
  sum: amounts.reduce((sum, amount) => sum + amount, 0),
  squares: amounts.reduce((sum, amount) => sum + amount ** 2, 0),
});
const times = (n: number, amount: number) => dayOf(...Array.from({ length: n }, () => amount));
const always = (n: number, day: RefundDay) => Array.from({ length: n }, () => day);
const JUDGED = { wasOn: false, atLeast: 5 };

/** A Poisson number. Source: Knuth, "Seminumerical Algorithms". */
function poisson(mean: number, random: () => number): number {
  let [n, product] = [0, random()];
  while (product > Math.exp(-mean)) {
    n += 1;
    product *= random();
  }
  return n;
}

/** From $1 to $64, small ones more often. */
const amountOf = (random: () => number): number => Math.round(100 * 2 ** (6 * random()));
const randomDay = (mean: number, random: () => number): RefundDay =>
  dayOf(...Array.from({ length: poisson(mean, random) }, () => amountOf(random)));

test('with the same rate every day, chance raises it for an agent on fewer than one of 1,000 days', () => {
  let [alarms, days] = [0, 0];
  for (const mean of [0.3, 1, 3, 8, 20]) {
    const random = mulberry32(7);
    for (let run = 0; run < 60; run++) {
      const history: RefundDay[] = [];
      for (let day = 0; day < 90; day++) {
        const today = randomDay(mean, random);
        const own = history.slice(-30).filter(({ n }) => n > 0);
        if (day >= 30) {
          days += 1;
          alarms += judgeAgentDay(today, { own, all: own }, JUDGED).isOn ? 1 : 0;
        }
        history.push(today);
      }
    }
  }
  expect(days).toBe(18_000);
  expect(alarms).toBeLessThan(days / 1_000);
});

test.each([
  ['five times as many', times(15, 2_000), true],
  ['as many, worth six times as much', times(3, 12_000), true],
  ['one that is worth as much as twenty', dayOf(40_000), true],
  ['somewhat more', times(5, 2_000), false],
  ['twice as much', times(3, 4_000), false],
  ['as usual', times(3, 2_000), false],
])('of an agent who usually refunds 3 times $20 a day: %s', (_, today, isOn) => {
  const own = always(20, times(3, 2_000));
  expect(judgeAgentDay(today, { own, all: [] }, JUDGED)).toMatchObject({ isOn, usual: { sum: 6_000 } });
});

test('an agent with few days of their own is compared with all agents, and with too few of them nobody is judged', () => {
  const all = always(40, times(10, 2_000));
  const own = always(2, times(1, 2_000));
  expect(judgeAgentDay(times(11, 2_000), { own, all }, JUDGED).isOn).toBe(false);
  expect(judgeAgentDay(times(40, 2_000), { own, all }, JUDGED).isOn).toBe(true);
  expect(judgeAgentDay(times(40, 2_000), { own, all: own }, JUDGED)).toEqual({ isOn: false, usual: null });
});

test('a customer is compared with all customers who got anything', () => {
  const all = [...always(50, times(1, 2_000)), ...always(5, times(2, 2_000))];
  expect(judgeCustomerDay(times(2, 90_000), all, JUDGED).isOn).toBe(false);
  expect(judgeCustomerDay(times(4, 2_000), all, JUDGED).isOn).toBe(false);
  expect(judgeCustomerDay(times(5, 2_000), all, JUDGED).isOn).toBe(true);
});

test('one that is on ends later than it began: whatever was a burst stays one with as much or more', () => {
  const some = fc.record({ n: fc.integer({ min: 1, max: 12 }), amount: fc.integer({ min: 1, max: 9_000 }) });
  const days = fc.array(
    some.map(({ n, amount }) => times(n, amount)),
    { minLength: 4, maxLength: 30 },
  );
  fc.assert(
    fc.property(days, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9_000 }), (own, n, amount) => {
      const judge = (many: number, wasOn: boolean) =>
        judgeAgentDay(times(many, amount), { own, all: own }, { wasOn, atLeast: 5 }).isOn;
      const staysOn = judge(n, true) && judge(n + 1, false) && judge(n + 1, true);
      expect(staysOn || !judge(n, false)).toBe(true);
    }),
  );
});
