import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { ticketMetrics } from '../../tickets/metrics.ts';
import { createMetrics } from './create-metrics.ts';

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.drop());

const read = () => {
  const metrics = createMetrics({ db: database.db, logger: silentLogger });
  ticketMetrics(metrics);
  return metrics.registry.metrics();
};

test('gauges without labels have a value while the database answers', async () => {
  expect(await read()).toMatch(/^deskwright_oldest_wait_seconds 0$/m);
});

test('a value that cannot be read is left out', async () => {
  await database.db.$client.query('ALTER TABLE tickets RENAME TO tickets_away');
  const text = await read();
  expect(text).not.toMatch(/^deskwright_oldest_wait_seconds /m);
  expect(text).toMatch(/^deskwright_import_done 0$/m);
});

test('the version and the build are shown', async () => {
  expect(await read()).toMatch(/^deskwright_build_info\{version="\d+\.\d+\.\d+",build="\w+"\} 1$/m);
});
