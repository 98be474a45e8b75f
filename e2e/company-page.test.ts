// The company page about surveys in a real browser: on a phone, by keyboard, without JavaScript, light and dark, in four languages.
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Browser, Page } from 'playwright-core';
import { makeLink } from '../service/src/dashboard/wall/wall-links.ts';
import { createCompanyRouter } from '../service/src/reports/company/company-router.ts';
import { invitations, responses } from '../service/src/surveys/tables.ts';
import { aPolicy } from '../service/src/surveys/testing/survey-fixtures.ts';
import { createTestDatabase, type TestDatabase } from '../service/testing/test-database.ts';
import { findViolations } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';

const NOW = Date.UTC(2026, 10, 28, 13);
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 } as const;
const WORDS = { title: /^What customers say/, about: 'What these scores mean', back: 'Back to the scores' } as const;

let database: TestDatabase;
let server: Server;
let browser: Browser;
let url: string;

describeInBrowser('the company page', () => {
  beforeAll(async () => {
    mkdirSync('screenshots', { recursive: true });
    database = await createTestDatabase();
    for (let month = 2; month <= 9; month++) await givenAnswers(month);
    const logger = { error: () => undefined };
    const policy = aPolicy({
      nps: { every: '90d', ask_again_after: '30d', expires: '14d' },
      page: { ask_to_contact: true, color: '#ffcc00' },
    });
    const app = express();
    app.use(createCompanyRouter({ db: database.db, policy: () => policy, clock: () => NOW, logger }));
    server = await new Promise((resolve) => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
    const made = await makeLink(database.db, { name: 'All', agentId: 1, shows: 'company' });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/company/${made?.token}`;
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
    await database?.drop();
  });

  async function givenAnswers(month: number): Promise<void> {
    const at = new Date(Date.UTC(2026, month, 14, 12));
    const asked = { survey: 'nps', cause: 'campaign', state: 'answered', dueAt: at, sentAt: at } as const;
    const made = await database.db
      .insert(invitations)
      .values(Array.from({ length: 40 }, (_, requesterId) => ({ ...asked, requesterId })))
      .returning({ id: invitations.id });
    const answer = { answeredAt: at, changedAt: at, drivers: ['speed', 'solution'] };
    await database.db
      .insert(responses)
      .values(made.map(({ id }, n) => ({ ...answer, invitationId: id, score: n < 10 + month * 2 ? 10 : 5 })));
  }

  const sidewaysPixels = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  test('is read on a phone by keyboard and without JavaScript, with the explainer beside it', async () => {
    const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('heading', { level: 1, name: WORDS.title }).waitFor();
    await expect(sidewaysPixels(page)).resolves.toBe(0);
    await page.screenshot({ path: 'screenshots/company-phone.png', fullPage: true });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/over=week/);
    await page.getByRole('link', { name: 'Quarter' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/over=quarter/);
    await page.getByText('Response rate: 100% (120 of 120)').waitFor();
    await page.getByRole('link', { name: WORDS.about }).click();
    await page.getByText('Scale: 0 to 10').waitFor();
    await expect(sidewaysPixels(page)).resolves.toBe(0);
    await page.getByRole('link', { name: WORDS.back }).click();
    await page.waitForURL(/over=quarter/);
    await context.close();
  });

  test.each(['light', 'dark'] as const)('axe finds nothing in %s mode, in any language', async (colorScheme) => {
    const context = await browser.newContext({ ...PHONE, colorScheme });
    const page = await context.newPage();
    for (const lang of ['en', 'es', 'fr', 'de'])
      for (const query of [`?lang=${lang}`, `?about&lang=${lang}`]) {
        await page.goto(url + query);
        expect({ query, found: await findViolations(page) }).toEqual({ query, found: [] });
        await expect(sidewaysPixels(page)).resolves.toBe(0);
      }
    await page.goto(url);
    await page.screenshot({ path: `screenshots/company-${colorScheme}.png`, fullPage: true });
    await context.close();
  });
});
