// What others may use of the linter.

export type { CountPastTickets } from './check-shared-words.ts';
export type { LintFinding } from './finding.ts';
export { removeEntries } from './fix-text.ts';
export type { PlacedFinding } from './placed-finding.ts';
export { type MoreInput, readFindings } from './read-findings.ts';
export { toSarif } from './to-sarif.ts';
