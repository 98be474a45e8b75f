import { mkdirSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectOk } from '../../local-zendesk/src/account/result.ts';
import { aNewTicket } from '../../local-zendesk/src/testing/a-northwind.ts';
import { findViolations } from '../find-violations.ts';
import { describeInBrowser, openBrowser } from '../open-browser.ts';
import { run } from './sdk.ts';
import { startWorkspace, type WorkspaceHarness } from './workspace-harness.ts';

const SHOTS = `${process.cwd()}/screenshots/workspace`;

const SCREENS = [
  { name: 'wide', width: 1366, height: 900, scheme: 'light' },
  { name: 'dark', width: 1100, height: 900, scheme: 'dark' },
  { name: 'phone', width: 360, height: 760, scheme: 'light' },
] as const;

describeInBrowser('the workspace on different screens', () => {
  let browser: Browser;
  let harness: WorkspaceHarness;
  let context: BrowserContext;
  let page: Page;
  let ticketId: number;

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    browser = await openBrowser();
    harness = await startWorkspace();
    const { account } = harness;
    const by = { id: account.ownerId };
    const text =
      'Hi, the seams of my Fjell 3 tent leak after one night of rain. I want my money back, or a new one by Friday. '.repeat(
        3,
      );
    ticketId = aNewTicket(account, { subject: 'Tent leaks after one night', message: text }).id;
    expectOk(account.tickets.update(ticketId, { comment: { body: 'Bought in May, order 4711.', public: false } }, by));
    expectOk(
      account.tickets.update(
        ticketId,
        { comment: { body: 'Hello Rosa, we are looking into it.' }, tags: ['tent', 'refund'], priority: 'high' },
        by,
      ),
    );
    aNewTicket(account, { subject: 'Where is my parcel?' });
    harness.install(
      { title: 'Deskwright' },
      { title: 'Orders', installationId: 771, location: 'nav_bar' },
      { title: 'Phone', installationId: 772, location: 'top_bar' },
    );
    context = await browser.newContext();
    await harness.signIn(context);
    page = await context.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await harness.stop();
  });

  describe.each(SCREENS)('$name', ({ name, width, height, scheme }) => {
    const firstView = () => harness.account.views.list()[0]?.id;
    /** Lists violations, and whether the page is wider than the screen. */
    const look = async (path: string, shot: string): Promise<string[]> => {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(harness.url + path);
      await page.screenshot({ path: `${SHOTS}/${shot}-${name}.png`, fullPage: true });
      const wide = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
      const overflow = await page.evaluate<number>(wide);
      return [...(await findViolations(page)), ...(overflow > 0 ? [`${overflow} px too wide`] : [])];
    };
    test('axe finds no problems in a view, a new ticket, the choice of agent or a full-page app', async () => {
      expect(await look(`/agent/views/${firstView()}?still=1`, 'view')).toEqual([]);
      expect(await look('/agent/tickets/new', 'new-ticket')).toEqual([]);
      expect(await look('/agent/who', 'who')).toEqual([]);
      expect(await look('/agent/apps/771', 'app-page')).toEqual([]);
      const requesterId = harness.account.tickets.find(ticketId)?.requester_id;
      expect(await look(`/agent/users/${requesterId}`, 'user')).toEqual([]);
    });
    test('axe finds no problems in a played view with an app, a message and an open menu', async () => {
      expect(await look(`/agent/tickets/${ticketId}?view=${firstView()}&play=1`, 'ticket')).toEqual([]);
      await page.click('#top-bar button');
      const popover = await page.locator('.popover iframe').boundingBox();
      const right = (popover?.x ?? 0) + (popover?.width ?? 0);
      expect([popover?.width, (popover?.x ?? -1) >= 0, right <= width]).toEqual([320, true, true]);
      await page.screenshot({ path: `${SHOTS}/popover-${name}.png` });
      await page.keyboard.press('Escape');
      const app = await harness.appFrame(page);
      await run(
        app,
        "await client.invoke('resize', { height: '200px' }); await client.invoke('notify', 'Order found', 'notice', { sticky: true });",
      );
      await page.click('#submit-menu summary');
      await page.screenshot({ path: `${SHOTS}/ticket-busy-${name}.png` });
      expect(await findViolations(page)).toEqual([]);
      await run(app, "await client.invoke('instances.create', { location: 'modal', url: '/app' });");
      await harness.appFrame(page, 1);
      await page.screenshot({ path: `${SHOTS}/modal-${name}.png` });
      expect(await findViolations(page)).toEqual([]);
    });
  });
});
