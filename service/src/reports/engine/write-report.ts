// Writes a report in a format that people or programs ask for.
import type { Report } from './report.ts';
import { writeHtml } from './write-html.ts';
import { writeMarkdown } from './write-markdown.ts';
import { writeReportCsv } from './write-report-csv.ts';

export const REPORT_FORMATS = ['md', 'html', 'json', 'csv'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

const WRITERS: Readonly<Record<ReportFormat, (report: Report) => string>> = {
  md: writeMarkdown,
  html: writeHtml,
  json: writeJson,
  csv: writeReportCsv,
};

export const writeReport = (report: Report, format: ReportFormat): string => WRITERS[format](report);

/** Raised only when a key is renamed, removed or changes its meaning; new keys may come at any time. */
const JSON_VERSION = 1;

/** The report as it is declared, with the version of this format first. */
function writeJson(report: Report): string {
  return `${JSON.stringify({ format: 'deskwright-report', version: JSON_VERSION, ...report }, null, 2)}\n`;
}
