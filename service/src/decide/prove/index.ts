// What others may use of the proofs.
export { describeConditions } from './describe-conditions.ts';
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
export { partsOf, startSearch } from './search-ticket.ts';
export { textImplies } from './word-implications.ts';
