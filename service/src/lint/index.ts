// Says what others may use of the linter.

export { buildFindingsReference } from './build-findings-reference.ts';
export type { CountPastTickets } from './check-shared-words.ts';
export type { LintFinding } from './finding.ts';
export { FINDING_CODES, type FindingCode, pageOf } from './finding-codes.ts';
export { removeEntries } from './fix-text.ts';
export { type LintInput, lintPolicy } from './lint-policy.ts';
export type { PlacedFinding } from './placed-finding.ts';
export { toSarif } from './to-sarif.ts';
