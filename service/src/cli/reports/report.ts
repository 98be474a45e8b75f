// `deskwright report`: prints the daily or weekly report, that on triggers in shadow, or one about a survey, the pulse or customers at risk.
import { writeFile } from 'node:fs/promises';
import { type PeriodLength, startOfDate } from '@deskwright/shared';
import type { Database } from '../../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../../policy/policy-in-force.ts';
import {
  dashboardUrl,
  makeAtRiskReport,
  makePulseReport,
  makeReport,
  makeSendsReport,
  makeShadowReport,
  makeSurveyReport,
  type Report,
  type ReportFormat,
  type ReportKind,
  reportPeriods,
  writeReport,
} from '../../reports/index.ts';
import type { CustomerSurvey } from '../../surveys/index.ts';

interface Printing {
  db: Database;
  policy: PolicyWithGuidance;
  format: ReportFormat;
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

export interface ReportOptions extends Printing {
  kind: ReportKind;
  /** `2026-11-27`; null: the last day or week that is over. */
  date: string | null;
  tier: string | null;
  categories: readonly string[];
  department: string | null;
}

export interface SurveyReportOptions extends Printing {
  survey: CustomerSurvey;
  length: PeriodLength;
  /** A day of the period; null: the last one that is over. */
  date: string | null;
  tier: string | null;
  categories: readonly string[];
}

export interface ShadowReportOptions extends Printing {
  since: Date;
  /** Null: all. */
  trigger: string | null;
}

/**
 * @returns the exit code 0
 * @throws Error that says what to write, for a date or an id that does not exist, and when the file cannot be written
 */
export async function runReport(options: ReportOptions): Promise<0> {
  const { policy, kind, categories, now } = options;
  const { time_zone: timeZone } = policy.policy;
  const report = await makeReport(readDeps(options), {
    kind,
    ...reportPeriods(kind, readDate(options.date, timeZone, now), now.getTime(), timeZone),
    tier: options.tier ?? undefined,
    categories: categories.length > 0 ? categories : undefined,
    department: options.department ?? undefined,
  });
  return print(report, options);
}

/**
 * `deskwright report shadow`: what triggers in shadow would have done.
 * @returns the exit code 0
 * @throws Error that says what to write, for a trigger that does not exist, and when the file cannot be written
 */
export async function runShadowReport(options: ShadowReportOptions): Promise<0> {
  const { since, trigger } = options;
  return print(await makeShadowReport(readDeps(options), { since, trigger: trigger ?? undefined }), options);
}

/**
 * `deskwright report nps`: the score, what drives it, who answered, and what to do.
 * @returns the exit code 0
 * @throws Error that says what to write, for a date or an id that does not exist, and when the file cannot be written
 */
export async function runSurveyReport(options: SurveyReportOptions): Promise<0> {
  const { survey, length, date, tier, categories, policy, now } = options;
  const report = await makeSurveyReport(readDeps(options), {
    survey,
    length,
    within: readDate(date, policy.policy.time_zone, now),
    tier: tier ?? undefined,
    categories: categories.length > 0 ? categories : undefined,
  });
  return print(report, options);
}

/**
 * `deskwright report pulse`: how work is for agents, round by round; of nobody alone.
 * @returns the exit code 0
 * @throws Error when the file cannot be written
 */
export async function runPulseReport(options: Printing): Promise<0> {
  return print(await makePulseReport(readDeps(options)), options);
}

/**
 * `deskwright report at-risk`: customers who may be lost, and whether following up needs a team.
 * @returns the exit code 0
 * @throws Error when the file cannot be written
 */
export async function runAtRiskReport(options: Printing): Promise<0> {
  return print(await makeAtRiskReport(readDeps(options)), options);
}

/**
 * `deskwright report sends`: what surveys sent in twelve months, and what that cost.
 * @param date a day of the last month; null: today
 * @returns the exit code 0
 * @throws Error that says what to write, for a date that does not exist, and when the file cannot be written
 */
export async function runSendsReport(options: Printing & { readonly date: string | null }): Promise<0> {
  const { date, policy, now } = options;
  return print(await makeSendsReport(readDeps(options), readDate(date, policy.policy.time_zone, now)), options);
}

const readDeps = ({ db, policy, now, zendesk }: Printing) => ({
  db,
  policy,
  now,
  link: zendesk === null ? null : dashboardUrl(zendesk),
  ticketUrl: (id: number) => `${zendesk ?? ''}/agent/tickets/${id}`,
});

async function print(report: Report, { format, file, out, err }: Printing): Promise<0> {
  const written = writeReport(report, format);
  if (file === null) out(written);
  else {
    await writeFile(file, written);
    err(`Wrote the ${report.title} to ${file}.`);
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
