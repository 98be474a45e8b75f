// Records the reports that are due, to be sent by mail and to Slack.
import type { Policy } from '@deskwright/shared';
import { defineJob, NOTHING } from '../../platform/jobs/job-queue.ts';
import { readActing } from '../../platform/outbox/activation.ts';
import { type NewEntry, recordEffects } from '../../platform/outbox/entries.ts';
import type { Database } from '../../platform/storage/database.ts';
import { dueReports } from './due-reports.ts';
import { REPORT_MAIL, type ReportMail, reportKey } from './report-mail.ts';

export const sendReportsJob = defineJob({
  name: 'send-reports',
  payload: NOTHING,
  schedule: { everyMs: 30_000, payload: {} },
});

export interface SendReportsDeps {
  db: Database;
  policy: () => Policy;
  clock: () => number;
}

/**
 * Records each due report once, however many processes do so and however often: the outbox knows the day and the recipient. While Deskwright only
 * watches, nothing is recorded, so that no old reports go out when it is activated. Returns how many are new.
 */
export async function recordDueReports({ db, policy, clock }: SendReportsDeps): Promise<number> {
  const { reports, time_zone: timeZone } = policy();
  const due = dueReports(reports, new Date(clock()), timeZone);
  const mails = due.flatMap((each) =>
    eachOnce(each.report.mail_to).map(
      (to): NewEntry<ReportMail> => ({
        key: reportKey(REPORT_MAIL.name, each, to),
        subjectId: null,
        payload: { reportId: each.report.id, date: each.date, dueAt: each.dueAt.toISOString(), to },
      }),
    ),
  );
  if (mails.length === 0 || (await readActing(db)).mode !== 'act') return 0;
  const recorded = await recordEffects(db, REPORT_MAIL, mails);
  return recorded.filter(Boolean).length;
}

/** Written twice, an address still gets one mail. */
const eachOnce = (addresses: readonly string[]): string[] => [
  ...new Map(addresses.map((address) => [address.toLowerCase(), address])).values(),
];
