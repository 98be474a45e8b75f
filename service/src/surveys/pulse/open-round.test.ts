import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { listCampaigns } from '../campaigns/steer-campaign.ts';
import { readSends } from '../scores/read-sends.ts';
import { hashSurveyToken } from '../survey-links.ts';
import { givenPulse } from '../testing/pulse-fixture.ts';
import { MONDAY_NOON } from '../testing/survey-fixtures.ts';
import { recordPulseAnswer } from './record-pulse-answer.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

test('nothing that operators ask for tells while a round is open how many have answered', async () => {
  const { db } = database;
  const { tokens } = await givenPulse(db, 8);
  const year = { from: new Date('2026-01-01'), to: new Date('2027-01-01'), timeZone: 'UTC' };
  const shown = async () => ({ sends: await readSends(db, year), campaigns: await listCampaigns(db) });
  const before = await shown();
  for (const token of tokens.slice(0, 2))
    await recordPulseAnswer(db, { tokenHash: hashSurveyToken(token), score: 1, comment: '', now: MONDAY_NOON });
  expect(await shown()).toEqual(before);
});
