import { readFileSync, writeFileSync } from 'node:fs';
import { startHarness, until } from '../../testing/start-harness.ts';

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
