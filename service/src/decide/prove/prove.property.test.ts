import type { ConditionGroup, TicketFacts } from '@deskwright/shared';
import fc from 'fast-check';
import { compilePolicy } from '../compile-policy.ts';
import { decide } from '../decide.ts';
import { aPolicy } from '../testing/builders.ts';
import { similarTo, someConditions, someReadTicket } from '../testing/proof-arbitraries.ts';
import { factsOfExample } from './example-ticket.ts';
import { disjoint, equivalent, implies, proveNever, type Verdict } from './prove.ts';

/** `FC_RUNS=20000` runs longer. */
const numRuns = Number(process.env.FC_RUNS ?? 100);

const somePair = someConditions.chain((a) => fc.tuple(fc.constant(a), fc.oneof(similarTo(a), someConditions)));
const someTickets = fc.array(someReadTicket, { minLength: 12, maxLength: 12 });

/** Whether each of some conditions holds, as a policy of them decides. */
type Ask = (facts: TicketFacts) => boolean[];

function deciderOf(groups: readonly ConditionGroup[]): Ask {
  const triggers = groups.map((conditions, at) => ({
    id: `t${at}`,
    title: `Trigger ${at}`,
    conditions,
    actions: { add_tags: [`t${at}`] },
  }));
  const compiled = compilePolicy(aPolicy(triggers));
  return (facts) => {
    const tags = new Set(decide(facts, compiled).tags.map(({ value }) => value));
    return groups.map((_, at) => tags.has(`t${at}`));
  };
}

interface Claim {
  readonly name: string;
  readonly verdict: Verdict;
  /** Whether a ticket for which the two conditions hold, or not, contradicts what is claimed. */
  readonly isBroken: (a: boolean, b: boolean) => boolean;
}

const claimsAbout = (a: ConditionGroup, b: ConditionGroup): readonly Claim[] => [
  { name: 'never', verdict: proveNever(a, [b]), isBroken: (holdsA) => holdsA },
  { name: 'disjoint', verdict: disjoint(a, b), isBroken: (holdsA, holdsB) => holdsA && holdsB },
  { name: 'implies', verdict: implies(a, b), isBroken: (holdsA, holdsB) => holdsA && !holdsB },
  { name: 'equivalent', verdict: equivalent(a, b), isBroken: (holdsA, holdsB) => holdsA !== holdsB },
];

/** What is wrong with a verdict: an example that is none, or tickets that refute a proof. */
function faultsOf({ verdict, isBroken }: Claim, tickets: readonly TicketFacts[], ask: Ask): unknown[] {
  const isBrokenBy = (facts: TicketFacts): boolean => {
    const [holdsA = false, holdsB = false] = ask(facts);
    return isBroken(holdsA, holdsB);
  };
  switch (verdict.outcome) {
    case 'proved':
      return tickets.filter(isBrokenBy);
    case 'refuted':
      return [verdict.example.ticket].filter((ticket) => !isBrokenBy(factsOfExample(ticket, 1_000_000_000)));
    case 'undecided':
      return [];
  }
}

describe('proofs about conditions', () => {
  it('hold for every ticket, and each example is what it is said to be', () => {
    fc.assert(
      fc.property(somePair, someTickets, ([a, b], tickets) => {
        const ask = deciderOf([a, b]);
        for (const claim of claimsAbout(a, b)) {
          expect({ name: claim.name, faults: faultsOf(claim, tickets, ask) }).toEqual({ name: claim.name, faults: [] });
        }
      }),
      { numRuns },
    );
  });
});
