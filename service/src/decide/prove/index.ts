// What others may use of the proofs.

export type { ExampleTicket } from './example-ticket.ts';
export { buildOracle, conditionsIn, type Holds } from './oracle.ts';
export {
  cannotHold,
  disjoint,
  explainExclusion,
  explainImplication,
  implies,
  type ProofStep,
  proveNever,
  type Verdict,
} from './prove.ts';
export type { Example, Search, Searched, Wanted } from './search-ticket.ts';
export { describeConditions, partsOf, startSearch } from './search-ticket.ts';
export { textImplies } from './word-implications.ts';
