// What other features may use of back-tests: comparing two policies on past tickets.
export { buildReport } from './build-report.ts';
export { compareChunks } from './compare-chunks.ts';
export { describeEdit, describeResult } from './describe-result.ts';
export { outcomeReader } from './outcome.ts';
export { compareRefunds } from './refunds/compare-refunds.ts';
export { buildRefundReport, describeRefunds } from './refunds/describe-refunds.ts';
export type { MadeOutside, PastEvent, PastRefund } from './refunds/past-refund.ts';
export { type BacktestResult, type Compared, summarise } from './summarise.ts';
export type { Tally } from './tally.ts';
