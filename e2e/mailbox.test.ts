// Follows a survey from the mailbox, where it comes by SMTP, to the answer, as a customer with a phone does.
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { eq } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { responses } from '../service/src/surveys/tables.ts';
import { until } from '../service/testing/start-harness.ts';
import { findViolations } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SurveyHarness, startSurveyHarness } from './survey-harness.ts';

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true } as const;

let harness: SurveyHarness;
let zendesk: LocalZendesk;
let browser: Browser;
describeInBrowser('the mailbox page', () => {
  beforeAll(async () => {
    zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } });
    harness = await startSurveyHarness({
      url: zendesk.smtpUrl,
      get mails() {
        return zendesk.mail.list().toReversed();
      },
      waitFor: async (count) => void (await until('the mails arrive', () => zendesk.mail.list().length >= count)),
      stop: async () => undefined,
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.stop();
    await zendesk?.stop();
  });

  async function openMail(page: Page, subject: string): Promise<void> {
    await page.goto(`${zendesk.url}/mail?still=1`);
    await page.getByRole('link', { name: subject }).first().tap();
  }

  test('leads from the mail, by the link of a score, to the answer', async () => {
    const { subject, invitationId } = await harness.ask('nps');
    const context = await browser.newContext(PHONE);
    const mailbox = await context.newPage();
    await openMail(mailbox, subject);
    const opened = context.waitForEvent('page');
    await mailbox.frameLocator('iframe').getByRole('link', { name: '9', exact: true }).click();
    const survey = await opened;
    await survey.locator('#score-9').waitFor();
    expect(await survey.locator('#score-9').isChecked()).toBe(true);
    const answers = harness.database.db.select().from(responses).where(eq(responses.invitationId, invitationId));
    expect(await answers).toEqual([]);

    await survey.getByRole('button', { name: 'Send' }).tap();
    await survey.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect(await answers).toMatchObject([{ score: 9 }]);
    await context.close();
  });

  test('shows the plain text, whose link opens the same survey, and the headers to unsubscribe', async () => {
    const { subject, page: link } = await harness.ask('csat');
    const context = await browser.newContext(PHONE);
    const mailbox = await context.newPage();
    await openMail(mailbox, subject);
    await mailbox.getByRole('link', { name: 'Plain text' }).tap();
    const text = await mailbox.locator('pre').innerText();
    expect(text).toContain('How happy are you with the help you received?');
    const found = /http:\S+\/s\/[\w-]+/.exec(text)?.[0];
    expect(found).toBe(link);
    await mailbox.getByRole('link', { name: 'Headers' }).tap();
    expect(await mailbox.locator('dl').innerText()).toContain('List-Unsubscribe=One-Click');
    await mailbox.goto(found ?? '');
    await mailbox.getByRole('heading', { name: 'How happy are you' }).waitFor();
    await context.close();
  });

  test.each(['light', 'dark'] as const)('mail and survey are legible in %s mode', async (colorScheme) => {
    const { subject, html } = await harness.ask('nps');
    const context = await browser.newContext({ ...PHONE, colorScheme });
    const mailbox = await context.newPage();
    await openMail(mailbox, subject);
    const link = mailbox.frameLocator('iframe').getByRole('link', { name: '3', exact: true });
    await link.waitFor();
    await takeScreenshot(mailbox, `mail-${colorScheme}`);
    // The frame of the mailbox runs no scripts, nor axe.
    const mail = await context.newPage();
    await mail.setContent(html);
    expect(await findViolations(mail, 'mail')).toEqual([]);
    expect((await lightnessOf(mail)) < 128).toBe(colorScheme === 'dark');
    const opened = context.waitForEvent('page');
    await link.click();
    const survey = await opened;
    await survey.locator('#score-3').waitFor();
    expect(await findViolations(survey)).toEqual([]);
    expect((await lightnessOf(survey)) < 128).toBe(colorScheme === 'dark');
    await takeScreenshot(survey, `survey-${colorScheme}`);
    await context.close();
  });
});

/** Of the background, 0 to 255. */
async function lightnessOf(page: Page): Promise<number> {
  const color = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
  const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  return (red + green + blue) / 3;
}

/** For who wants to look: `SCREENSHOTS=folder`. */
async function takeScreenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}
