// What does a worker do, and when?
import { randomBytes } from 'node:crypto';
import type { Directory } from '../directory/directory.ts';
import type { DirectoryKeeper } from '../directory/keep-directory.ts';
import { createSmtpMailSender } from '../mail/create-smtp-mail-sender.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Check } from '../platform/http/health.ts';
import type { EnqueueOptions, JobHandlers, JobQueue } from '../platform/jobs/job-queue.ts';
import type { JobName, JobPayload } from '../platform/jobs/job-table.ts';
import { keepSweeping } from '../platform/jobs/keep-sweeping.ts';
import { prune } from '../platform/jobs/prune.ts';
import { sweep } from '../platform/jobs/sweep.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database } from '../platform/storage/database.ts';
import type { PolicyStore } from '../policy/policy-store.ts';
import { sendDueInvitations } from '../surveys/send-due-invitations.ts';
import { createAnsweredHints } from '../tickets/process/answered-hints.ts';
import type { PipelineDeps, PolicyInForce } from '../tickets/process/deps.ts';
import { followTime } from '../tickets/process/follow-time.ts';
import { processBatch } from '../tickets/process/process-batch.ts';
import { followPeople } from '../tickets/sync/follow-people.ts';
import { importTickets, isImported } from '../tickets/sync/import-tickets.ts';
import { pruneWords } from '../tickets/sync/prune-words.ts';
import { aheadOfReadBudget, leavingHalf, waitingForReadBudget, withinReadBudget } from '../tickets/sync/read-budget.ts';
import { rereadTicket } from '../tickets/sync/reread-ticket.ts';
import { performEffects } from '../tickets/write/perform-effects.ts';
import { type CheckReason, checkViews } from '../views/check-views.ts';
import { type Zendesk, ZendeskError } from '../zendesk/zendesk.ts';
import type { Config } from './config.ts';
import type { Metrics } from './create-metrics.ts';
import type { WebhookWatch } from './readiness-webhooks.ts';

export interface WorkingDeps {
  config: Config;
  db: Database;
  zendesk: Zendesk;
  queue: JobQueue;
  directory: DirectoryKeeper;
  policy: { current: () => PolicyInForce };
  policyStore: PolicyStore;
  metrics: Metrics;
  webhooks: Pick<WebhookWatch, 'report'>;
  logger: Logger;
  surveyDelayMs: number | null;
  /** Aborted when the service winds down. */
  signal: AbortSignal;
}

export interface Working {
  status: () => Check;
  stop: () => Promise<void>;
}

/** Begins to work as soon as Zendesk lets us in, and goes on until stopped. Returns at once. */
export function startWorking(deps: WorkingDeps): Working {
  let status: Check | null = null;
  const started = begin(deps, (check) => {
    status = check;
  });
  return { status: () => status ?? { ok: false, message: deps.directory.trouble() }, stop: () => started };
}

async function begin(deps: WorkingDeps, report: (check: Check) => void): Promise<void> {
  const directory = await deps.directory.opened();
  if (!directory) return;
  const { queue, policyStore, signal } = deps;
  policyStore.onChange(() => void checkViewsFor(deps, 'policy'));
  await queue.startWorkers(handlersFor(deps, directory), { signal });
  const sweeping = keepSweeping({
    sweep: () => sweep({ db: deps.db, queue, clock: Date.now }),
    logger: deps.logger,
    signal,
  });
  await checkViewsFor(deps, 'start');
  await enqueue(deps, 'import', {});
  report({ ok: true });
  await sweeping;
}

/** Under a word of its own: a check for a ticket event that already waits would swallow it, and looks at each view once a minute only. */
async function checkViewsFor({ queue, logger }: WorkingDeps, reason: CheckReason): Promise<void> {
  await queue
    .enqueue('check-views', { reason }, { dedupeId: `check-views-${reason}` })
    .catch((error: unknown) =>
      logger.warn(aboutError(error), 'Could not enqueue a check of the views; its schedule will'),
    );
}

