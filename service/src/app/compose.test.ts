import { readFileSync, writeFileSync } from 'node:fs';
import { STRIPE_READ_ONLY_KEY } from '@deskwright/local-zendesk';
import { startHarness, until } from '../../testing/start-harness.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { createLogger } from '../platform/logging/logger.ts';

test('a directory read in progress at stop is finished before the database is closed', async () => {
  const harness = await startHarness();
  const readAt = async () => {
    const { rows } = await harness.database.db.$client.query<{ at: Date }>('SELECT max(fetched_at) AS at FROM people');
    return Number(rows[0]?.at);
  };
  const before = await readAt();
  const { rest } = harness.zendesk.faults;
  rest.add({ answer: 503, path: '/api/v2/users', retry_after: 2 });
  writeFileSync(
    harness.policyPath,
    readFileSync(harness.policyPath, 'utf8').replace(/^company: .*$/m, 'company: Southwind'),
  );
  await until('the people are read anew', () => rest.state()[0]?.struck);
  rest.clear();

  await harness.stopService();

  expect(await readAt()).toBeGreaterThan(before);
  await harness.stop();
});

test('a key of Stripe with fewer rights than refunds need is told at start, in the log and to operators', async () => {
  const warned: [object, string][] = [];
  const logger = createLogger('silent');
  const warn = ((about: object, message: string) => void warned.push([about, message])) as Logger['warn'];
  const harness = await startHarness({
    stripeKey: STRIPE_READ_ONLY_KEY,
    logger: Object.assign(Object.create(logger) as Logger, { warn }),
  });
  const problem = expect.stringContaining('STRIPE_SECRET_KEY may not write Refunds; allow it.');
  await until('the log says so', () => warned.some(([, message]) => message.includes('access to Stripe')));
  expect(warned).toContainEqual([{ problem }, 'Something is wrong with the access to Stripe']);
  const ready = (await (await fetch(`${harness.serviceUrl}/readyz`)).json()) as { checks: Record<string, object> };
  expect(ready.checks['stripe']).toMatchObject({ ok: true, warning: problem });
  await harness.stop();
});
