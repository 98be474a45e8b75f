import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectOk } from '../../local-zendesk/src/account/result.ts';
import { aNewTicket } from '../../local-zendesk/src/testing/a-northwind.ts';
import { until } from '../../local-zendesk/src/testing/until.ts';
import { describeInBrowser, openBrowser } from '../open-browser.ts';
import { logged, refusal, run } from './sdk.ts';
import { startWorkspace, type WorkspaceHarness } from './workspace-harness.ts';

describeInBrowser('what the workspace offers its apps', () => {
  let browser: Browser;
  let harness: WorkspaceHarness;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    harness = await startWorkspace();
    context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    await harness.signIn(context);
  });
  afterAll(async () => {
    await browser.close();
    await harness.stop();
  });
  beforeEach(async () => {
    harness.install({});
    page = await context.newPage();
  });
  afterEach(() => page.close());

  const openTicket = async (given: Parameters<typeof aNewTicket>[1] = {}) => {
    const ticket = aNewTicket(harness.account, given);
    await page.goto(`${harness.url}/agent/tickets/${ticket.id}`);
    return { ticket, app: await harness.appFrame(page) };
  };

  test('lets the app but not the agent change the form while it checks a save', async () => {
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
    expect(harness.account.tickets.find(ticket.id)).toMatchObject({ priority: 'high', type: null, status: 'new' });
    expect(harness.account.tickets.comments(ticket.id).at(-1)?.public).toBe(true);
    await page.locator('#type').press('ArrowDown');
    expect(await page.inputValue('#type')).toBe('question');
  });

  test('reads, sets, locks and watches a multi-select field', async () => {
    const { account } = harness;
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

  test('sets tags as a list, and receives an event for each path that changed', async () => {
    const { app } = await openTicket();
    expect(await run(app, "return client.set('ticket.tags', ['vip', 'late'])")).toEqual({
      errors: {},
      'ticket.tags': ['vip', 'late'],
    });
    await run(
      app,
      `for (const name of ['statusCategory', 'customStatus', 'assignee.user', 'comment.text'])
        client.on('ticket.' + name + '.changed', (now) => log.push([name, now]));
      await client.get('ticket.id');`,
    );
    await page.selectOption('#status', 'pending');
    await page.selectOption('#assignee_id', { label: 'Priya Nair' });
    await page.fill('#comment', 'Hello');
    expect(await logged(app, 4)).toEqual([
      ['statusCategory', 'pending'],
      ['customStatus', expect.objectContaining({ category: 'pending', label: expect.any(String) })],
      ['assignee.user', expect.objectContaining({ name: 'Priya Nair' })],
      ['comment.text', 'Hello'],
    ]);
  });

  test('retries a rate-limited request once after the given delay, unless the app handles it', async () => {
    const { app } = await openTicket();
    const before = harness.frames.proxied.length;
    const ask = (more: string) =>
      run(
        app,
        `return client.request({ url: 'https://warehouse.test/orders', ${more} }).then(() => 'done', ({ status }) => status)`,
      );
    harness.frames.answerWith({ status: 429, headers: { 'retry-after': '1' } });
    const asked = ask('');
    await until(() => harness.frames.proxied.length === before + 1);
    harness.frames.answerWith({ status: 200, headers: {} });
    expect(await asked).toBe('done');
    expect(harness.frames.proxied).toHaveLength(before + 2);
    harness.frames.answerWith({ status: 429, headers: { 'retry-after': '1' } });
    expect(await ask('autoRetry: false')).toBe(429);
    expect(harness.frames.proxied).toHaveLength(before + 3);
  });

  test('notifies an app before it is destroyed, with its dialog or with the page', async () => {
    const { app } = await openTicket();
    await run(
      app,
      `const made = (await client.invoke('instances.create', { location: 'modal', url: '/app' }))['instances.create'][0];
      client.instance(made.instanceGuid).on('app.willDestroy', () => log.push('dialog'));
      await client.get('ticket.id');`,
    );
    const inside = await harness.appFrame(page, 1);
    await run(
      inside,
      "client.on('app.willDestroy', () => console.log('the dialog ends')); await client.get('currentUser.id');",
    );
    const ends = (what: string) => page.waitForEvent('console', (message) => message.text() === what);
    const dialogEnds = ends('the dialog ends');
    await run(inside, "await client.invoke('app.close');");
    await dialogEnds;
    expect(await logged(app, 1)).toEqual(['dialog']);
    await page.locator('dialog').waitFor({ state: 'detached' });
    await run(app, "client.on('app.willDestroy', () => console.log('the page ends')); await client.get('ticket.id');");
    const pageEnds = ends('the page ends');
    await page.click('.rail >> text=Views');
    await pageEnds;
  });

  test('notifies an app when its pane opens and closes; the app can resize, start hidden and close itself', async () => {
    harness.install(
      { location: 'top_bar', size: { width: '400px', height: '300px' } },
      { location: 'nav_bar', installationId: 771, appId: 78, title: 'Orders' },
      { location: 'ticket_sidebar', installationId: 772, appId: 79, autoHide: true },
    );
    const ticket = aNewTicket(harness.account, {});
    await page.goto(`${harness.url}/agent/tickets/${ticket.id}`);
    const hidden = await harness.appFrame(page);
    expect(await page.isVisible('.app')).toBe(false);
    await run(hidden, "await client.invoke('app.show');");
    expect(await page.isVisible('.app')).toBe(true);

    await page.click('#top-bar button');
    const inBar = await harness.appFrame(page, 1);
    const box = await page.locator('.popover iframe').boundingBox();
    expect([box?.width, box?.height]).toEqual([400, 300]);
    const listen =
      "for (const name of ['activated', 'deactivated']) client.on('pane.' + name, () => log.push(name)); await client.get('currentUser.id');";
    await run(inBar, listen);
    await run(inBar, "await client.invoke('app.close');");
    expect(await page.isVisible('.popover iframe')).toBe(false);
    expect(await logged(inBar, 2)).toEqual(['activated', 'deactivated']);

    await page.click('.rail >> text=Orders');
    await page.waitForURL('**/agent/apps/771');
    const inPage = await harness.appFrame(page);
    await run(inPage, listen);
    expect(await logged(inPage, 1)).toEqual(['activated']);
    expect(await refusal(inPage, "client.invoke('app.close')")).toBe('APIError: "app.close" No such Api');
  });

  test('signs a full page in as what it is, gives it the window, and opens a ticket from it', async () => {
    const iconUrl = `${harness.url}/assets/icon_nav_bar.svg`;
    harness.install({ location: 'nav_bar', installationId: 771, title: 'Orders', signed: true, iconUrl });
    const ticket = aNewTicket(harness.account, {});
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${harness.url}/agent`);
    expect(await page.locator('.rail img').getAttribute('src')).toBe(iconUrl);
    await page.click('.rail >> text=Orders');
    await page.waitForURL('**/agent/apps/771');
    const app = await harness.appFrame(page);
    const { agentId, context } = harness.frames.signed.at(-1) ?? {};
    expect(harness.posted.at(-1)?.token).toBe(`token-of-${agentId}`);
    expect(context).toMatchObject({ product: 'support', location: 'nav_bar' });
    expect(await run(app, 'return client.context()')).toEqual(context);
    expect(await refusal(app, "client.get('ticket.id')")).toBe('APIError: "ticket.id" No such Api');
    const box = await page.locator('.app-page iframe').boundingBox();
    expect(Math.round((box?.x ?? 0) + (box?.width ?? 0))).toBe(1280);
    expect(Math.round((box?.y ?? 0) + (box?.height ?? 0))).toBe(800);
    expect(await page.getAttribute('.rail a[aria-current]', 'href')).toBe('/agent/apps/771');
    await run(app, `client.invoke('routeTo', 'ticket', ${ticket.id});`);
    await page.waitForURL(`**/agent/tickets/${ticket.id}`);
  });

  test('navigates to a customer and to an organization, whose pages have their own apps', async () => {
    const { account } = harness;
    harness.install({}, { location: 'user_sidebar' }, { location: 'organization_sidebar' });
    const [organization] = account.organizations.list();
    const { ticket, app } = await openTicket();
    const by = { id: account.ownerId };
    expectOk(account.users.update(ticket.requester_id, { organization_id: organization?.id }, by));
    await run(app, `client.invoke('routeTo', 'user', ${ticket.requester_id});`);
    await page.waitForURL(`**/agent/users/${ticket.requester_id}`);
    const besideUser = await harness.appFrame(page);
    expect(await run(besideUser, 'return client.context()')).toMatchObject({
      location: 'user_sidebar',
      userId: ticket.requester_id,
    });
    expect(
      await run(besideUser, "return client.get(['user.name', 'user.organizations.0.id', 'organization'])"),
    ).toEqual({
      errors: { organization: expect.objectContaining({ message: 'No such Api' }) },
      'user.name': 'Rosa Lindqvist',
      'user.organizations.0.id': organization?.id,
    });
    expect(await refusal(besideUser, "client.get('ticket.id')")).toContain('No such Api');
    await page.waitForSelector(`main a[href="/agent/tickets/${ticket.id}"]`);

    await run(besideUser, `client.invoke('routeTo', 'organization', ${organization?.id});`);
    await page.waitForURL(`**/agent/organizations/${organization?.id}`);
    const besideOrganization = await harness.appFrame(page);
    expect(await run(besideOrganization, 'return client.context()')).toMatchObject({
      location: 'organization_sidebar',
      organizationId: organization?.id,
    });
    expect(await run(besideOrganization, "return client.get('organization.name')")).toEqual({
      errors: {},
      'organization.name': organization?.name,
    });
  });

  test('hides single options of a field and shows them again', async () => {
    const { ticket, app } = await openTicket();
    const option = "document.querySelector('#status option[value=pending]')";
    const state = () => page.evaluate<boolean[]>(`[${option}.hidden, ${option}.disabled]`);
    const values = await run<Record<string, { value: string }[]>>(
      app,
      "return client.get('ticketFields:status.optionValues')",
    );
    const at = values['ticketFields:status.optionValues']?.findIndex(({ value }) => value === 'pending');
    const path = `ticketFields:status.optionValues.${at}`;
    await run(app, `await client.invoke('${path}.hide'); await client.invoke('${path}.disable');`);
    expect(await state()).toEqual([true, true]);
    expect(await run(app, `return client.get('${path}')`)).toEqual({
      errors: {},
      [path]: { label: 'Pending', value: 'pending', isVisible: false, isEnabled: false },
    });
    await run(app, "await client.set('ticket.status', 'pending');");
    await page.click('#submit');
    await until(() => harness.account.tickets.find(ticket.id)?.status === 'pending');
    await page.waitForSelector('.notices >> text=Saved.');
    expect(await state()).toEqual([true, true]);
    await run(app, `await client.invoke('${path}.show'); await client.invoke('${path}.enable');`);
    expect(await state()).toEqual([false, false]);
    expect(await refusal(app, "client.invoke('ticketFields:status.optionValues.99.hide')")).toContain('No such Api');
    expect(await refusal(app, "client.invoke('ticketFields:status.optionValues.hide')")).toContain('No such Api');
  });

  test('rejects an impossible assignee and changes nothing', async () => {
    const { app } = await openTicket();
    const groupId = harness.account.groups.list()[0]?.id;
    expect(await refusal(app, `client.set('ticket.assignee', { groupId: ${groupId}, userId: 7 })`)).toBe(
      'APIError: "ticket.assignee" "7" is not a choice.',
    );
    expect(await page.inputValue('#group_id')).toBe('');
  });

  test('rejects a dialog without an http URL, and leaves no dialog open', async () => {
    const { app } = await openTicket();
    for (const url of ['javascript:alert(1)', 'data:text/html,x', 'http://[']) {
      expect(await refusal(app, `client.invoke('instances.create', { location: 'modal', url: '${url}' })`)).toBe(
        `APIError: "instances.create" "${url}" is no address of a page.`,
      );
    }
    expect(await page.locator('dialog').count()).toBe(0);
  });
});