function handlersFor(deps: WorkingDeps, directory: Directory): Partial<JobHandlers> {
  const { config, db, zendesk, metrics, logger, policy, signal } = deps;
  const pipeline: PipelineDeps = {
    db,
    zendesk,
    directory,
    policy,
    clock: Date.now,
    logger,
    surveyDelayMs: deps.surveyDelayMs,
  };
  const mail = config.smtpUrl ? createSmtpMailSender({ url: config.smtpUrl, from: config.mailFrom }) : null;
  const answered = createAnsweredHints();
  const counted = aheadOfReadBudget(zendesk, { db, logger });
  const onHandled = (outcome: string, milliseconds: number): void => {
    metrics.decisions.inc({ outcome });
    metrics.eventToDecision.observe(milliseconds / 1000);
  };
  const decideDue = followTime({ ...pipeline, onDecided: (outcome) => metrics.decisions.inc({ outcome }), signal });
  return {
    'process-batch': async ({ batch, floods = false }) => {
      let handled = 0;
      const onEvent = (outcome: string, milliseconds: number): void => {
        handled += 1;
        onHandled(outcome, milliseconds);
      };
      try {
        const reading = withinReadBudget(zendesk, { db });
        const deciding = { ...pipeline, zendesk: reading, answered, onHandled: onEvent, signal, leaveFloods: !floods };
        if (await processBatch(deciding, batch)) {
          const later = { dedupeId: `batch-${batch}-floods`, afterOthers: true };
          await enqueue(deps, 'process-batch', { batch, floods: true }, later);
        }
      } catch (error) {
        // Nothing failed; what waits for a read is taken up when there may be one.
        if (!(error instanceof ZendeskError && error.kind === 'busy')) throw error;
        const delayMs = Math.min(Math.max(error.retryAfterMs ?? 0, 1_000), 60_000);
        await enqueue(deps, 'process-batch', { batch }, { delayMs, dedupeId: `batch-${batch}-later` });
      } finally {
        // What came in many small batches is handled with the first: the others have nothing to do, and must not keep other tickets waiting.
        if (handled > 0) {
          await enqueue(deps, 'perform-effects', {});
          await enqueue(deps, 'check-views', { reason: 'event' });
        }
      }
    },
    'decide-due': async () => {
      if ((await decideDue()) > 0) await enqueue(deps, 'perform-effects', {});
    },
    'perform-effects': async () => {
      const { againInMs } = await performEffects({
        db,
        zendesk: counted,
        reread: (ticketId) => rereadTicket({ ...pipeline, zendesk: counted }, ticketId),
        writesPerMinute: () => policy.current().policy.zendesk.writes_per_minute,
        logger,
        signal,
      });
      if (againInMs !== null) await enqueue(deps, 'perform-effects', {}, soon(againInMs));
    },
    'check-views': async ({ reason }) => {
      const views = () => policy.current().policy.views;
      const { againInMs } = await checkViews({ db, zendesk, views, logger }, reason as CheckReason);
      if (againInMs !== null) await enqueue(deps, 'check-views', { reason: 'event' }, soon(againInMs));
    },
    'send-invitations': async () => {
      if (!mail) return;
      await sendDueInvitations({
        db,
        mail,
        person: directory.person,
        ticketRequester: async (ticketId) => (await counted.showTicket(ticketId))?.requester_id ?? null,
        policy: () => policy.current().policy,
        publicUrl: config.publicUrl,
        clock: Date.now,
        randomBytes,
        logger,
        signal,
      });
    },
    import: async () => takeExport(deps, pipeline),
    repair: async () => takeExport(deps, pipeline),
    prune: async () => {
      await prune(db, new Date());
      await pruneWords(db, { words: policy.current().policy.retention.words, now: new Date(), signal });
    },
    sweep: async () => {
      await sweep({ db, queue: deps.queue, clock: Date.now });
    },
  };
}

/** Bounds the delay of a job, in milliseconds: one that waits for long would keep one that is due sooner from being enqueued. */
const soon = (againInMs: number): EnqueueOptions => ({ delayMs: Math.min(Math.max(againInMs, 100), 5_000) });

async function takeExport(deps: WorkingDeps, pipeline: PipelineDeps): Promise<void> {
  const { db, zendesk, signal } = deps;
  const reading = (await isImported(db)) ? waitingForReadBudget(zendesk, { db }, signal) : leavingHalf(zendesk, signal);
  const summary = await importTickets({ ...pipeline, zendesk: reading }, signal);
  if (summary.decided > 0) {
    deps.logger.info({ ...summary }, 'The export brought what no webhook had told');
    await enqueue(deps, 'perform-effects', {});
  }
  await deps.webhooks.report();
  await takePeople(deps, { ...pipeline, zendesk: reading });
}

/** After the tickets: what is wrong with the export of users must not keep theirs from being read. */
async function takePeople({ logger, signal }: WorkingDeps, pipeline: PipelineDeps): Promise<void> {
  try {
    const { erased, merged } = await followPeople(pipeline, signal);
    if (erased + merged > 0) logger.info({ erased, merged }, 'The export of users brought what no webhook had told');
  } catch (error) {
    logger.warn(aboutError(error), 'The export of users was not read; deleted and merged users wait for the next run');
  }
}

/** Rows are the truth: a job that cannot be enqueued now is made up for by the schedules and the sweeper. */
async function enqueue<Name extends JobName>(
  { queue, logger }: WorkingDeps,
  name: Name,
  payload: JobPayload<Name>,
  options: EnqueueOptions = {},
): Promise<void> {
  try {
    await queue.enqueue(name, payload, options);
  } catch (error) {
    logger.warn(
      { job: name, err: error instanceof Error ? error.message : String(error) },
      'Could not enqueue a job; its schedule will',
    );
  }
}
