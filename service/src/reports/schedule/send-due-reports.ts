// Records the reports that are due, to be sent by mail and to Slack.
import type { Policy } from '@deskwright/shared';
import { inArray } from 'drizzle-orm';
import { readKnownSince } from '../../history/index.ts';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import { readActing } from '../../platform/outbox/activation.ts';
import { type NewEntry, recordEffect, recordEffects } from '../../platform/outbox/entries.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Database } from '../../platform/storage/database.ts';
import { SLACK_MESSAGE, type SlackMessage } from '../../slack/slack-message.ts';
import { headOf } from '../engine/parts.ts';
import type { Report } from '../engine/report.ts';
import { type DueReport, dueReports } from './due-reports.ts';
import { REPORT_MAIL, type ReportMail } from './report-mail.ts';

export const sendReportsJob = defineJob({
  name: 'send-reports',
  payload: NOTHING,
  schedule: { everyMs: 30_000, payload: {} },
});

interface SendReportsDeps {
  db: Database;
  policy: () => Policy;
  /** Makes the report as it stands now. */
  make: (due: DueReport) => Promise<Report>;
  /** Whether all tickets are known and measured. Until then reports wait: they would count only some. */
  areFiguresWhole: () => Promise<boolean>;
  /** Whether a Slack channel has an address. Without one nothing is recorded for it: nobody wants old reports once it has one. */
  hasAddress: (channel: string) => boolean;
  clock: () => number;
}

/**
 * Records each due report once, however many processes do so and however often: the outbox knows the day and the recipient. While Deskwright only
 * watches, nothing is recorded, and the first report after an activation is the next that is due; nor while figures are of some tickets only. Returns how many are new.
 * Throws what the first report that could not be made threw, after the others were recorded.
 */
export async function recordDueReports(deps: SendReportsDeps): Promise<number> {
  const { reports, time_zone: timeZone } = deps.policy();
  const acting = await readActing(deps.db);
  const begun = (await readKnownSince(deps.db))?.seen ?? null;
  // What was due before Deskwright was installed, or was told to act, is of a time of which it knew nothing, or nobody wanted it.
  const isAfter = (dueAt: Date) => [begun, acting.since].every((since) => since === null || since <= dueAt);
  const due = dueReports(reports, new Date(deps.clock()), timeZone).filter(({ dueAt }) => isAfter(dueAt));
  if (due.length === 0 || acting.mode !== 'act' || !(await deps.areFiguresWhole())) return 0;
  return (await recordMails(deps, due)) + (await recordMessages(deps, due));
}

async function recordMails({ db }: SendReportsDeps, due: readonly DueReport[]): Promise<number> {
  const mails = due.flatMap((each) =>
    eachOnce(each.report.mail_to).map(
      (to): NewEntry<ReportMail> => ({
        key: keyOf(REPORT_MAIL.name, each, to.toLowerCase()),
        subjectId: null,
        payload: { reportId: each.report.id, date: each.date, dueAt: each.dueAt.toISOString(), to },
      }),
    ),
  );
  if (mails.length === 0) return 0;
  return (await recordEffects(db, REPORT_MAIL, mails)).filter(Boolean).length;
}

/** A message holds its text, so the report is made now, unless it was recorded before. */
async function recordMessages({ db, make, hasAddress }: SendReportsDeps, due: readonly DueReport[]): Promise<number> {
  const messages = due.flatMap((each) =>
    each.report.slack === undefined || !hasAddress(each.report.slack)
      ? []
      : [{ due: each, channel: each.report.slack, key: keyOf('report_slack', each, each.report.slack) }],
  );
  if (messages.length === 0) return 0;
  const keys = messages.map(({ key }) => key);
  const recorded = await db.select({ key: outbox.key }).from(outbox).where(inArray(outbox.key, keys));
  const known = new Set(recorded.map(({ key }) => key));
  let n = 0;
  const failures: unknown[] = [];
  for (const { due: each, channel, key } of messages) {
    if (known.has(key)) continue;
    try {
      const payload = reportSlackMessage(await make(each), channel);
      if (await recordEffect(db, SLACK_MESSAGE, { key, subjectId: null, payload })) n += 1;
    } catch (error) {
      // The others are recorded all the same; this one is tried again at the next run.
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return n;
}

/** Each report once a day and recipient. */
const keyOf = (kind: string, { report, date }: DueReport, to: string): string => `${kind}:${report.id}:${date}:${to}`;

/** Written twice, an address still gets one mail. */
const eachOnce = (addresses: readonly string[]): string[] => [
  ...new Map(addresses.map((address) => [address.toLowerCase(), address])).values(),
];

/** The head, the most important sentences, and where the rest is. @internal */
export function reportSlackMessage(report: Report, channel: string): SlackMessage {
  return {
    channel,
    summary: [{ bold: headOf(report).title }, `, ${report.period.label}`],
    lines: [
      ...(report.about === null ? [] : [[report.about]]),
      ...report.summary.map((sentence) => [`• ${sentence}`]),
      ...(report.link === null ? [] : [[{ text: 'Open the dashboard', url: report.link }]]),
    ],
  };
}
