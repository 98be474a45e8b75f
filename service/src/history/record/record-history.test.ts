import { AGENT, pipelineDeps } from '../../../testing/pipeline-deps.ts';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { comment, pipelineFixture } from '../../tickets/process/testing/pipeline-fixture.ts';
import { history, policyVersions } from '../tables.ts';
import { recordPolicyVersion } from './record-history.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(() => database.clear());
afterAll(() => database.drop());
const { hear } = pipelineFixture(() => database);
const hour = (n: number): Date => new Date(Date.UTC(2025, 0, 8, n));

test('a version gets a row each time it comes into force, however many processes load it', async () => {
  const { db } = database;
  await Promise.all([recordPolicyVersion(db, 'a', hour(1)), recordPolicyVersion(db, 'a', hour(1))]);
  await recordPolicyVersion(db, 'b', hour(2));
  await recordPolicyVersion(db, 'a', hour(3));
  const rows = await db.select().from(policyVersions).orderBy(policyVersions.id);
  expect(rows.map(({ hash, since }) => [hash, since])).toEqual([
    ['a', hour(1)],
    ['b', hour(2)],
    ['a', hour(3)],
  ]);
});

test('a category that the policy set names the version, and what others did names none', async () => {
  const { db } = database;
  const deps = pipelineDeps(db);
  await recordPolicyVersion(db, deps.policy.current().hash, hour(1));
  const [version] = await db.select().from(policyVersions);
  await hear(deps, {}, comment(20, '51', String(AGENT)));
  const rows = await db.select().from(history);
  const named = rows.filter(({ policyId }) => policyId !== null);
  expect(named.map(({ kind, policyId }) => [kind, policyId])).toEqual([
    ['category', version?.id],
    ['tier', version?.id],
  ]);
});
