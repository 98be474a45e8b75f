// Writes a report in a format that people or programs ask for.
import type { Report } from './report.ts';
import { writeHtml } from './write-html.ts';
import { writeJson } from './write-json.ts';
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
