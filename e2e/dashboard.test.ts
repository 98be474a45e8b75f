// The dashboard in the agent workspace, and on a wall, against the whole product.
import { mkdirSync } from 'node:fs';
import type { Browser, Frame, FrameLocator, Page } from 'playwright-core';
import { until } from '../service/testing/start-harness.ts';
import { findViolations, violationsInFrame } from './find-violations.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SidebarHarness, startSidebarHarness } from './sidebar-harness.ts';

// For people to look at: `screenshots/journeys`.
const SCREENSHOTS = 'screenshots/journeys';
/** Open tickets at the start. */
const BACKLOG = 60;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 768, height: 1024 },
  { width: 360, height: 740 },
] as const;

describeInBrowser('the dashboard', () => {
  let browser: Browser;
  let harness: SidebarHarness;
  let page: Page;
  let dashboard: FrameLocator;

  beforeAll(async () => {
    mkdirSync(SCREENSHOTS, { recursive: true });
    browser = await openBrowser();
    harness = await startSidebarHarness(browser, { zendesk: { backlog: BACKLOG } });
    page = await harness.asAgent('admin@northwind.test');
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.stop();
  });
  beforeEach(async () => {
    await page.setViewportSize(SIZES[0]);
    dashboard = await openDashboard(page);
  });

  async function openDashboard(by: Page): Promise<FrameLocator> {
    const [app] = harness.zendesk.apps.installations();
    await by.goto(`${harness.zendesk.url}/agent/apps/${app?.id}`);
    const frame = by.frameLocator('.app-page iframe');
    // The first time, while the service still takes in the account, on a machine that runs all tests at once.
    await frame.getByRole('region', { name: 'Waiting now' }).waitFor({ timeout: 120_000 });
    return frame;
  }
  function frameOf(of: Page): Frame {
    const frame = of.frames().find((one) => one.url().includes('/app/dashboard'));
    if (frame === undefined) throw new Error('No frame shows the dashboard.');
    return frame;
  }
  const panel = (name: string) => dashboard.getByRole('region', { name, exact: true });
  const waiting = async () =>
    Number(
      await panel('Waiting now')
        .getByRole('button', { name: /^\d+ Waiting now$/ })
        .innerText()
        .then((text) => /\d+/.exec(text)?.[0]),
    );

  test('shows who waits, and a new customer without being asked', async () => {
    await dashboard.getByText('Live', { exact: true }).waitFor();
    // The backlog is still being read: what counts is what Zendesk has in the end.
    const isRead = async () => (await dashboard.getByText(/^\d+ open tickets/).innerText()).startsWith(`${BACKLOG} `);
    await until('the backlog is read', isRead);
    const before = await waiting();
    expect(before).toBeGreaterThan(0);
    await harness.aTicket({ subject: 'Tent', message: 'I want my money back.' });
    await until('the new customer is counted', async () => (await waiting()) > before);
    await page.screenshot({ path: `${SCREENSHOTS}/dashboard.png` });
  });

  test('fits 1280 by 800 pixels without scrolling', async () => {
    await page.screenshot({ path: `${SCREENSHOTS}/dashboard-1280.png` });
    const { tall, high } = await frameOf(page).evaluate(() => ({
      tall: document.documentElement.scrollHeight,
      high: window.innerHeight,
    }));
    expect(tall).toBeLessThanOrEqual(high);
  });

  test.each(SIZES)('has no barrier and no sideways scrolling at $width by $height', async (size) => {
    await page.setViewportSize(size);
    expect(await violationsInFrame(page, '/app/dashboard')).toEqual([]);
    const { wide, across } = await frameOf(page).evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      across: window.innerWidth,
    }));
    expect(wide).toBeLessThanOrEqual(across);
  });

  test('opens every section without an error', async () => {
    for (const name of ['Trends', 'Goals', 'Queues', 'Categories and rules', 'Team', 'Wall links']) {
      await dashboard.getByRole('link', { name }).click();
      await dashboard.getByRole('heading', { name, exact: true }).waitFor();
      await until(`${name} is loaded`, async () => (await dashboard.getByText('Loading the numbers').count()) === 0);
      expect(await dashboard.getByRole('alert').allInnerTexts()).toEqual([]);
      expect(await violationsInFrame(page, '/app/dashboard')).toEqual([]);
    }
  });

  test('is operated with the keyboard alone: a number, its definition and tickets, and back', async () => {
    const number = panel('Waiting now')
      .getByRole('button', { name: /Waiting now$/ })
      .first();
    await dashboard.getByRole('combobox', { name: 'Time range' }).focus();
    await until('the Tab key reaches the number', async () => {
      await page.keyboard.press('Tab');
      return number.evaluate((element) => element === document.activeElement);
    });
    await page.keyboard.press('Enter');
    const dialog = dashboard.getByRole('dialog', { name: 'Waiting now' });
    await dialog.getByText('How many customers wait for an answer now.').waitFor();
    await dialog.getByRole('table').waitFor();
    expect(await violationsInFrame(page, '/app/dashboard')).toEqual([]);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await number.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('opens the tickets behind a number in Zendesk', async () => {
    await panel('Waiting now')
      .getByRole('button', { name: /^\d+ Waiting now$/ })
      .click();
    await dashboard
      .getByRole('dialog')
      .getByRole('button', { name: /^#\d+$/ })
      .first()
      .click();
    await page.waitForURL('**/agent/tickets/*');
    expect(page.url()).toMatch(/\/agent\/tickets\/\d+$/);
  });

  test('filters by tier, and goes back', async () => {
    await dashboard.getByRole('combobox', { name: 'Tier', exact: true }).selectOption({ index: 1 });
    await until('the address has the filter', () => frameOf(page).url().includes('tier='));
    await panel('Waiting now').waitFor();
    // Playwright's own `goBack` waits for a page to load, and there is none.
    await page.evaluate(() => history.back());
    await until('the filter is gone', () => !frameOf(page).url().includes('tier='));
    await panel('Waiting now').waitFor();
  });

  test('hangs on a wall until the link is revoked', async () => {
    await dashboard.getByRole('link', { name: 'Wall links' }).click();
    await dashboard.getByLabel('Name').fill('Kitchen');
    await dashboard.getByRole('button', { name: 'Make a link' }).click();
    const url = await dashboard.getByText(/\/wall\//).innerText();

    const wall = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    await wall.goto(url);
    await wall.getByRole('region', { name: 'Waiting now' }).waitFor();
    expect(await wall.getByRole('button').count()).toBe(0);
    expect(await wall.locator('body').innerText()).not.toMatch(/#\d+/);
    expect(await findViolations(wall)).toEqual([]);
    await wall.screenshot({ path: `${SCREENSHOTS}/dashboard-wall.png` });

    await dashboard.getByRole('button', { name: 'Revoke “Kitchen”' }).click();
    await dashboard.getByRole('button', { name: 'Revoke', exact: true }).click();
    await wall.getByText('This link no longer works').waitFor();
    expect(await wall.getByRole('region').count()).toBe(0);
    expect((await wall.reload())?.status()).toBe(401);
    await wall.close();
  });

  test('shows an agent their own figures only, and no wall links', async () => {
    const agent = await harness.asAgent('priya@northwind.test');
    dashboard = await openDashboard(agent);
    expect(await dashboard.getByRole('link', { name: 'Wall links' }).count()).toBe(0);
    await dashboard.getByRole('link', { name: 'Team' }).click();
    await dashboard.getByText('You see your own figures.', { exact: false }).waitFor();
    expect(await dashboard.locator('main').innerText()).not.toContain('Tom Okafor');
    await agent.context().close();
  });
});
