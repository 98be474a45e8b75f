import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPolicy } from '@deskwright/shared';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { exampleSource, fileSource, startPreview } from '../service/src/preview/index.ts';
import type { Preview } from '../service/src/preview/start-preview.ts';
import { findViolations } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';

const policyOf = (words: string, rest = '') => `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }, { id: t2, name: Tier 2, group: Support Tier 2 }]
categories: [{ id: refund, name: Refund, tier: t2 }, { id: other, name: Other, tier: t1 }]
default_category: other
default_survey: none
triggers:
  - id: refund
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: ${words} }] }
    actions: { category: refund }
${rest}`;
const RED_TEST = `tests:
  - { name: a parcel is not money, given: { description: Where is my parcel }, expect: { category: refund } }
`;

const PHONE = { viewport: { width: 360, height: 740 } } as const;
const DESK = { viewport: { width: 1100, height: 800 } } as const;

let folder: string;
let browser: Browser;
let preview: Preview;
let policyPath: string;
const errors: unknown[] = [];

describeInBrowser('the preview', () => {
  beforeAll(async () => {
    mkdirSync('screenshots', { recursive: true });
    folder = await mkdtemp(join(tmpdir(), 'deskwright-preview-'));
    policyPath = join(folder, 'deskwright.yaml');
    const tickets = join(folder, 'tickets.csv');
    await writeFile(policyPath, policyOf('[refund]'));
    await writeFile(
      tickets,
      'id,subject,description\n41,Hello,I want a refund\n42,<Bank> took it,My bank did a chargeback\n',
    );
    const former = loadPolicy(policyOf('[refund]'), 'policy');
    if (!former.ok) throw new Error('the policy has mistakes');
    preview = await startPreview({
      policyPath,
      former: { name: 'the policy in force', policy: former.policy },
      source: await fileSource(tickets),
      port: 0,
      onError: (error) => errors.push(error),
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await preview?.stop();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => writeFile(policyPath, policyOf('[refund]')));

  async function inBrowser(options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> {
    const context = await browser.newContext(options);
    try {
      await visit(await context.newPage());
    } finally {
      await context.close();
    }
  }
  const says = (page: Page, text: string) => page.getByText(text).first().waitFor();

  test('follows the file while it is edited, and shows the words that decided a ticket', async () => {
    await inBrowser(DESK, async (page) => {
      await page.goto(preview.url);
      await says(page, 'No decision differs.');
      await writeFile(policyPath, policyOf('[refund, chargeback]'));
      await says(page, '1 ticket would be decided differently');
      await says(page, 'trigger "Asks for money back" (refund) was changed');
      await page.getByRole('button', { name: '#42 <Bank> took it' }).click();
      await expect(page.locator('dialog mark').allTextContents()).resolves.toEqual(['chargeback']);
      await expect(findViolations(page)).resolves.toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.evaluate('document.activeElement.textContent')).resolves.toBe('#42 <Bank> took it');
      await writeFile(policyPath, policyOf('[refund', ''));
      await says(page, 'Known when the policy has no mistakes.');
      await says(page, 'Mistake');
      await writeFile(policyPath, policyOf('[refund]').replace('default_category: other', 'default_category: othr'));
      await says(page, 'category "othr" does not exist. Did you mean "other"? Allowed: refund, other');
      await says(page, 'The policy has mistakes.');
      await writeFile(policyPath, policyOf('[refund]', RED_TEST));
      await says(page, '1 of 1 test fails.');
      await says(page, 'No decision differs.');
    });
    expect(errors).toEqual([]);
  });

  test.each([
    ['a phone', PHONE, 'light'],
    ['a phone in the dark', PHONE, 'dark'],
    ['a desk in the dark', DESK, 'dark'],
  ] as const)('fits and is accessible on %s', async (name, size, colorScheme) => {
    await writeFile(policyPath, policyOf('[refund, chargeback]', RED_TEST));
    await inBrowser({ ...size, colorScheme }, async (page) => {
      await page.goto(preview.url);
      await says(page, '1 ticket would be decided differently');
      await page.screenshot({ path: `screenshots/preview-${name.replaceAll(' ', '-')}.png`, fullPage: true });
      await expect(findViolations(page)).resolves.toEqual([]);
      await expect(
        page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'),
      ).resolves.toBe(0);
    });
  });

  test('starts with example messages when there are no past tickets', async () => {
    const examples = await startPreview({
      policyPath,
      former: null,
      source: exampleSource(),
      port: 0,
      onError: (error) => errors.push(error),
    });
    try {
      await inBrowser(DESK, async (page) => {
        await page.goto(examples.url);
        await says(page, '300 past tickets, from example messages');
        await expect(page.locator('#changed').textContent()).resolves.toBe('No decision differs.');
      });
    } finally {
      await examples.stop();
    }
  });
});
