// Sets up a fault test: the local Zendesk in this process, the service in others, and the final check of every ticket.
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import pg from 'pg';
import { subscribeWebhook } from '../src/cli/subscribe-webhook.ts';
import { createQueue } from '../src/platform/jobs/create-queue.ts';
import { ALL_JOBS, readExportJob } from './all-jobs.ts';
import { freePort } from './free-port.ts';
import { examplePolicyText, silentLogger } from './pipeline-deps.ts';
import { placeExampleGuidance } from './place-example-guidance.ts';
import { until } from './start-harness.ts';

const CLIENT = { id: 'deskwright', secret: 'deskwright' };

export interface FaultHarness {
  zendesk: LocalZendesk;
  serviceUrl: string;
  directory: string;
  env: Record<string, string>;
  /** Lets customers open so many tickets, a few at a time, and gives back their numbers. */
  customersOpen: (count: number) => Promise<number[]>;
  /** Resolves in the very moment in which Zendesk has written the placement of so many tickets. `then` runs in it. */
  whenWritten: (count: number, then: () => void) => Promise<void>;
  isReady: () => Promise<boolean>;
}

/** `databaseUrl` absent: the service starts its own PostgreSQL in `directory`. `policy` changes the example policy. */
export async function startFaultHarness(
  settings: { databaseUrl?: string; redisUrl?: string; policy?: (text: string) => string } = {},
): Promise<FaultHarness> {
  const zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, limits: { ticketUpdates: 10_000 } });
  const directory = mkdtempSync(join(tmpdir(), 'deskwright-faults-'));
  chmodSync(directory, 0o711); // Run by root, PostgreSQL runs as another user and must be able to pass through.
  const port = await freePort();
  const serviceUrl = `http://127.0.0.1:${port}`;
  const { secret } = await subscribeWebhook(zendesk.url, CLIENT, `${serviceUrl}/webhooks/zendesk`);
  const policyPath = join(directory, 'deskwright.yaml');
  placeExampleGuidance(directory);
  // As many writes as Zendesk allows, so that the test waits for the fault and not for the budget. No reports: a mail
  // that was being sent when the process was killed is dead-lettered, as nobody knows whether it arrived.
  const policy = examplePolicyText()
    .replace(/writes_per_minute: \d+/, 'writes_per_minute: 100')
    .replace(/^reports:\n( .*\n)+/m, '');
  writeFileSync(policyPath, settings.policy?.(policy) ?? policy);
  const env = {
    PORT: String(port),
    PUBLIC_URL: serviceUrl,
    DESKWRIGHT_DATA_DIR: join(directory, 'data'),
    DESKWRIGHT_POLICY: policyPath,
    DATABASE_URL: settings.databaseUrl ?? '',
    REDIS_URL: settings.redisUrl ?? '',
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: CLIENT.id,
    ZENDESK_OAUTH_CLIENT_SECRET: CLIENT.secret,
    ZENDESK_WEBHOOK_SECRET: secret,
    SMTP_URL: zendesk.smtpUrl,
  };
  return {
    zendesk,
    serviceUrl,
    directory,
    env,
    customersOpen: (count) => customersOpen(zendesk, count),
    whenWritten: (count, then) => whenWritten(zendesk, count, then),
    isReady: async () => (await fetch(`${serviceUrl}/readyz`).catch(() => null))?.ok ?? false,
  };
}

