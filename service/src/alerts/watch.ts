// Checks every minute what leaders and agents must be notified of, and notifies them once of each thing.
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DirectoryStart } from '../directory/start-directory.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Check } from '../platform/http/health.ts';
import { defineJob, NOTHING } from '../platform/jobs/job-queue.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { readActing } from '../platform/outbox/activation.ts';
import { recordEffects } from '../platform/outbox/entries.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import type { PolicyInForce } from '../policy/policy-in-force.ts';
import { SLACK_MESSAGE } from '../slack/slack-message.ts';
import { pauseSurveys, resumeSurveys } from '../surveys/index.ts';
import { readExportFindings } from '../tickets/index.ts';
import { readOpenAlarms, settleAlarms } from './alarms/active-alarms.ts';
import { alarmMessage } from './alarms/alarm-message.ts';
import { findNamedDrivers, findScoreFalls } from './alarms/find-bad-answers.ts';
import { findOldestWait, findOtherShare, findSilentWebhooks } from './alarms/find-limits.ts';
import { findAgentRefunds, findCustomerRefunds } from './alarms/find-refund-bursts.ts';
import { findMissingComparison, findOutsideRefunds, findRefundDifferences } from './alarms/find-refund-differences.ts';
import { findCategoryRises, findNewRequesters } from './alarms/find-rises.ts';
import type { AlarmContext, Finding } from './alarms/finding.ts';
import { remindOfPromises } from './reminders/remind-of-promises.ts';
import { remindOfWaits } from './reminders/remind-of-waits.ts';
import { type KeyedMessage, type Reminder, reminderMessages } from './reminders/reminder-message.ts';
import type { AlarmKind } from './tables.ts';

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
  /** A statement may take as long. Milliseconds. Default: 20 s. */
  statementMs?: number;
}

export const watchAlertsJob = defineJob({
  name: 'watch-alerts',
  payload: NOTHING,
  // The next round is the next attempt.
  attempts: 1,
  schedule: { everyMs: 60_000, payload: {} },
});

/** Any fixed number, the same in every process. */
const LOCK = 4_600_460_027;
/** The slowest query takes well below a second on a million tickets; the next round comes after a minute. */
const STATEMENT_MS = 20_000;

/** A query that takes too long fails, and neither holds a connection nor the lock. */
const limited = <T>({ db, statementMs = STATEMENT_MS }: WatchDeps, work: (tx: Queryable) => Promise<T>): Promise<T> =>
  db.transaction(async (tx) => {
    await tx.execute(sql`SELECT set_config('statement_timeout', ${String(statementMs)}, true)`);
    return work(tx);
  });

