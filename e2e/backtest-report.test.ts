import { mkdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser } from 'playwright-core';
import { runBacktest } from '../service/src/cli/backtest/run-backtest.ts';
import { openChunks } from '../service/src/past-tickets/index.ts';
import { findViolations } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';

const policyOf = (words: string) => `
version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }, { id: t2, name: Tier 2, group: Support Tier 2 }]
categories:
  - { id: refund, name: Refund, tier: t2 }
  - { id: a_category_with_a_long_name_for_a_phone, name: Long, tier: t1 }
  - { id: other, name: Other, tier: t1 }
default_category: other
triggers:
  - id: refund
    title: Asks for money back, in one of the many ways in which customers of an outdoor shop do so
    conditions: { any: [{ field: text, operator: includes_any, value: ${words} }] }
    actions: { category: refund, priority: high, add_tags: [money, a_tag_that_is_as_long_as_the_category] }
  - id: long
    title: Long
    conditions: { any: [{ field: text, operator: includes_any, value: [tent] }] }
    actions: { category: a_category_with_a_long_name_for_a_phone }
`;

/** Forty days, with the categories that people gave. */
const TICKETS = Array.from({ length: 240 }, (_, at) => ({
  id: at + 1,
  subject: ['Money back', 'Chargeback', 'My tent', 'Hello'][at % 4],
  description: ['a refund please', 'my bank did a chargeback', 'the tent leaks', 'do you sell <b>boots</b>?'][at % 4],
  status: 'closed',
  created_at: new Date(Date.UTC(2026, 8, 1) + at * 4 * 3_600_000).toISOString(),
  category: at % 4 < 2 ? 'refund' : at % 7 === 0 ? 'other' : 'a_category_with_a_long_name_for_a_phone',
}));

describeInBrowser('the report of a back-test', () => {
  let folder: string;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync('screenshots', { recursive: true });
    folder = await mkdtemp(join(tmpdir(), 'deskwright-report-'));
    const [policyPath, draft, tickets] = ['policy.yaml', 'draft.yaml', 'tickets.jsonl'].map((one) => join(folder, one));
    await writeFile(policyPath!, policyOf('[refund]'));
    await writeFile(draft!, policyOf('[refund, chargeback]'));
    await writeFile(tickets!, TICKETS.map((one) => JSON.stringify(one)).join('\n'));
    await runBacktest({
      draft: draft!,
      policyPath: policyPath!,
      against: null,
      open: () => openChunks(tickets!),
      since: null,
      samples: 3,
      words: false,
      failAbove: null,
      html: join(folder, 'report.html'),
      json: true,
      out: () => undefined,
      err: () => undefined,
      progressTo: process.stderr,
    });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['a phone', { width: 360, height: 740 }],
    ['a desk', { width: 1280, height: 800 }],
  ])('fits on %s, and axe finds nothing wrong', async (name, viewport) => {
    const context = await browser.newContext({ viewport, javaScriptEnabled: true });
    try {
      const page = await context.newPage();
      const errors: string[] = [];
      page.on('pageerror', ({ message }) => errors.push(message));
      page.on('request', (request) => {
        if (!request.url().startsWith('file:')) errors.push(`loads ${request.url()}`);
      });
      await page.goto(pathToFileURL(join(folder, 'report.html')).href);
      expect(await page.textContent('h1')).toContain('past tickets');
      expect(await page.locator('svg').count()).toBeGreaterThan(1);
      await page.screenshot({ path: `screenshots/backtest-report-${viewport.width}.png`, fullPage: true });
      expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(viewport.width);
      expect(await findViolations(page)).toEqual([]);
      expect(errors).toEqual([]);
    } finally {
      await context.close();
    }
  });
});
