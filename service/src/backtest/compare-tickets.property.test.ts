import type { Policy } from '@deskwright/shared';
import fc from 'fast-check';
import { somePolicy, someTicket } from '../decide/testing/arbitraries.ts';
import type { PastTicket } from '../past-tickets/index.ts';
import { buildComparison } from './compare-tickets.ts';
import { summarise } from './summarise.ts';
import { addTally, emptyTally } from './tally.ts';

const numRuns = Number(process.env.FC_RUNS ?? 40);
const policies = somePolicy(['', '*', '~', '~*']);
const label = fc.option(fc.constantFrom('refund', 'bug', 'unheard of'));
const someTickets = fc
  .array(fc.tuple(someTicket, label), { minLength: 1, maxLength: 12 })
  .map((all) =>
    all.map(([facts, given], at): PastTicket => ({ id: at % 3 ? at : null, row: at + 1, facts, label: given })),
  );

const comparison = (before: Policy, after: Policy) =>
  buildComparison({ before, after, since: null, samples: 2, words: false });

it('finds no difference between a policy and itself', () => {
  fc.assert(
    fc.property(policies, someTickets, (policy, tickets) => {
      const tally = comparison(policy, structuredClone(policy))(tickets);
      expect(tally).toMatchObject({ tickets: tickets.length, changed: 0 });
      expect(tally.causes.size + tally.moves.size).toBe(0);
    }),
    { numRuns },
  );
});

it('counts the same however the tickets are shared out, and in whatever order the parts come back', () => {
  fc.assert(
    fc.property(policies, policies, someTickets, fc.nat(12), fc.boolean(), (before, after, tickets, at, reverse) => {
      const compare = comparison(before, after);
      const named = { before: { name: 'a', policy: before }, after: { name: 'b', policy: after } };
      const parts = [tickets.slice(0, at), tickets.slice(at, at + 2), tickets.slice(at + 2)].map((part) =>
        compare(part),
      );
      const whole = emptyTally();
      for (const part of reverse ? parts.toReversed() : parts) addTally(whole, part, 2);
      expect(JSON.stringify(summarise(whole, named))).toBe(JSON.stringify(summarise(compare(tickets), named)));
    }),
    { numRuns },
  );
});

it('names a cause for every ticket that changes', () => {
  fc.assert(
    fc.property(policies, policies, someTickets, (before, after, tickets) => {
      for (const ticket of tickets) {
        const { changed, causes } = comparison(before, after)([ticket]);
        expect(causes.size > 0).toBe(changed > 0);
      }
    }),
    { numRuns },
  );
});