async function customersOpen({ account }: LocalZendesk, count: number): Promise<number[]> {
  const ids: number[] = [];
  const customer = account.users.create(
    { name: 'Ida', email: 'ida@customer.test', role: 'end-user', verified: true },
    { id: -1 },
  );
  const known = account.users.findByEmail('ida@customer.test') ?? (customer.ok ? customer.value : null);
  for (let n = 0; n < count; n++) {
    const opened = account.tickets.create(
      { subject: `Order ${n}`, comment: { body: 'I want my money back', public: true }, requester_id: known!.id },
      { id: known!.id, channel: 'email' },
    );
    if (!opened.ok) throw new Error('The local Zendesk refused a ticket');
    ids.push(opened.value.ticket.id);
    if (n % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return ids;
}

function whenWritten({ account }: LocalZendesk, count: number, then: () => void): Promise<void> {
  const written = new Set<number>();
  return new Promise((resolve) => {
    const stopListening = account.onTicketChange(({ after }) => {
      if (placementOf(after.tags) === 2) written.add(after.id);
      if (written.size < count) return;
      stopListening();
      then();
      resolve();
    });
  });
}

const placementOf = (tags: readonly string[]) => tags.filter((tag) => /^(?:category|tier)__/.test(tag)).length;

/** Waits until every ticket carries its placement, moving Zendesk's clock so that the export shows what webhooks lost. */
export async function settle(
  { zendesk }: FaultHarness,
  databaseUrl: string,
  ids: readonly number[],
  redisUrl: string | null = null,
): Promise<void> {
  const queue = await createQueue({ databaseUrl, redisUrl }, ALL_JOBS, {
    logger: silentLogger,
    clock: Date.now,
    maxWaitMs: 120_000,
  });
  try {
    await until('all webhooks are sent or lost', () => zendesk.webhooks.unfinished() === 0, 900_000);
    zendesk.clock.advance(61_000);
    await queue.enqueue(readExportJob, {});
    await until(
      'every ticket is placed',
      () => ids.every((id) => placementOf(zendesk.account.tickets.find(id)!.tags) === 2),
      900_000,
    );
    // Not more often: each look opens a connection.
    await until(
      'every event is decided and every effect performed',
      async () => (await countOpen(databaseUrl)) === 0,
      900_000,
      250,
    );
  } finally {
    await queue.stop({ graceMs: 0 });
  }
}

async function counts(databaseUrl: string, table: 'inbox' | 'outbox'): Promise<Record<string, number>> {
  const rows = await query<{ state: string; n: string }>(
    databaseUrl,
    `SELECT state, count(*) AS n FROM ${table} GROUP BY state`,
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, Number(n)]));
}

async function query<T extends pg.QueryResultRow>(databaseUrl: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<T>(text)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Ends the claims and locks that dead processes left: as if the minute had passed for which they hold. Only while no process of the
 * service runs that could hold some.
 */
export async function endClaims(databaseUrl: string): Promise<void> {
  await query(databaseUrl, "UPDATE outbox SET claimed_until = now() WHERE state = 'in_flight'");
  await query(databaseUrl, "UPDATE bullmq.job SET locked_until_ms = 0 WHERE state = 'active'");
}

/** Events not decided yet and effects not written yet. */
export async function countOpen(databaseUrl: string): Promise<number> {
  const inbox = await counts(databaseUrl, 'inbox');
  const outbox = await counts(databaseUrl, 'outbox');
  return (inbox.waiting ?? 0) + (outbox.waiting ?? 0) + (outbox.in_flight ?? 0);
}

/** What must hold after any fault: nothing lost, nothing doubled, nothing dead-lettered. */
export async function expectEverythingOnce(
  { zendesk }: FaultHarness,
  databaseUrl: string,
  ids: readonly number[],
): Promise<void> {
  const notes = ids.map((id) => zendesk.account.tickets.comments(id).filter((comment) => !comment.public).length);
  expect(new Set(notes)).toEqual(new Set([1]));

  // One decision an event: the log's `inbox_id` is unique, so it is enough that none is missing.
  const undecided = await query(
    databaseUrl,
    "SELECT inbox.id FROM inbox LEFT JOIN decisions ON decisions.inbox_id = inbox.id WHERE inbox.state = 'decided' AND decisions.id IS NULL",
  );
  expect(undecided).toEqual([]);
  const tickets = await query(databaseUrl, "SELECT DISTINCT ticket_id FROM decisions WHERE outcome = 'acted'");
  expect(tickets).toHaveLength(ids.length);
  expect(await counts(databaseUrl, 'inbox')).not.toHaveProperty('parked');
  expect(await counts(databaseUrl, 'outbox')).not.toHaveProperty('parked');
}
