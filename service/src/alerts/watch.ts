// Looks every minute for what leaders and agents are to be told of, and tells each thing once.
import { sql } from 'drizzle-orm';
import type { DirectoryStart } from '../directory/start-directory.ts';
import { defineJob, NOTHING } from '../platform/jobs/job-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { readActing } from '../platform/outbox/activation.ts';
import { recordEffects } from '../platform/outbox/entries.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { SLACK_MESSAGE } from '../slack/slack-message.ts';
import { pauseSurveys, resumeSurveys } from '../surveys/index.ts';
import { alarmMessage } from './alarms/alarm-message.ts';
import { findOldestWait, findOtherShare, findSilentWebhooks } from './alarms/find-limits.ts';
import { findCategoryRises, findNewRequesters } from './alarms/find-rises.ts';
import type { AlarmContext } from './alarms/finding.ts';
import { readOpenAlarms, settleAlarms } from './alarms/settle-alarms.ts';
import { remindOfPromises } from './reminders/remind-of-promises.ts';
import { remindOfWaits } from './reminders/remind-of-waits.ts';
import { type KeyedMessage, type Reminder, reminderMessages } from './reminders/reminder-message.ts';

export interface WatchDeps {
  config: { publicUrl: string; zendesk: { baseUrl: string } };
  db: Database;
  directory: { current: () => Pick<NonNullable<ReturnType<DirectoryStart['current']>>, 'groupId'> | null };
  policy: { current: () => Pick<PolicyInForce, 'policy' | 'compiled'> };
  /** Whether a Slack channel has an address. Without one nothing is recorded for it: nobody wants old news once it has one. */
  hasAddress: (channel: string) => boolean;
  /** Called when an effect was recorded. */
  onEffect: () => unknown;
  /** Epoch milliseconds. */
  clock: () => number;
  /** When this process started, in epoch milliseconds. */
  startedAt: number;
  logger: Pick<Logger, 'warn' | 'info'>;
}

export const watchAlertsJob = defineJob({
  name: 'watch-alerts',
  payload: NOTHING,
  schedule: { everyMs: 60_000, payload: {} },
});

/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_027;

/** Nobody is told twice, however many processes run it, and what is recorded is told, because both are one transaction. */
const alone = <T>(db: Database, work: (tx: Queryable) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
    return work(tx);
  });

const addressed = ({ hasAddress }: WatchDeps, channel: string | undefined): string | undefined =>
  channel !== undefined && hasAddress(channel) ? channel : undefined;

const ticketUrl =
  ({ zendesk }: WatchDeps['config']) =>
  (id: number) =>
    `${zendesk.baseUrl}/agent/tickets/${id}`;

/** Throws when the database is unavailable: the next run finds the same. */
export async function watchAlarms(deps: WatchDeps): Promise<void> {
  const { db, config, logger } = deps;
  const inForce = deps.policy.current();
  const { policy } = inForce;
  const now = new Date(deps.clock());
  const settled = await alone(db, async (tx) => {
    const open = await readOpenAlarms(tx);
    const isOn: AlarmContext['isOn'] = (kind, about = '') =>
      open.some((alarm) => alarm.kind === kind && alarm.about === about);
    const found = [];
    for (const find of [findCategoryRises, findOtherShare, findOldestWait, findNewRequesters, findSilentWebhooks])
      found.push(...(await find(tx, { inForce, now, startedAt: deps.startedAt, isOn })));
    // While Deskwright only watches nobody is told; once it acts, they are told of what is still on.
    const { mode } = await readActing(tx);
    const channel = mode === 'act' ? addressed(deps, policy.alarms.slack) : undefined;
    const result = await settleAlarms(tx, { open, found, now, isTold: channel !== undefined });
    if (found.some(({ kind }) => kind === 'new_requesters')) await pauseSurveys(tx, now);
    else await resumeSurveys(tx, now);
    if (channel !== undefined) {
      const words = { channel, policy, ticketUrl: ticketUrl(config), publicUrl: config.publicUrl };
      const messages = result.told.map(({ id, finding }) => ({
        key: `alarm:${id}`,
        ticketId: null,
        message: alarmMessage(finding, words),
      }));
      await tell(tx, messages);
    }
    return result;
  });
  for (const { finding } of settled.begun)
    logger.warn({ alarm: finding.kind, about: finding.about, n: finding.n, usual: finding.usual }, 'An alarm began');
  for (const alarm of settled.ended) logger.info({ alarm }, 'An alarm ended');
  if (settled.told.length > 0) await deps.onEffect();
}

/** Until the groups of Zendesk are known, departments cannot be told from tiers, and nobody is reminded. */
export async function remind(deps: WatchDeps): Promise<void> {
  const { db, config } = deps;
  const inForce = deps.policy.current();
  const { policy } = inForce;
  const directory = deps.directory.current();
  if (directory === null && policy.departments.length > 0) return;
  const departments = policy.departments.flatMap(({ group }) => directory?.groupId(group) ?? []);
  const now = deps.clock();
  const reminded = await alone(db, async (tx) => {
    const due: Reminder[] = [
      ...(await remindOfWaits(tx, inForce, { departments, now })),
      ...(await remindOfPromises(tx, inForce, now)),
    ];
    const channel = addressed(deps, policy.reminders.slack);
    const told = due.filter(({ acts }) => acts);
    if (channel !== undefined)
      await tell(tx, reminderMessages(told, { channel, tiers: policy.tiers, ticketUrl: ticketUrl(config) }));
    return due.length;
  });
  if (reminded > 0) await deps.onEffect();
}

async function tell(tx: Queryable, messages: readonly KeyedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const entries = messages.map(({ key, ticketId, message }) => ({ key, subjectId: ticketId, payload: message }));
  await recordEffects(tx, SLACK_MESSAGE, entries);
}
