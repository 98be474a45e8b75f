// Says what others may use of the proofs.
export type { ExampleTicket } from './example-ticket.ts';
export { factsOfExample } from './example-ticket.ts';
export { disjoint, equivalent, implies, type ProofStep, proveNever, type Verdict } from './prove.ts';
