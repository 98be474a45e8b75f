// `deskwright report`: prints the daily or weekly report.
import { writeFile } from 'node:fs/promises';
import { startOfDate } from '@deskwright/shared';
import type { Database } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import {
  dashboardUrl,
  makeReport,
  type ReportFormat,
  type ReportKind,
  reportPeriods,
  writeReport,
} from '../../reports/index.ts';

export interface ReportOptions {
  db: Database;
  policy: PolicyWithGuidance;
  kind: ReportKind;
  format: ReportFormat;
  /** `2026-11-27`; null: the last day or week that is over. */
  date: string | null;
  tier: string | null;
  categories: readonly string[];
  department: string | null;
  /** Null: standard output. */
  file: string | null;
  /** The account; null: unknown. */
  zendesk: string | null;
  now: Date;
  /** Prints text as it is. */
  out: (text: string) => void;
  /** Prints a line beside the report. */
  err: (line: string) => void;
}

/**
 * @returns the exit code 0
 * @throws Error that says what to write, for a date or an id that does not exist, and when the file cannot be written
 */
export async function runReport(options: ReportOptions): Promise<0> {
  const { db, policy, kind, format, categories, file, now, out, err } = options;
  const { time_zone: timeZone } = policy.policy;
  const { zendesk } = options;
  const link = zendesk === null ? null : dashboardUrl(zendesk);
  const report = await makeReport(
    { db, policy, now, link, ticketUrl: (id) => `${zendesk ?? ''}/agent/tickets/${id}` },
    {
      kind,
      ...reportPeriods(kind, readDate(options.date, timeZone, now), now.getTime(), timeZone),
      tier: options.tier ?? undefined,
      categories: categories.length > 0 ? categories : undefined,
      department: options.department ?? undefined,
    },
  );
  const written = writeReport(report, format);
  if (file === null) out(written);
  else {
    await writeFile(file, written);
    err(`Wrote the ${kind} report to ${file}.`);
  }
  return 0;
}

function readDate(date: string | null, timeZone: string, now: Date): number | null {
  if (date === null) return null;
  const start = startOfDate(date, timeZone);
  if (start === null) throw new Error(`"${date}" is not a date: write it as 2026-11-27.`);
  if (start > now.getTime()) throw new Error(`${date} is in the future: there is nothing to report yet.`);
  return start;
}
