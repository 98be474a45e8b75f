// What others may use of the linter.

export type { CountPastTickets } from './check-shared-words.ts';
export type { LintFinding, PlacedFinding } from './finding.ts';
export { removeEntries } from './fix-text.ts';
export { type MoreInput, readFindings } from './read-findings.ts';
export { toSarif } from './to-sarif.ts';
