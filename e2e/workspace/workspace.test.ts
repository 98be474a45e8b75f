import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectOk } from '../../local-zendesk/src/account/result.ts';
import { aNewTicket } from '../../local-zendesk/src/testing/a-northwind.ts';
import { until } from '../../local-zendesk/src/testing/until.ts';
import { describeInBrowser, openBrowser } from '../open-browser.ts';
import { startWorkspace, type WorkspaceHarness } from './workspace-harness.ts';

describeInBrowser('an agent at work', () => {
  let browser: Browser;
  let harness: WorkspaceHarness;
  let context: BrowserContext;
  let page: Page;
  const agents = (email: string) => harness.account.users.findByEmail(email)!;

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    harness = await startWorkspace();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await harness.signIn(context);
    page = await context.newPage();
  });
  afterEach(async () => {
    await context.close();
    await harness.stop();
  });

  /** Sets the order of the view, so that "next" is defined. */
  const oldestFirst = () => {
    const view = harness.account.views.list()[0]!;
    const output = { ...view.output, sort_by: 'created', sort_order: 'asc' as const };
    return expectOk(harness.account.views.update(view.id, { output }, { id: harness.account.ownerId }));
  };

  test('plays a view in order, passes over tickets that others work on, and records why a ticket was skipped', async () => {
    const view = oldestFirst();
    const at = Date.now() - 1_000_000;
    const [first, second, taken, watched, last] = ['first', 'second', 'taken', 'watched', 'last'].map(
      (subject, index) => aNewTicket(harness.account, { subject, at: at + index * 1_000 }),
    );
    expectOk(
      harness.account.tickets.update(
        taken!.id,
        { assignee_id: agents('tom@northwind.test').id, status: 'new' },
        { id: harness.account.ownerId },
      ),
    );
    const elsewhere = await browser.newContext();
    await harness.signIn(elsewhere, 'tom@northwind.test');
    const tomsPage = await elsewhere.newPage();
    await tomsPage.goto(`${harness.url}/agent/tickets/${watched!.id}`);
    await page.goto(`${harness.url}/agent/tickets/${watched!.id}`);
    await page.waitForSelector('#viewers >> text=Tom Okafor');

    await page.goto(`${harness.url}/agent/views/${view.id}`);
    await page.click('text=Play');
    await page.waitForURL(`**/agent/tickets/${first!.id}?*`);
    await page.click('text=Skip >> nth=-1');
    expect(page.url()).toContain(`/agent/tickets/${first!.id}?`);
    await page.fill('#reason', 'needs Spanish');
    await page.click('button:text-is("Skip")');
    await page.waitForURL(`**/agent/tickets/${second!.id}?*`);
    expect(harness.account.skips.list()).toMatchObject([
      { ticket_id: first!.id, user_id: agents('priya@northwind.test').id, reason: 'needs Spanish' },
    ]);
    await page.fill('#comment', 'Solved on the phone.');
    await page.click('#submit-menu summary');
    await page.click('#submit-menu button[value=solved]');
    await page.waitForURL(`**/agent/tickets/${last!.id}?*`);
    expect(harness.account.tickets.find(second!.id)).toMatchObject({
      status: 'solved',
      assignee_id: agents('priya@northwind.test').id,
    });
    await page.fill('#reason', 'not now');
    await page.click('button:text-is("Skip")');
    await page.waitForSelector('text=No more tickets for you in this view.');
    await elsewhere.close();
  });

  test('asks before unsaved work is lost, and not when nothing was typed', async () => {
    const { id } = aNewTicket(harness.account);
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.dismiss();
    });
    await page.goto(`${harness.url}/agent/tickets/${id}`);
    await page.click('.rail >> text=New ticket');
    await page.waitForURL('**/agent/tickets/new');
    await page.goto(`${harness.url}/agent/tickets/${id}`);
    await page.fill('#comment', 'half a thought');
    await page.click('.rail >> text=New ticket', { noWaitAfter: true });
    await until(() => asked.length === 1);
    expect([asked, new URL(page.url()).pathname, await page.inputValue('#comment')]).toEqual([
      ['beforeunload'],
      `/agent/tickets/${id}`,
      'half a thought',
    ]);
  });

  test('updates the page in place after a submit, with the status named on the button', async () => {
    const { id } = aNewTicket(harness.account);
    await page.goto(`${harness.url}/agent/tickets/${id}`);
    await page.evaluate('window.sameDocument = true');
    await page.selectOption('#status', 'pending');
    expect(await page.textContent('#submit')).toBe('Submit as Pending');
    await page.fill('#comment', 'Which order is it?');
    await page.press('#submit', 'Enter');
    await page.waitForSelector('.notices >> text=Saved.');
    expect(await page.evaluate('document.activeElement.id')).toBe('submit');
    expect(await page.textContent('#heading .badge')).toBe('pending');
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    expect(harness.account.tickets.find(id)?.status).toBe('pending');
  });

  test('without JavaScript: replies, keeps the text after an error, skips, opens a ticket', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    await harness.signIn(plain);
    page = await plain.newPage();
    const { id } = aNewTicket(harness.account);
    await page.goto(`${harness.url}/agent/tickets/${id}`);
    await page.fill('#comment', 'On it!');
    await page.selectOption('#status', 'open');
    await page.click('#submit');
    await page.waitForSelector('text=Saved.');
    expect(harness.account.tickets.find(id)?.status).toBe('open');
    await page.fill('#comment', 'my long text');
    await page.selectOption('#group_id', { label: 'Support Tier 1' });
    await page.selectOption('#assignee_id', { label: 'Ruth Calder' });
    await page.click('#submit');
    await page.waitForSelector('[role=alert]:not([hidden])');
    expect(await page.inputValue('#comment')).toBe('my long text');
    await page.goto(`${harness.url}/agent/tickets/new`);
    await page.fill('#requester_email', 'nils@mail.test');
    await page.fill('#comment', 'He called.');
    await page.click('#submit');
    await page.waitForSelector('h1');
    expect(harness.account.tickets.list().at(-1)?.description).toBe('He called.');
    await plain.close();
  });

  test('changes the language, and notifies apps', async () => {
    harness.install({});
    const { id } = aNewTicket(harness.account);
    await page.goto(`${harness.url}/agent/tickets/${id}`);
    await page.click('.me summary');
    await page.selectOption('#locale', 'de');
    await page.click('.me button');
    const app = await harness.appFrame(page);
    expect(new URL(page.url()).pathname).toBe(`/agent/tickets/${id}`);
    expect(await app.evaluate("client.get('currentUser.locale').then((got) => got['currentUser.locale'])")).toBe('de');
    expect(agents('priya@northwind.test').locale).toBe('de');
  });

  test('hides tickets of other groups from a restricted agent', async () => {
    const { account } = harness;
    const { id } = aNewTicket(account, { subject: 'not for trainees' });
    await harness.signIn(context, 'trainee@northwind.test');
    const answer = await page.goto(`${harness.url}/agent/tickets/${id}`);
    expect(answer?.status()).toBe(404);
    await page.goto(`${harness.url}/agent/play?view=${account.views.list()[0]!.id}&start=1`);
    await page.waitForSelector('text=No more tickets for you in this view.');
    expect(await page.locator('text=not for trainees').count()).toBe(0);
  });

  test('shows the apps of ZCLI’s server on request, on the following pages too', async () => {
    const app = {
      apps: [
        {
          id: '0',
          name: 'Under construction',
          version: '0.1.0',
          asset_url_prefix: 'http://localhost:4567/0/assets/',
          locations: {
            support: {
              ticket_sidebar: { url: `${harness.appUrl}/app?for={{setting.shop}}` },
            },
          },
        },
      ],
      installations: [
        {
          app_id: '0',
          id: 'd1b8',
          name: 'Under construction',
          enabled: true,
          settings: [{ title: 'Under construction' }, { shop: 'tents' }],
        },
      ],
    };
    // ZCLI's port cannot be chosen, so its response is mocked.
    await page.route('http://localhost:4567/app.json', (route) =>
      route.fulfill({ json: app, headers: { 'access-control-allow-origin': '*' } }),
    );
    const { id } = aNewTicket(harness.account);
    const answer = await page.goto(`${harness.url}/agent?zcli_apps=true`);
    expect(answer?.headers()['content-security-policy']).toContain("frame-src 'self' http: https:");
    await page.click('text=tent leaks');
    await page.waitForURL(`**/agent/tickets/${id}?*zcli_apps=true*`);
    await page.waitForSelector('.app >> text=Under construction');
    const local = await harness.appFrame(page);
    expect(local.url()).toContain('/app?for=tents&origin=');
    expect(await local.evaluate('registered.metadata')).toMatchObject({
      name: 'Under construction',
      settings: { shop: 'tents' },
    });
  });

  test('answers 404 for the page of an app that is not installed', async () => {
    const answer = await page.goto(`${harness.url}/agent/apps/123`);
    expect(answer?.status()).toBe(404);
  });
});
