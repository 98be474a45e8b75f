import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { describeInBrowser, openBrowser } from '../../../e2e/open-browser.ts';
import { aNewTicket } from '../../src/testing/a-northwind.ts';
import { aWorkspace, type Workspace } from './a-workspace.ts';

/** What the SDK of the app page offers, run inside its frame. */
const run = <T>(app: Frame, script: string): Promise<T> => app.evaluate<T>(`(async () => { ${script} })()`);

/** The name and message with which a call of the SDK rejects. */
const refusal = (app: Frame, call: string) =>
  run<string>(
    app,
    `try { await ${call}; return 'no refusal'; } catch (error) { return error.name + ': ' + error.message; }`,
  );

describeInBrowser('an app in the sidebar, through the SDK from npm', () => {
  let browser: Browser;
  let world: Workspace;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    world = await aWorkspace();
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await world.signIn(context);
    world.install({});
    page = await context.newPage();
  });
  afterEach(() => context.close());

  const openTicket = async (given: Parameters<typeof aNewTicket>[1] = {}) => {
    const ticket = aNewTicket(world.account, given);
    await page.goto(`${world.url}/agent/tickets/${ticket.id}`);
    return { ticket, app: await world.appFrame(page) };
  };

  test('shakes hands and learns its context and settings', async () => {
    const { ticket, app } = await openTicket();
    const context = await run<Record<string, unknown>>(app, 'return client.context()');
    expect(context).toEqual({
      instanceGuid: new URL(app.url()).searchParams.get('app_guid'),
      product: 'support',
      account: { subdomain: 'northwind' },
      location: 'ticket_sidebar',
      ticketId: ticket.id,
    });
    expect(await run(app, 'return client.metadata()')).toEqual({
      appId: 77,
      name: 'Test app',
      installationId: 770,
      version: '1.2.3',
      settings: { name: 'Test app', color: 'green' },
    });
  });

  test('gets the ticket in camelCase, the agent and the account', async () => {
    const { ticket, app } = await openTicket({ subject: 'tent leaks' });
    const paths = [
      'ticket.id',
      'ticket.subject',
      'ticket.requester.name',
      'ticket.priority',
      'ticket.isNew',
      'currentUser.name',
      'currentAccount.subdomain',
      'colorScheme',
    ];
    expect(await run(app, `return client.get(${JSON.stringify(paths)})`)).toEqual({
      errors: {},
      'ticket.id': ticket.id,
      'ticket.subject': 'tent leaks',
      'ticket.requester.name': 'Rosa Lindqvist',
      'ticket.priority': '-',
      'ticket.isNew': false,
      'currentUser.name': 'Priya Nair',
      'currentAccount.subdomain': 'northwind',
      colorScheme: 'light',
    });
  });

  test('an unknown path rejects alone, and leaves the others standing in a list', async () => {
    const { ticket, app } = await openTicket();
    expect(await refusal(app, "client.get('ticket.nonsense')")).toBe('APIError: "ticket.nonsense" No such Api');
    expect(await refusal(app, "client.invoke('nonsense')")).toBe('APIError: "nonsense" No such Api');
    expect(await refusal(app, "client.set('ticket.id', 7)")).toBe('APIError: "ticket.id" No such Api');
    expect(await run(app, "return client.get(['ticket.id', 'bad'])")).toEqual({
      errors: { bad: { name: 'APIError', path: 'bad', message: 'No such Api' } },
      'ticket.id': ticket.id,
    });
  });

  test('what it sets changes the form only, and it hears of it', async () => {
    const { ticket, app } = await openTicket();
    await run(
      app,
      "client.on('ticket.priority.changed', (now) => log.push(now)); client.on('*.changed', (what) => log.push(what));",
    );
    expect(await run(app, "return client.set('ticket.priority', 'high')")).toEqual({
      errors: {},
      'ticket.priority': 'high',
    });
    expect(await page.inputValue('#priority')).toBe('high');
    await app.waitForFunction('log.length === 2');
    expect(await run(app, 'return log')).toEqual([
      'high',
      { propertyName: 'ticket.priority', newValue: 'high', oldValue: '-' },
    ]);
    expect(world.account.tickets.find(ticket.id)?.priority).toBe(null);
    expect(await refusal(app, "client.set('ticket.priority', 'enormous')")).toBe(
      'APIError: "ticket.priority" "enormous" is not a choice.',
    );
  });

  test('hears what the agent does, until it stops listening', async () => {
    const { app } = await openTicket();
    await run(app, "window.hear = (now) => log.push(now); client.on('ticket.status.changed', hear);");
    await page.selectOption('#status', 'pending');
    await app.waitForFunction('log.length === 1');
    await run(app, "client.off('ticket.status.changed', hear); await client.get('ticket.id');");
    await page.selectOption('#status', 'open');
    expect(await run(app, "return client.get('ticket.status').then((got) => [got['ticket.status'], log])")).toEqual([
      'open',
      ['pending'],
    ]);
  });

  test('grows as it asks', async () => {
    const { app } = await openTicket();
    await run(app, "await client.invoke('resize', { width: '100%', height: '240px' });");
    const box = await page.locator('.app iframe').boundingBox();
    expect([box?.width, box?.height]).toEqual([320, 240]);
  });
});
