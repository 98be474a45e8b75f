import { mkdirSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { outbox } from '../service/src/platform/outbox/tables.ts';
import { invitations, responses, surveySubmissions, unsubscribed } from '../service/src/surveys/tables.ts';
import { until } from '../service/testing/start-harness.ts';
import { findViolations } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SurveyHarness, startSurveyHarness } from './survey-harness.ts';

const DAY = 86_400_000;
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 } as const;
const DESK = { viewport: { width: 1100, height: 800 } } as const;

let harness: SurveyHarness;
let browser: Browser;
describeInBrowser('the survey pages', () => {
  beforeAll(async () => {
    mkdirSync('screenshots', { recursive: true });
    harness = await startSurveyHarness();
    browser = await openBrowser();
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
  const answerOf = async (invitationId: number) => {
    const rows = await harness.database.db.select().from(responses).where(eq(responses.invitationId, invitationId));
    return rows[0] ?? null;
  };
  const focused = (page: Page) => page.evaluate('document.activeElement.id || document.activeElement.className');
  const tabTo = async (page: Page, id: string) => {
    for (let key = 0; key < 12 && (await focused(page)) !== id; key += 1) await page.keyboard.press('Tab');
    await expect(focused(page)).resolves.toBe(id);
  };
  const sidewaysPixels = (page: Page) =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  describe('a customer with a phone, a keyboard and no JavaScript', () => {
    test('answers from the mail, reads the thanks, and changes the answer', async () => {
      const asked = await harness.ask('csat');
      await inBrowser({ ...PHONE, javaScriptEnabled: false }, async (page) => {
        await page.goto(asked.scoreLink(4));
        await expect(page.locator('#score-4').isChecked()).resolves.toBe(true);
        await expect(sidewaysPixels(page)).resolves.toBe(0);
        await expect(answerOf(asked.invitationId)).resolves.toBeNull();

        await page.keyboard.press('Tab');
        await expect(focused(page)).resolves.toBe('score-4');
        await page.keyboard.press('ArrowDown');
        await expect(focused(page)).resolves.toBe('score-5');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        await expect(focused(page)).resolves.toBe('driver-speed');
        await tabTo(page, 'comment');
        await page.keyboard.type('Quick and kind, thank you.');
        await tabTo(page, 'contact');
        await page.keyboard.press('Space');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');

        await page.waitForURL(/\?saved$/);
        await expect(page.getByRole('heading', { name: 'Thank you' }).isVisible()).resolves.toBe(true);
        await expect(answerOf(asked.invitationId)).resolves.toMatchObject({
          score: 5,
          revision: 1,
          drivers: ['speed'],
          mayContact: true,
        });
        await page.reload();
        await expect(answerOf(asked.invitationId)).resolves.toMatchObject({ score: 5, revision: 1 });

        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\?change$/);
        await page.keyboard.press('Tab');
        await page.keyboard.press('ArrowUp');
        await tabTo(page, 'contact');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.waitForURL(/\?saved$/);
      });

      await expect(answerOf(asked.invitationId)).resolves.toMatchObject({
        score: 4,
        comment: 'Quick and kind, thank you.',
        revision: 2,
      });
      const wishes = await harness.database.db.select().from(outbox);
      expect(wishes.map(({ payload }) => (payload as { change: { addTags: string[] } }).change.addTags)).toEqual([
        ['csat__5', 'driver__speed'],
        ['csat__4', 'driver__speed'],
      ]);
    });

    test('sees at once what is missing, and can jump to it', async () => {
      const asked = await harness.ask('ces');
      await inBrowser({ ...PHONE, javaScriptEnabled: false }, async (page) => {
        await page.goto(asked.page);
        await page.locator('#comment').fill('It took four calls.');
        await tabTo(page, 'contact');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');

        await page.getByRole('alert').waitFor();
        await expect(focused(page)).resolves.toBe('errors');
        await expect(page.title()).resolves.toMatch(/^Error: /);
        await expect(page.locator('#comment').inputValue()).resolves.toBe('It took four calls.');
        await expect(page.locator('fieldset').getAttribute('aria-describedby')).resolves.toBe('score-error');
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await expect(focused(page)).resolves.toBe('score-1');
        await expect(answerOf(asked.invitationId)).resolves.toBeNull();
      });
    });

    test('sees which element has the focus', async () => {
      const asked = await harness.ask('csat');
      await inBrowser(PHONE, async (page) => {
        await page.goto(asked.scoreLink(3));
        const outline = (selector: string) =>
          page.evaluate(`getComputedStyle(document.querySelector('${selector}')).outlineStyle`);
        await expect(outline('label[for=score-3]')).resolves.toBe('none');
        await page.keyboard.press('Tab');
        await expect(outline('label[for=score-3]')).resolves.toBe('solid');
        await tabTo(page, 'comment');
        await expect(outline('#comment')).resolves.toBe('solid');
        await tabTo(page, 'contact');
        await page.keyboard.press('Tab');
        await expect(outline('button')).resolves.toBe('solid');
      });
    });

    test('can unsubscribe from surveys and subscribe again', async () => {
      const asked = await harness.ask('csat');
      const list = () => harness.database.db.select().from(unsubscribed);
      await inBrowser({ ...PHONE, javaScriptEnabled: false }, async (page) => {
        await page.goto(asked.unsubscribe);
        await expect(list()).resolves.toHaveLength(0);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'No more surveys', exact: true }).waitFor();
        await expect(list()).resolves.toHaveLength(1);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Surveys again?' }).waitFor();
        await expect(list()).resolves.toHaveLength(1);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
        await expect(list()).resolves.toHaveLength(0);
      });
    });
  });

  describe('a customer with a phone', () => {
    const submissionsOf = (invitationId: number) =>
      harness.database.db
        .select()
        .from(surveySubmissions)
        .where(eq(surveySubmissions.invitationId, invitationId))
        .orderBy(surveySubmissions.id);
    const stored = async (invitationId: number, comment: string) => {
      for (const end = Date.now() + 60_000; Date.now() < end; ) {
        if ((await answerOf(invitationId))?.comment === comment) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(`the comment was not saved: ${comment}`);
    };

    test('who taps, ticks and writes, and leaves without sending, has answered, as a person', async () => {
      const asked = await harness.ask('csat');
      await inBrowser({ ...PHONE, hasTouch: true }, async (page) => {
        await page.goto(asked.scoreLink(2));
        await expect(page.locator('#ask').textContent()).resolves.toBe('What went wrong?');
        // A press within half a second of the page's script is evidence of a program.
        const age = async () => Number(await page.evaluate('performance.now()'));
        const seen = await age();
        await until('the customer has looked at the page', async () => (await age()) > seen + 600);
        await page.locator('label[for=score-5]').tap();
        await expect(page.locator('#ask').textContent()).resolves.toBe('What did we do well?');
        await page.locator('label[for=driver-solution]').tap();
        await page.locator('#comment').pressSequentially('Dry again');
        await page.getByText('Saved').waitFor();
        await stored(asked.invitationId, 'Dry again');
      });
      const sent = await submissionsOf(asked.invitationId);
      expect(sent.at(-1)).toMatchObject({ final: false, score: 5, drivers: ['solution'], verdict: 'human' });
      expect(new Set(sent.map(({ form }) => form)).size).toBe(1);
    });

    test('a scanner that runs pages and sends the form by script is a machine, and changes nothing', async () => {
      const asked = await harness.ask('csat');
      const scan = () =>
        inBrowser(DESK, async (page) => {
          for (const score of [1, 2, 3]) {
            await page.goto(asked.scoreLink(score));
            await page.evaluate('document.querySelector("form button").click()');
            await page.waitForURL(/\?saved$/).catch(() => undefined);
          }
        });
      await scan();
      await expect(answerOf(asked.invitationId)).resolves.toBeNull();
      harness.pass(60_000 * 60);
      await inBrowser({ ...PHONE, javaScriptEnabled: false }, async (page) => {
        await page.goto(asked.scoreLink(5));
        await page.getByRole('button').click();
        await page.waitForURL(/\?saved$/);
      });
      harness.pass(60_000 * 60);
      await scan();
      await expect(answerOf(asked.invitationId)).resolves.toMatchObject({ score: 5, revision: 1 });
      const verdicts = (await submissionsOf(asked.invitationId)).map(({ verdict }) => verdict);
      expect(verdicts.filter((verdict) => verdict === 'machine')).toHaveLength(6);
    });

    test.each([
      ['es', 'ltr', '¿Está satisfecho con la ayuda que recibió?'],
      ['ar', 'rtl', 'ما مدى رضاك عن المساعدة؟'],
    ])('answers in %s, written %s', async (locale, direction, question) => {
      const asked = await harness.ask('csat', locale);
      await inBrowser(PHONE, async (page) => {
        await page.goto(asked.scoreLink(4));
        await expect(page.evaluate('getComputedStyle(document.body).direction')).resolves.toBe(direction);
        await expect(page.getByRole('heading', { level: 1 }).textContent()).resolves.toBe(question);
        await page.screenshot({ path: `screenshots/survey-csat-${locale}.png`, fullPage: true });
        await expect(findViolations(page)).resolves.toEqual([]);
        await expect(sidewaysPixels(page)).resolves.toBe(0);
        await page.getByRole('button').click();
        await page.waitForURL(/\?saved$/);
        await page.screenshot({ path: `screenshots/survey-thanks-${locale}.png`, fullPage: true });
      });
      await expect(answerOf(asked.invitationId)).resolves.toMatchObject({ score: 4 });
    });

    test.each([
      ['en', 'light', 'rgb(138, 28, 124)'],
      ['ar', 'dark', 'rgb(185, 119, 176)'],
    ] as const)(
      'reads the name of the brand where its logo is missing: %s, %s',
      async (locale, colorScheme, accent) => {
        const asked = await harness.ask('csat', locale, 2);
        await inBrowser({ ...PHONE, colorScheme }, async (page) => {
          const blocked: string[] = [];
          page.on('console', (message) => /Content Security/i.test(message.text()) && blocked.push(message.text()));
          const look = async (what: 'mail' | 'page') => {
            await page.screenshot({ path: `screenshots/${what}-brand-${locale}.png`, fullPage: true });
            await expect(findViolations(page, what)).resolves.toEqual([]);
            await expect(sidewaysPixels(page)).resolves.toBe(0);
            await expect(page.evaluate('document.querySelector("img").naturalWidth')).resolves.toBe(0);
            expect((await page.getByAltText('Polar Kids').boundingBox())?.width).toBeGreaterThan(60);
          };
          await page.setContent(asked.html);
          await look('mail');
          await page.goto(asked.scoreLink(4));
          await look('page');
          const background = 'getComputedStyle(document.querySelector("button")).backgroundColor';
          await expect(page.evaluate(background)).resolves.toBe(accent);
          expect(blocked).toEqual([]);
        });
      },
    );

    test('finds the scale of NPS and a brand with a pale colour readable', async () => {
      const asked = await harness.ask('nps');
      for (const colorScheme of ['light', 'dark'] as const)
        await inBrowser({ ...PHONE, colorScheme }, async (page) => {
          await page.goto(asked.scoreLink(9));
          await page.screenshot({ path: `screenshots/survey-nps-${colorScheme}.png`, fullPage: true });
          await expect(findViolations(page)).resolves.toEqual([]);
          await expect(sidewaysPixels(page)).resolves.toBe(0);
        });
    });
  });

  describe('axe, on every page, on a phone in dark mode and a desktop in light mode', () => {
    test.each([
      ['phone-dark', { ...PHONE, colorScheme: 'dark' }],
      ['desk-light', { ...DESK, colorScheme: 'light' }],
    ] as [string, BrowserContextOptions][])('finds no problems: %s', async (name, options) => {
      const csat = await harness.ask('csat');
      const ces = await harness.ask('ces');
      const cancelled = await harness.ask('csat');
      await harness.database.db
        .update(invitations)
        .set({ state: 'cancelled' })
        .where(eq(invitations.id, cancelled.invitationId));

      await inBrowser(options, async (page) => {
        const blocked: string[] = [];
        page.on(
          'console',
          (message) => /Content Security Policy/i.test(message.text()) && blocked.push(message.text()),
        );
        const look = async (what: string) => {
          await page.screenshot({ path: `screenshots/survey-${what}-${name}.png`, fullPage: true });
          await expect(findViolations(page)).resolves.toEqual([]);
          await expect(sidewaysPixels(page)).resolves.toBe(0);
        };
        await page.goto(csat.scoreLink(4));
        await look('csat');
        await page.goto(ces.page);
        await look('ces');
        await page.locator('#comment').fill('a'.repeat(2_001));
        await page.getByRole('button').click();
        await page.getByRole('alert').waitFor();
        await look('ces-errors');

        await page.goto(csat.scoreLink(5));
        await page.locator('#comment').fill('Quick and kind, thank you.\n\nAnd the new tent is dry.');
        await page.getByRole('button').click();
        await page.waitForURL(/\?saved$/);
        await look('thanks');
        await page.getByRole('link', { name: 'Change my answer' }).click();
        await look('change');

        await page.goto(csat.unsubscribe);
        await look('unsubscribe');
        await page.getByRole('button').click();
        await look('unsubscribed');
        await page.getByRole('button').click();
        await look('resubscribed');
        expect(blocked).toEqual([]);

        await page.goto(`${harness.url}/s/nobody-knows`);
        await look('unknown');
        await page.goto(cancelled.page);
        await look('cancelled');
        harness.pass(15 * DAY);
        await page.goto(ces.page);
        await look('expired');
        await page.goto(csat.page);
        await look('expired-answered');
      });
    });

    test.each([
      ['csat', 'en', 'ltr'],
      ['ces', 'es', 'ltr'],
      ['nps', 'de', 'ltr'],
      ['csat', 'ar', 'rtl'],
    ] as const)('finds no problems in the %s mail in %s', async (survey, locale, direction) => {
      const asked = await harness.ask(survey, locale);
      for (const [name, options] of [
        ['phone-dark', { ...PHONE, colorScheme: 'dark' }],
        ['desk-light', { ...DESK, colorScheme: 'light' }],
      ] as [string, BrowserContextOptions][]) {
        await inBrowser(options, async (page) => {
          await page.setContent(asked.html);
          await page.screenshot({ path: `screenshots/mail-${survey}-${locale}-${name}.png`, fullPage: true });
          await expect(findViolations(page, 'mail')).resolves.toEqual([]);
          await expect(page.evaluate('getComputedStyle(document.querySelector("h1")).direction')).resolves.toBe(
            direction,
          );
          const [back, ink] = await page.evaluate<[string, string]>(
            '[document.body, document.querySelector("h1")].map((e, i) => getComputedStyle(e)[i ? "color" : "backgroundColor"])',
          );
          expect([back, ink]).toEqual(
            options.colorScheme === 'dark'
              ? ['rgb(20, 24, 28)', 'rgb(238, 242, 245)']
              : ['rgb(243, 245, 244)', 'rgb(29, 39, 37)'],
          );
          await expect(sidewaysPixels(page)).resolves.toBe(0);
        });
      }
    });
  });
});
