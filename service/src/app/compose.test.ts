import { readFileSync, writeFileSync } from 'node:fs';
import { startHouse, until } from '../../testing/start-house.ts';

test('a reading for a new policy that is under way at stop is finished before the database is closed', async () => {
  const house = await startHouse();
  const readAt = async () => {
    const { rows } = await house.database.db.$client.query<{ at: Date }>('SELECT max(fetched_at) AS at FROM people');
    return Number(rows[0]?.at);
  };
  const before = await readAt();
  const { rest } = house.zendesk.faults;
  rest.add({ answer: 503, path: '/api/v2/groups', retry_after: 2 });
  writeFileSync(
    house.policyPath,
    readFileSync(house.policyPath, 'utf8').replace(/^company: .*$/m, 'company: Southwind'),
  );
  await until('the groups are read anew', () => rest.state()[0]?.struck);
  rest.clear();

  await house.stopService();

  expect(await readAt()).toBeGreaterThan(before);
  await house.stop();
});
