// Exports reports to the command line.
export { REPORT_FORMATS, type ReportFormat, writeReport } from './engine/write-report.ts';
export { REPORT_KINDS, type ReportKind } from './report-period.ts';
export { makeSupportReport } from './support/make-support-report.ts';
