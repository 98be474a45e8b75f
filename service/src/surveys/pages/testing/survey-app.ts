// Builds the survey pages for tests.
import { randomBytes } from 'node:crypto';
import express, { type Express } from 'express';
import { createTestDatabase, type TestDatabase } from '../../../../testing/test-database.ts';
import { hashSurveyToken } from '../../survey-links.ts';
import { aPolicy, givenInvitation, givenTicket, MONDAY_NOON } from '../../testing/survey-fixtures.ts';
import { createSurveyRouter } from '../create-survey-router.ts';
import type { SurveyRouterDeps } from '../survey-pages.ts';

const DAY = 86_400_000;
export const TOKEN = 'dG9rZW4tdG9rZW4tdG9rZW4tdG9rZW4tdG9rZW4tdG8';

export interface SurveyApp {
  database: TestDatabase;
  /** The pages on an application of their own, so that tests do not share rate limits. */
  app: (parts?: Partial<SurveyRouterDeps>) => Express;
  /** A survey that was sent on Monday at noon and expires 14 days later; `TOKEN` opens it. */
  givenSent: (parts?: Partial<Parameters<typeof givenInvitation>[1]>) => ReturnType<typeof givenInvitation>;
  /** Sets the clock to this many days after Monday noon. */
  setDay: (day: number) => void;
}

export async function aSurveyApp(): Promise<SurveyApp> {
  const database = await createTestDatabase();
  const policy = aPolicy();
  const visitKey = Buffer.from('a key for tests');
  const logger = { error: () => undefined, warn: () => undefined };
  let now = MONDAY_NOON.getTime();
  return {
    database,
    app: (parts = {}) => {
      const app = express();
      app.use(
        createSurveyRouter({
          db: database.db,
          policy: () => policy,
          clock: () => now,
          randomBytes,
          visitKey,
          logger,
          ...parts,
        }),
      );
      return app;
    },
    givenSent: async (parts = {}) => {
      await givenTicket(database.db, { id: 7 });
      return givenInvitation(database.db, {
        ticketId: 7,
        state: 'sent',
        tokenHash: hashSurveyToken(TOKEN),
        recipient: 'ana@example.com',
        locale: 'en-US',
        sentAt: MONDAY_NOON,
        expiresAt: new Date(MONDAY_NOON.getTime() + 14 * DAY),
        ...parts,
      });
    },
    setDay: (day) => {
      now = MONDAY_NOON.getTime() + day * DAY;
    },
  };
}
