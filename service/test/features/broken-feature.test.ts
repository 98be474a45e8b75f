import { readFileSync, writeFileSync } from 'node:fs';
import { CAPABILITIES, type Capability } from '../../src/app/features.ts';
import { defineJob, job, NOTHING } from '../../src/platform/jobs/job-queue.ts';
import { pruneJob } from '../../testing/all-jobs.ts';
import { customer } from '../../testing/people-at-zendesk.ts';
import { silentLogger } from '../../testing/pipeline-deps.ts';
import { type Harness, startHarness, until } from '../../testing/start-harness.ts';

const fail = (): never => {
  throw new Error('a fault of its own');
};

/** Fails wherever a feature can fail outside a ticket's transaction, at once or by a promise. */
const broken =
  (name: string, failing: () => Promise<never>): Capability =>
  ({ metrics }) => {
    metrics.gauge(`deskwright_${name}`, 'Cannot be read.', fail);
    return {
      name,
      routes: fail,
      jobs: [job(defineJob({ name: `${name}-job`, payload: NOTHING }), failing)],
      sweep: failing,
      onWorkersStarted: failing,
      onPolicyChange: failing,
      readiness: { [name]: failing },
      retention: [failing],
      drain: failing,
      ticketHooks: [{ onBatchProcessed: failing }],
    };
  };

let harness: Harness;
const logged: { feature?: string; message: string }[] = [];
const log = (about: object, message: string) => void logged.push({ ...about, message });
const logger = { ...silentLogger, warn: log, error: log, child: () => logger } as typeof silentLogger;

const followed: string[] = [];
const sound: Capability = () => ({
  name: 'sound',
  onWorkersStarted: async () => followed.push('workers'),
  onPolicyChange: () => followed.push('policy'),
  retention: [async () => followed.push('retention')],
  drain: async () => followed.push('drain'),
  ticketHooks: [{ onBatchProcessed: async () => followed.push('batch') }],
});

const unhandled: unknown[] = [];
const note = (reason: unknown) => void unhandled.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', note);
  harness = await startHarness({
    logger,
    capabilities: [broken('throwing', fail), broken('rejecting', async () => fail()), sound, ...CAPABILITIES],
  });
});
afterAll(async () => {
  await harness.stop();
  process.off('unhandledRejection', note);
});

test('a feature that always fails stops neither the other features nor the process, and is logged by name', async () => {
  const id = await customer(harness).opens('Where is my tent?', 'It has not come.');
  await until('the ticket is decided and written', () =>
    harness.zendesk.account.tickets.find(id)?.tags.some((tag) => tag.startsWith('category__')),
  );
  await until('the others follow the batch', () => followed.includes('batch'));

  const { policyPath } = harness;
  writeFileSync(policyPath, readFileSync(policyPath, 'utf8').replace(/^company: .*$/m, 'company: Southwind'));
  await until('the others follow the policy', () => followed.includes('policy'));

  const ready = await fetch(`${harness.serviceUrl}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({
    ok: true,
    checks: {
      throwing: { ok: true, warning: 'could not be checked: Error: a fault of its own' },
      throwing_routes: { ok: true, warning: expect.stringContaining('404') },
      work: { ok: true },
    },
  });
  const metrics = await (await fetch(`${harness.serviceUrl}/metrics`)).text();
  expect(metrics).toMatch(/^deskwright_decisions/m);
  expect(metrics).not.toMatch(/^deskwright_throwing /m);

  await harness.queue.enqueue(pruneJob, {});
  await until('the others prune', () => followed.includes('retention'));

  await harness.stopService();

  expect(followed).toEqual(expect.arrayContaining(['workers', 'drain']));
  for (const feature of ['throwing', 'rejecting']) {
    const messages = logged.filter((line) => line.feature === feature).map(({ message }) => message);
    expect(messages).toEqual(
      expect.arrayContaining([
        'The routes of a feature could not be set up; they answer 404',
        'A feature failed when the workers had started',
        'A feature failed to follow a changed policy',
        'A readiness check of a feature failed',
        'A feature failed to process a batch of events',
        'Sweeping failed; retrying',
        'Could not delete rows whose retention period has ended',
        'A feature failed to stop',
      ]),
    );
  }
  expect(unhandled).toEqual([]);
});
