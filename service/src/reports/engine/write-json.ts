// Writes a report as JSON.
import type { Report } from './report.ts';

/** Raised only when a key is renamed, removed or changes its meaning; new keys may come at any time. */
const VERSION = 1;

/** The report as it is declared, with the version of this format first. */
export function writeJson(report: Report): string {
  return `${JSON.stringify({ format: 'deskwright-report', version: VERSION, ...report }, null, 2)}\n`;
}