/** Nobody is told twice, however many processes run it, and what is recorded is told, because both are one transaction. */
const alone = <T>(deps: WatchDeps, work: (tx: Queryable) => Promise<T>): Promise<T> =>
  limited(deps, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${LOCK})`);
    return work(tx);
  });

const addressed = ({ hasAddress }: WatchDeps, channel: string | undefined): string | undefined =>
  channel !== undefined && hasAddress(channel) ? channel : undefined;

const ticketUrl =
  ({ zendesk }: WatchDeps['config']) =>
  (id: number) =>
    `${zendesk.baseUrl}/agent/tickets/${id}`;

const FINDERS: readonly (readonly [AlarmKind, (db: Queryable, context: AlarmContext) => Promise<Finding[]>])[] = [
  ['category_rise', findCategoryRises],
  ['other_share', findOtherShare],
  ['oldest_wait', findOldestWait],
  ['new_requesters', findNewRequesters],
  ['webhooks_silent', findSilentWebhooks],
  ['driver_named', findNamedDrivers],
  ['score_fall', findScoreFalls],
  ['agent_refunds', findAgentRefunds],
  ['customer_refunds', findCustomerRefunds],
  ['refund_differences', findRefundDifferences],
  ['refunds_not_compared', findMissingComparison],
  ['outside_refunds', findOutsideRefunds],
];

interface Judged {
  readonly found: readonly Finding[];
  /** Alarms that could not be judged stay as they are. */
  readonly failed: ReadonlySet<AlarmKind>;
  readonly errors: readonly unknown[];
}

/** Each in a transaction of its own: one that fails keeps no other from being judged. */
async function judge(deps: WatchDeps, now: Date): Promise<Judged> {
  const open = await limited(deps, readOpenAlarms);
  const context: AlarmContext = {
    inForce: deps.policy.current(),
    now,
    startedAt: deps.startedAt,
    isOn: (kind, about = '') => open.some((alarm) => alarm.kind === kind && alarm.about === about),
    exported: (tx) => readExportFindings(tx, now.getTime()),
  };
  const found: Finding[] = [];
  const failed = new Set<AlarmKind>();
  const errors: unknown[] = [];
  for (const [kind, find] of FINDERS) {
    try {
      found.push(...(await limited(deps, (tx) => find(tx, context))));
    } catch (error) {
      failed.add(kind);
      errors.push(error);
    }
  }
  return { found, failed, errors };
}

/** Throws the first error of the database, after everything else was judged and told: the next run judges it again. */
export async function watchAlarms(deps: WatchDeps): Promise<void> {
  const { config, logger } = deps;
  const { policy } = deps.policy.current();
  const now = new Date(deps.clock());
  const { found, failed, errors } = await judge(deps, now);
  const settled = await alone(deps, async (tx) => {
    const open = (await readOpenAlarms(tx)).filter(({ kind }) => !failed.has(kind));
    // While Deskwright only watches nobody is told; once it acts, they are told of what is still on.
    const { mode } = await readActing(tx);
    const channel = mode === 'act' ? addressed(deps, policy.alarms.slack) : undefined;
    const result = await settleAlarms(tx, { open, found, now, notifiesSlack: channel !== undefined });
    if (found.some(({ kind }) => kind === 'new_requesters')) await pauseSurveys(tx, now);
    else if (!failed.has('new_requesters')) await resumeSurveys(tx, now);
    if (channel !== undefined) {
      const words = { channel, policy, ticketUrl: ticketUrl(config), publicUrl: config.publicUrl };
      const messages = result.notified.map(({ id, finding }) => ({
        key: `alarm:${id}`,
        ticketId: null,
        message: alarmMessage(finding, words),
      }));
      await notify(tx, messages);
    }
    return result;
  });
  for (const { finding } of settled.begun)
    logger.warn({ alarm: finding.kind, about: finding.about, n: finding.n, usual: finding.usual }, 'An alarm began');
  for (const alarm of settled.ended) logger.info({ alarm }, 'An alarm ended');
  if (settled.notified.length > 0) await deps.onEffect();
  if (errors.length > 0) throw errors[0];
}

/** Until the groups of Zendesk are known, departments cannot be told from tiers, and nobody is reminded. */
export async function remind(deps: WatchDeps): Promise<void> {
  const { config } = deps;
  const inForce = deps.policy.current();
  const { policy } = inForce;
  const directory = deps.directory.current();
  if (directory === null && policy.departments.length > 0) return;
  const departments = policy.departments.flatMap(({ group }) => directory?.groupId(group) ?? []);
  const now = deps.clock();
  const reminded = await alone(deps, async (tx) => {
    const due: Reminder[] = [
      ...(await remindOfWaits(tx, inForce, { departments, now })),
      ...(await remindOfPromises(tx, inForce, now)),
    ];
    const channel = addressed(deps, policy.reminders.slack);
    const notified = due.filter(({ acts }) => acts);
    if (channel !== undefined)
      await notify(tx, reminderMessages(notified, { channel, tiers: policy.tiers, ticketUrl: ticketUrl(config) }));
    return due.length;
  });
  if (reminded > 0) await deps.onEffect();
}

async function notify(tx: Queryable, messages: readonly KeyedMessage[]): Promise<void> {
  if (messages.length === 0) return;
  const entries = messages.map(({ key, ticketId, message }) => ({ key, subjectId: ticketId, payload: message }));
  await recordEffects(tx, SLACK_MESSAGE, entries);
}

const SETTING = 'alerts';
const WORK = ['alarms', 'reminders'] as const;

/** Since when each fails, and the last cause; left out: it works. */
const statusShape = z.partialRecord(z.enum(WORK), z.object({ since: z.string(), error: z.string() }));
type Status = z.output<typeof statusShape>;

/** `failures`: what the round threw. Written only when something changed. */
export async function noteRound(
  db: Queryable,
  failures: Readonly<Partial<Record<(typeof WORK)[number], unknown>>>,
  now: Date,
): Promise<void> {
  const before = await readStatus(db);
  const value: Status = {};
  for (const name of WORK)
    if (name in failures)
      value[name] = {
        since: before[name]?.since ?? now.toISOString(),
        error: aboutError(failures[name]).error,
      };
  if (JSON.stringify(value) === JSON.stringify(before)) return;
  await db
    .insert(settings)
    .values({ key: SETTING, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** A warning: everything else works. */
export async function checkRound(db: Queryable): Promise<Check> {
  const problems = Object.entries(await readStatus(db)).map(
    ([name, { since, error }]) =>
      `${name} could not all be judged since ${since}, the next round tries again: ${error}`,
  );
  return problems.length === 0 ? { ok: true } : { ok: true, warning: problems.join('; ') };
}

async function readStatus(db: Queryable): Promise<Status> {
  const [row] = await db.select().from(settings).where(eq(settings.key, SETTING));
  return statusShape.safeParse(row?.value).data ?? {};
}
