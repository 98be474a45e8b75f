import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { aPolicy } from '../../surveys/testing/survey-fixtures.ts';
import { zendeskFrom } from '../open-account.ts';
import { readCohortNames } from './read-cohort-names.ts';

let database: TestDatabase;
let zendesk: LocalZendesk;
beforeAll(async () => {
  database = await createTestDatabase();
  zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, trickle: { start: 'off' } });
});
afterAll(async () => {
  await zendesk.stop();
  await database.drop();
});

const nps = { every: '90d', expires: '14d', ask_again_after: '30d' };
const byOrganization = aPolicy({
  nps: { ...nps, conditions: { all: [{ field: 'organization', operator: 'present' }] } },
});

test('names of organizations are read from Zendesk as they are now, and nothing else', async () => {
  const env = {
    ZENDESK_BASE_URL: zendesk.url,
    ZENDESK_OAUTH_CLIENT_ID: 'deskwright',
    ZENDESK_OAUTH_CLIENT_SECRET: 'deskwright',
  };
  const [first] = await zendeskFrom(env).listNames('organization');
  const nameOf = await readCohortNames(database.db, byOrganization, env);
  expect(nameOf('organization', first?.id ?? 0)).toBe(first?.name ?? 'some name');
  expect([nameOf('organization', null), nameOf('form', first?.id ?? 0)]).toEqual([null, null]);
});

test('an account is needed only where conditions use such a name', async () => {
  const nameOf = await readCohortNames(database.db, aPolicy({ nps }), {});
  expect(nameOf('organization', 1)).toBeNull();
  await expect(readCohortNames(database.db, byOrganization, {})).rejects.toThrow('Zendesk cannot be reached');
});
