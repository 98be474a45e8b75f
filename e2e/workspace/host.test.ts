import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectOk } from '../../local-zendesk/src/account/result.ts';
import { aNewTicket } from '../../local-zendesk/src/testing/a-northwind.ts';
import { until } from '../../local-zendesk/src/testing/until.ts';
import { describeInBrowser, openBrowser } from '../open-browser.ts';
import { aWorkspace, type Workspace } from './a-workspace.ts';
import { logged, refusal, run } from './sdk.ts';

describeInBrowser('what the workspace grants its apps', () => {
  let browser: Browser;
  let world: Workspace;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    world = await aWorkspace();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await world.signIn(context);
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });
  beforeEach(async () => {
    world.install({});
    page = await context.newPage();
  });
  afterEach(() => page.close());

  const openTicket = async (given: Parameters<typeof aNewTicket>[1] = {}) => {
    const ticket = aNewTicket(world.account, given);
    await page.goto(`${world.url}/agent/tickets/${ticket.id}`);
    return { ticket, app: await world.appFrame(page) };
  };

  test('while an app thinks about a save, it may change the form and the agent may not', async () => {
    const { ticket, app } = await openTicket();
    await run(
      app,
      "client.on('ticket.save', () => new Promise((resolve) => { window.pass = resolve; })); await client.get('ticket.id');",
    );
    await page.fill('#comment', 'On it');
    await page.click('#submit');
    await app.waitForFunction('window.pass !== undefined');
    for (const choice of ['#type', '#status']) await page.locator(choice).press('ArrowDown');
    await page.click('input[name=public][value=no]', { force: true });
    await run(app, "await client.set('ticket.priority', 'high'); pass();");
    await page.waitForSelector('.notices >> text=Saved.');
    expect(world.account.tickets.find(ticket.id)).toMatchObject({ priority: 'high', type: null, status: 'new' });
    expect(world.account.tickets.comments(ticket.id).at(-1)?.public).toBe(true);
    await page.locator('#type').press('ArrowDown');
    expect(await page.inputValue('#type')).toBe('question');
  });

  test('reads, hears, sets and locks a field of several choices', async () => {
    const { account } = world;
    const by = { id: account.ownerId };
    const options = ['Tent', 'Stove', 'Boots'].map((name) => ({ name, value: name.toLowerCase() }));
    const field = expectOk(
      account.ticketFields.create({ type: 'multiselect', title: 'Gear', custom_field_options: options }, by),
    );
    const { ticket, app } = await openTicket();
    const path = `ticket.customField:custom_field_${field.id}`;
    expect(await run(app, `return client.get(['${path}', 'ticketFields:custom_field_${field.id}.type'])`)).toEqual({
      errors: {},
      [path]: [],
      [`ticketFields:custom_field_${field.id}.type`]: 'multiselect',
    });
    await run(app, `client.on('ticket.custom_field_${field.id}.changed', (now) => log.push(now));`);
    expect(await run(app, `return client.set('${path}', ['boots', 'tent'])`)).toEqual({
      errors: {},
      [path]: ['tent', 'boots'],
    });
    expect(await refusal(app, `client.set('${path}', ['boots', 'kayak'])`)).toBe(
      `APIError: "${path}" "kayak" is not a choice.`,
    );
    await page.selectOption(`#cf_${field.id}`, ['stove', 'boots']);
    expect(await logged(app, 2)).toEqual([
      ['tent', 'boots'],
      ['stove', 'boots'],
    ]);
    await run(app, `await client.invoke('ticketFields:custom_field_${field.id}.disable');`);
    const stored = () => account.tickets.find(ticket.id)?.custom_fields.find(({ id }) => id === field.id)?.value;
    await page.click('#submit');
    await until(() => JSON.stringify(stored()) === '["stove","boots"]');
    await page.waitForSelector('.notices >> text=Saved.');
    expect(await page.isDisabled(`#cf_${field.id}`)).toBe(true);
    await run(app, `await client.set('${path}', []);`);
    await page.click('#submit');
    await until(() => JSON.stringify(stored()) === '[]');
  });
});
