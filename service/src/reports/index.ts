// The feature that sends reports on a schedule, and serves the company page about surveys; the command line prints reports too.
import type { Policy } from '@deskwright/shared';
import { isMeasuringBehind } from '../history/index.ts';
import { readMailStatus } from '../mail/mail-status.ts';
import type { MailWatch } from '../mail/watch-mail.ts';
import type { Feature } from '../platform/feature.ts';
import type { Check } from '../platform/http/health.ts';
import { job } from '../platform/jobs/job-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { SlackAddresses } from '../slack/create-slack-sender.ts';
import { describeMailProblem } from '../surveys/index.ts';
import { isImported } from '../tickets/index.ts';
import { dashboardUrl } from '../zendesk/dashboard-url.ts';
import { createCompanyRouter } from './company/company-router.ts';
import { makeReport } from './make-report.ts';
import { coveredPeriods, type DueReport, kindOf } from './schedule/due-reports.ts';
import { REPORT_MAIL, reportMailKind } from './schedule/report-mail.ts';
import { recordDueReports, sendReportsJob } from './schedule/send-due-reports.ts';
import { makeAtRiskReport } from './surveys/at-risk-report.ts';
import { makeSurveyReportOf } from './surveys/survey-report.ts';

export { dashboardUrl } from '../zendesk/dashboard-url.ts';
export { EXPLANATION_FORMATS, explainSurveys, writeExplanation } from './company/explain-surveys.ts';
export { COMPANY_LANGUAGES } from './company/texts/company-texts.ts';
export type { Block, Report, ReportTable, Section } from './engine/report.ts';
export { REPORT_FORMATS, type ReportFormat, writeReport } from './engine/write-report.ts';
export { makeReport } from './make-report.ts';
export { REPORT_KINDS, type ReportKind, reportPeriods } from './report-request.ts';
export { makeSendsReport } from './sends/make-sends-report.ts';
export { makeShadowReport } from './shadow/shadow-report.ts';
export { makeAtRiskReport } from './surveys/at-risk-report.ts';
export { makePulseReport } from './surveys/pulse-report.ts';
export { makeSurveyReport } from './surveys/survey-report.ts';

export interface ReportsDeps {
  config: { publicUrl: string; zendesk: { baseUrl: string }; slack: SlackAddresses };
  db: Database;
  mail: Pick<MailWatch, 'sender' | 'canSend'>;
  policy: { current: () => PolicyWithGuidance };
  /** Called when an effect was recorded. */
  onEffect: () => unknown;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
}

/** Whether the policy sends a report by mail. */
export const sendsMail = ({ reports }: Pick<Policy, 'reports'>): boolean =>
  reports.some((report) => report.mail_to.length > 0);

reportsFeature.effects = [REPORT_MAIL];

export function reportsFeature({ config, db, mail, policy: store, onEffect, clock, logger }: ReportsDeps): Feature {
  const policy = () => store.current().policy;
  const hasAddress = (channel: string) => Object.hasOwn(config.slack, channel);

  async function make({ report, date }: DueReport) {
    const inForce = store.current();
    const { every, survey, lists, department, categories } = report;
    const { baseUrl } = config.zendesk;
    const deps = {
      db,
      policy: inForce,
      now: new Date(clock()),
      link: dashboardUrl(baseUrl),
      ticketUrl: (id: number) => `${baseUrl}/agent/tickets/${id}`,
    };
    if (lists === 'at_risk') return makeAtRiskReport(deps);
    const periods = coveredPeriods(every, date, inForce.policy.time_zone);
    return survey === undefined
      ? makeReport(deps, { kind: kindOf(report), ...periods, department, categories })
      : makeSurveyReportOf(deps, { survey, length: every, ...periods, categories });
  }

  const areFiguresWhole = async () => (await isImported(db)) && !(await isMeasuringBehind(db));

  /** A warning: the reports wait, and everything else works. */
  async function check(): Promise<Check> {
    const status = sendsMail(policy()) ? await readMailStatus(db) : null;
    const problem = status && describeMailProblem(status);
    return problem === null ? { ok: true } : { ok: true, warning: `reports wait, up to a day: ${problem}` };
  }

  return {
    name: 'reports',
    routes: () => [{ path: '/', router: createCompanyRouter({ db, policy, clock, logger }) }],
    jobs: [
      job(sendReportsJob, async () => {
        if ((await recordDueReports({ db, policy, make, areFiguresWhole, hasAddress, clock })) > 0) await onEffect();
      }),
    ],
    effectKinds: [reportMailKind({ mail, policy, make, publicUrl: config.publicUrl, clock })],
    readiness: { reports: check },
  };
}
