import fc from 'fast-check';
import { compilePair } from './compile-pair.ts';
import { compilePolicy } from './compile-policy.ts';
import { decide } from './decide.ts';
import { somePolicy, someTicket } from './testing/arbitraries.ts';

const numRuns = Number(process.env.FC_RUNS ?? 60);
const aPair = fc.oneof(
  fc.tuple(somePolicy(['', '', '*']), somePolicy(['', '*'])),
  fc.tuple(somePolicy(['', '~', '~*']), somePolicy(['', '*'])),
);

it('decides as each policy alone would, reasons and nearest miss included', () => {
  fc.assert(
    fc.property(aPair, fc.array(someTicket, { minLength: 1, maxLength: 4 }), ([before, after], tickets) => {
      const [old, now] = compilePair(before, after);
      for (const ticket of tickets) {
        expect(decide(ticket, old)).toEqual(decide(ticket, compilePolicy(before)));
        expect(decide(ticket, now)).toEqual(decide(ticket, compilePolicy(after)));
      }
    }),
    { numRuns },
  );
});
