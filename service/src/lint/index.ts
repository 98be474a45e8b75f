// Says what others may use of the linter.

export { removeEntries } from './fix-text.ts';
export { type LintInput, lintPolicy } from './lint-policy.ts';
export type { PlacedFinding } from './placed-finding.ts';
export { toSarif } from './to-sarif.ts';
