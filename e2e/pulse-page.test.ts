// Checks the page of the anonymous pulse in a real browser: by hand, without JavaScript, and that nothing is stored on the way.
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import {
  invitations,
  pulseAnswers,
  pulseComments,
  surveyOpenings,
  surveySubmissions,
} from '../service/src/surveys/tables.ts';
import { givenPulse } from '../service/src/surveys/testing/pulse-fixture.ts';
import { findViolations } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SurveyHarness, startSurveyHarness } from './survey-harness.ts';

const DAY = 86_400_000;
/** Playwright's own name says that a program runs it. */
const PHONE = {
  viewport: { width: 360, height: 740 },
  userAgent:
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
} as const;

let harness: SurveyHarness;
let browser: Browser;
describeInBrowser('the page of the pulse', () => {
  let links: string[];
  beforeAll(async () => {
    harness = await startSurveyHarness();
    browser = await openBrowser();
    const { tokens } = await givenPulse(harness.database.db, 3);
    await harness.database.db.update(invitations).set({ expiresAt: new Date(Date.now() + DAY) });
    links = tokens.map((token) => `${harness.url}/s/${token}`);
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.stop();
  });

  async function inBrowser(options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext(options);
    try {
      await visit(await context.newPage());
    } finally {
      await context.close();
    }
  }
  const scores = async () => (await harness.database.db.select().from(pulseAnswers)).map(({ score }) => score);

  test('takes an answer on “Send” only, and once', async () => {
    await inBrowser(PHONE, async (page) => {
      const posts: string[] = [];
      page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
      await page.goto(links[0] ?? '');
      await expect(findViolations(page)).resolves.toEqual([]);
      await page.locator('label[for=score-4]').click();
      await page.locator('#comment').pressSequentially('Fewer meetings.');
      // Leaving the page is when other surveys save what was not sent.
      await page.goto('about:blank');
      expect(posts).toEqual([]);
      await page.goto(links[0] ?? '');
      await page.locator('label[for=score-4]').click();
      await page.locator('#comment').pressSequentially('Fewer meetings.');
      await page.locator('button[type=submit]').click();
      await page.waitForURL(/\?saved$/);
      await expect(page.getByText('stored without your name').isVisible()).resolves.toBe(true);
      expect(posts).toHaveLength(1);
      await page.goto(links[0] ?? '');
      await expect(page.getByText('This link was used already').isVisible()).resolves.toBe(true);
    });
    await expect(scores()).resolves.toEqual([4]);
    const { db } = harness.database;
    await expect(db.select().from(pulseComments)).resolves.toMatchObject([{ comment: 'Fewer meetings.' }]);
    await expect(db.select().from(surveyOpenings)).resolves.toEqual([]);
    await expect(db.select().from(surveySubmissions)).resolves.toEqual([]);
  });

  test('without JavaScript asks for the number of the answer once more', async () => {
    await inBrowser({ ...PHONE, javaScriptEnabled: false }, async (page) => {
      await page.goto(links[1] ?? '');
      await page.locator('label[for=score-2]').click();
      await page.locator('button[type=submit]').click();
      await page.locator('#again').fill('3');
      await page.locator('button[type=submit]').click();
      await expect(page.locator('#again-error').isVisible()).resolves.toBe(true);
      await page.locator('#again').fill('2');
      await page.locator('button[type=submit]').click();
      await page.waitForURL(/\?saved$/);
    });
    expect((await scores()).toSorted((a, b) => a - b)).toEqual([2, 4]);
  });

  test('is accessible where it asks for the number', async () => {
    await inBrowser({ viewport: PHONE.viewport }, async (page) => {
      await page.goto(links[2] ?? '');
      await page.locator('label[for=score-1]').click();
      await page.locator('button[type=submit]').click();
      await page.locator('#again').fill('9');
      await page.locator('button[type=submit]').click();
      await page.locator('#again-error').waitFor();
      await expect(findViolations(page)).resolves.toEqual([]);
    });
    expect(await scores()).toHaveLength(2);
  });
});
