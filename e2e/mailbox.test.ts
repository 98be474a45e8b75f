// Follows a survey from the mailbox page to the answer, as a customer with a phone does.
import { type LocalZendesk, startLocalZendesk } from '@deskwright/local-zendesk';
import { eq } from 'drizzle-orm';
import type { Browser } from 'playwright-core';
import { responses } from '../service/src/surveys/tables.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SurveyHarness, startSurveyHarness } from './survey-harness.ts';

const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true } as const;

let harness: SurveyHarness;
let zendesk: LocalZendesk;
let browser: Browser;
describeInBrowser('the mailbox page', () => {
  beforeAll(async () => {
    harness = await startSurveyHarness();
    zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, seed: 'empty', trickle: { start: 'off' } });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await zendesk?.stop();
    await harness?.stop();
  });

  test('leads from the mail, by the link of a score, to the answer', async () => {
    const { html, subject, invitationId } = await harness.ask('nps');
    const to = ['ana@example.com'];
    zendesk.mail.add({ receivedAt: Date.now(), from: 's@n.test', to, subject, html, text: null, headers: [] });
    const context = await browser.newContext(PHONE);
    const mailbox = await context.newPage();
    await mailbox.goto(`${zendesk.url}/mail?still=1`);
    await mailbox.getByRole('link', { name: subject }).tap();
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
});
