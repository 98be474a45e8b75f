// The feature that notifies leaders and agents: of alarms, of customers who wait, of promises.
import { isNotNull } from 'drizzle-orm';
import type { Feature } from '../platform/feature.ts';
import type { Check } from '../platform/http/health.ts';
import { job } from '../platform/jobs/job-queue.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore, deleteOldRows } from '../platform/storage/delete-old-rows.ts';
import type { CardSection } from '../sidebar/index.ts';
import { channelsWithoutAddress } from '../slack/address-variable.ts';
import { countryOfTimeZone } from '../slack/country-of-time-zone.ts';
import { createSlackSender, type SlackAddresses } from '../slack/create-slack-sender.ts';
import { slackEffect } from '../slack/slack-effect.ts';
import { SLACK_MESSAGE } from '../slack/slack-message.ts';
import { slackThreads } from '../slack/tables.ts';
import { reminderSection } from './reminders/recorded-reminders.ts';
import { ALERT_TABLES, alarms, reminders } from './tables.ts';
import { checkRound, noteRound, remind, type WatchDeps, watchAlarms, watchAlertsJob } from './watch.ts';

export { acknowledgeAlarm, listAlarms } from './alarms/active-alarms.ts';
export { whatDiffers } from './alarms/find-refund-differences.ts';
export { PROMISED_AT, WAS_REMINDED_OF_WAIT } from './reminders/recorded-reminders.ts';
export { describeOldestWait } from './reminders/reminder-message.ts';
export type { AlarmKind } from './tables.ts';

export interface AlertsDeps extends Omit<WatchDeps, 'hasAddress' | 'startedAt'> {
  config: WatchDeps['config'] & { slack: SlackAddresses };
}

alertsFeature.effects = [SLACK_MESSAGE];

export function alertsFeature(deps: AlertsDeps): Feature & { cardSections: CardSection[] } {
  const { config, db, clock, logger } = deps;
  const policy = () => deps.policy.current().policy;
  const sender = createSlackSender(config.slack);
  const hasAddress = (channel: string) => sender.has(channel);
  const watching = { ...deps, hasAddress, startedAt: clock() };
  const missing = () => channelsWithoutAddress(policy(), hasAddress);
  const warnOfMissing = () => {
    for (const problem of missing())
      logger.warn({ problem }, 'A Slack channel has no address: no alarms, reminders and reports are sent to it');
  };
  warnOfMissing();
  return {
    name: 'alerts',
    jobs: [
      job(watchAlertsJob, async () => {
        // What fails in one must not keep the other from being told.
        const [alarms, reminders] = await Promise.allSettled([watchAlarms(watching), remind(watching)]);
        const failures = {
          ...(alarms.status === 'rejected' && { alarms: alarms.reason }),
          ...(reminders.status === 'rejected' && { reminders: reminders.reason }),
        };
        await noteRound(db, failures, new Date(clock()));
        for (const failure of Object.values(failures)) throw failure;
      }),
    ],
    effectKinds: [slackEffect({ sender, country: () => countryOfTimeZone(policy().time_zone), clock })],
    onPolicyChange: warnOfMissing,
    readiness: { slack: async (): Promise<Check> => checkSlack(missing()), alerts: () => checkRound(db) },
    cardSections: [reminderSection],
    tables: ALERT_TABLES,
    retention: [(now, signal) => pruneAlerts(db, daysBefore(now, policy().retention.history), signal)],
  };
}

async function pruneAlerts(db: Database, before: Date, signal: AbortSignal): Promise<void> {
  await deleteOldRows(db, { table: alarms, at: alarms.since, where: isNotNull(alarms.until) }, before, signal);
  await deleteOldRows(db, { table: reminders, at: reminders.notifiedAt }, before, signal);
  await deleteOldRows(db, { table: slackThreads, at: slackThreads.at }, before, signal);
}

const checkSlack = (problems: readonly string[]): Check =>
  problems.length === 0 ? { ok: true } : { ok: true, warning: `${problems.join('; ')}: nothing is sent there` };
