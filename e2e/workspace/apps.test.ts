import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectOk } from '../../local-zendesk/src/account/result.ts';
import { aNewTicket } from '../../local-zendesk/src/testing/a-northwind.ts';
import { until } from '../../local-zendesk/src/testing/until.ts';
import { describeInBrowser, openBrowser } from '../open-browser.ts';
import { logged, refusal, run } from './sdk.ts';
import { startWorkspace, type WorkspaceHarness } from './workspace-harness.ts';

describeInBrowser('an app in the sidebar, through the SDK from npm', () => {
  let browser: Browser;
  let harness: WorkspaceHarness;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
    harness = await startWorkspace();
    // One context for all tests, so that scripts are cached.
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
  afterEach(async () => {
    await context.clearCookies({ name: 'local_zendesk_scheme' });
    await page.close();
  });

  const openTicket = async (given: Parameters<typeof aNewTicket>[1] = {}) => {
    const ticket = aNewTicket(harness.account, given);
    await page.goto(`${harness.url}/agent/tickets/${ticket.id}`);
    return { ticket, app: await harness.appFrame(page) };
  };

  test('completes the handshake and receives its context and settings', async () => {
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

  test('rejects an unknown path, alone or in a list, and still returns the other values', async () => {
    const { ticket, app } = await openTicket();
    expect(await refusal(app, "client.get('ticket.nonsense')")).toBe('APIError: "ticket.nonsense" No such Api');
    expect(await refusal(app, "client.invoke('nonsense')")).toBe('APIError: "nonsense" No such Api');
    expect(await refusal(app, "client.set('ticket.id', 7)")).toBe('APIError: "ticket.id" No such Api');
    expect(await run(app, "return client.get(['ticket.id', 'bad'])")).toEqual({
      errors: { bad: { name: 'APIError', path: 'bad', message: 'No such Api' } },
      'ticket.id': ticket.id,
    });
  });

  test('changes only the form when it sets a value, and receives the event', async () => {
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
    expect(harness.account.tickets.find(ticket.id)?.priority).toBe(null);
    expect(await refusal(app, "client.set('ticket.form.id', 1)")).toContain('is not a choice');
    expect(await refusal(app, "client.set('ticket.priority', 'enormous')")).toBe(
      'APIError: "ticket.priority" "enormous" is not a choice.',
    );
  });

  test('gets events for what the agent does, until it stops listening', async () => {
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

  test('is resized on request', async () => {
    const { app } = await openTicket();
    await run(app, "await client.invoke('resize', { width: '100%', height: '240px' });");
    const size = async () => {
      const box = await page.locator('.app iframe').boundingBox();
      return [box?.width, box?.height];
    };
    expect(await size()).toEqual([320, 240]);
    await run(app, "await client.invoke('resize', { height: 4000 });");
    expect(await size()).toEqual([320, 4000]);
  });

  test('writes into the reply, adds tags, and hides or locks fields, all unsaved', async () => {
    const { ticket, app } = await openTicket();
    await page.fill('#comment', 'Hello');
    await run(
      app,
      "await client.invoke('ticket.comment.appendText', ', dear'); await client.invoke('comment.appendText', ' Rosa');",
    );
    await run(app, "await client.invoke('ticket.comment.appendHtml', '<p>See <b>this</b>&amp;that</p><p>Bye</p>');");
    expect(await page.inputValue('#comment')).toBe('Hello, dear RosaSee this&that\nBye');
    expect(await run(app, "return client.set('comment.type', 'internalNote')")).toEqual({
      errors: {},
      'comment.type': 'internalNote',
    });
    expect(await page.isChecked('input[name=public][value=no]')).toBe(true);
    await run(
      app,
      "await client.invoke('ticket.tags.add', ['vip', 'late']); await client.invoke('ticket.tags.remove', 'late');",
    );
    expect(await run(app, "return client.get('ticket.tags')")).toEqual({ errors: {}, 'ticket.tags': ['vip'] });
    await run(
      app,
      "await client.invoke('ticketFields:type.hide'); await client.invoke('ticketFields:priority.disable');",
    );
    expect([await page.isVisible('#type'), await page.isDisabled('#priority')]).toEqual([false, true]);
    expect(
      await run(
        app,
        "return client.get(['ticketFields:priority.isEnabled', 'ticketFields:type.isVisible', 'ticketFields:priority.label'])",
      ),
    ).toEqual({
      errors: {},
      'ticketFields:priority.isEnabled': false,
      'ticketFields:type.isVisible': false,
      'ticketFields:priority.label': 'Priority',
    });
    expect(harness.account.tickets.find(ticket.id)?.tags).toEqual([]);
  });

  test('a locked field keeps its value when the form is submitted, and stays locked', async () => {
    const { ticket, app } = await openTicket();
    expectOk(harness.account.tickets.update(ticket.id, { priority: 'urgent' }, { id: harness.account.ownerId }));
    await until(async () => (await page.inputValue('#priority')) === 'urgent');
    await run(app, "await client.invoke('ticketFields:priority.disable');");
    await page.fill('#comment', 'On it');
    await page.click('#submit');
    await until(() => harness.account.tickets.comments(ticket.id).length === 2);
    await page.waitForSelector('#conversation >> text=On it');
    expect(harness.account.tickets.find(ticket.id)?.priority).toBe('urgent');
    expect([await page.isDisabled('#priority'), await page.inputValue('#comment')]).toEqual([true, '']);
  });

  test('reads and sets the assignee and a custom field', async () => {
    const { account } = harness;
    const field = expectOk(
      account.ticketFields.create({ type: 'text', title: 'Order number' }, { id: account.ownerId }),
    );
    const { ticket, app } = await openTicket();
    const priya = await run<{ id: number; groups: { id: number }[] }>(
      app,
      "return (await client.get('currentUser')).currentUser",
    );
    expect(await run(app, "return client.get(['ticket.assignee.user.name', 'ticket.assignee'])")).toEqual({
      errors: {},
      'ticket.assignee.user.name': null,
      'ticket.assignee': { user: null, group: null },
    });
    await run(app, "client.on('ticket.custom_field_" + field.id + ".changed', (now) => log.push(now));");
    await run(
      app,
      `await client.set({ 'ticket.assignee': { userId: ${priya.id}, groupId: ${priya.groups[0]?.id} }, 'ticket.customField:custom_field_${field.id}': 'A-1' });`,
    );
    expect(await run(app, "return client.get('ticket.assignee.user.name')")).toEqual({
      errors: {},
      'ticket.assignee.user.name': 'Priya Nair',
    });
    expect(await logged(app, 1)).toEqual(['A-1']);
    await page.click('#submit');
    await until(() => account.tickets.find(ticket.id)?.assignee_id === priya.id);
    expect(account.tickets.find(ticket.id)?.custom_fields).toContainEqual({ id: field.id, value: 'A-1' });
  });

  test('blocks a save with a reason shown to the agent, then allows it', async () => {
    const { ticket, app } = await openTicket();
    await run(
      app,
      `window.verdict = () => 'Add an order number first.';
      client.on('ticket.save', () => verdict());
      for (const name of ['start', 'done', 'fail', 'always']) client.on('ticket.submit.' + name, () => log.push(name));
      client.on('ticket.conversation.changed', (talk) => log.push(talk.length));
      await client.get('ticket.id');`,
    );
    await page.fill('#comment', 'my answer');
    const problem = page.locator('#submit-problem');
    for (const [verdict, words] of [
      ["() => 'Add an order number first.'", 'Add an order number first.'],
      ['() => false', 'The ticket cannot be saved now.'],
      ["() => Promise.reject(new Error('not yet'))", 'not yet'],
      ["() => { throw new Error('broken'); }", 'broken'],
    ] as const) {
      await run(app, `window.verdict = ${verdict}`);
      await page.click('#submit');
      await until(async () => (await problem.textContent()) === `Test app: ${words}`);
    }
    expect(await run(app, 'return log')).toEqual([]);
    expect(harness.account.tickets.comments(ticket.id)).toHaveLength(1);
    await run(app, 'window.verdict = () => Promise.resolve()');
    await page.click('#submit');
    expect(await logged(app, 4)).toEqual(['start', 'done', 'always', 2]);
    expect(harness.account.tickets.comments(ticket.id).at(-1)?.body).toBe('my answer');
    expect(await page.isVisible('#submit-problem')).toBe(false);
  });

  test('shows a server error, passes it to the app and keeps the typed text', async () => {
    const { account } = harness;
    const { app } = await openTicket();
    await run(
      app,
      "for (const name of ['start', 'done', 'fail', 'always']) client.on('ticket.submit.' + name, () => log.push(name)); await client.get('ticket.id');",
    );
    const tier1 = account.groups.list().find(({ name }) => name === 'Support Tier 1')?.id;
    await page.fill('#comment', 'my long text');
    await page.selectOption('#group_id', String(tier1));
    await page.selectOption('#assignee_id', { label: 'Ruth Calder' });
    await page.click('#submit');
    expect(await logged(app, 3)).toEqual(['start', 'fail', 'always']);
    expect(await page.textContent('#submit-problem')).toContain('not a member of the group');
    expect(await page.inputValue('#comment')).toBe('my long text');
  });

  test('calls the API as the agent, with data, jQuery’s error arguments and the whole response', async () => {
    const { ticket, app } = await openTicket();
    const got = await run<{ ticket: { id: number } }>(
      app,
      `return client.request('/api/v2/tickets/${ticket.id}.json')`,
    );
    expect(got.ticket.id).toBe(ticket.id);
    await run(
      app,
      `await client.request({ url: '/api/v2/tickets/${ticket.id}.json', type: 'PUT', contentType: 'application/json', data: JSON.stringify({ ticket: { priority: 'low' } }) });`,
    );
    expect(harness.account.tickets.find(ticket.id)?.priority).toBe('low');
    expect(harness.account.tickets.audits(ticket.id).at(-1)?.author_id).toBe(
      (await run<{ currentUser: { id: number } }>(app, "return client.get('currentUser')")).currentUser.id,
    );
    const failed = await run<{ status: number; responseJSON: object; statusText: string }>(
      app,
      "try { await client.request('/api/v2/tickets/999999.json'); } catch (xhr) { return xhr; }",
    );
    expect(failed).toMatchObject({ status: 404, statusText: 'Not Found', responseJSON: { error: 'RecordNotFound' } });
    const whole = await run(
      app,
      `return client.request({ url: '/api/v2/tickets.json', data: { per_page: 1 }, httpCompleteResponse: true })`,
    );
    expect(whole).toMatchObject({ status: 200, responseJSON: { count: expect.any(Number) } });
    expect((whole as { responseJSON: { tickets: unknown[] } }).responseJSON.tickets).toHaveLength(1);
  });

  test('the API refuses an agent without permission', async () => {
    const { app } = await openTicket();
    const failed = await run<{ status: number }>(
      app,
      "try { await client.request('/api/v2/audit_logs.json'); } catch (xhr) { return xhr; }",
    );
    expect(failed.status).toBe(403);
  });

  test('calls other hosts through the server with secure settings, or directly with cors', async () => {
    const { app } = await openTicket();
    harness.frames.answerWith({
      status: 201,
      statusText: 'Created',
      headers: { 'content-type': 'application/json' },
      body: '{"ok":true}',
    });
    expect(
      await run(
        app,
        "return client.request({ url: 'https://warehouse.test/orders', type: 'POST', secure: true, headers: { Authorization: 'Bearer {{setting.token}}' }, data: { a: [1, 2], b: { c: 'd e' } } })",
      ),
    ).toEqual({ ok: true });
    expect(harness.frames.proxied.at(-1)).toEqual({
      installationId: 770,
      request: {
        url: 'https://warehouse.test/orders',
        type: 'POST',
        headers: { Authorization: 'Bearer {{setting.token}}' },
        contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
        data: 'a%5B%5D=1&a%5B%5D=2&b%5Bc%5D=d+e',
        secure: true,
        timeoutMs: null,
        jwt: null,
      },
    });
    const before = harness.frames.proxied.length;
    expect(await run(app, `return client.request({ url: '${harness.appUrl}/cors.json', cors: true })`)).toEqual({
      hello: 'cors',
    });
    expect(harness.frames.proxied).toHaveLength(before);
  });

  test('accepts a setting that holds the whole address of a secure request', async () => {
    const { app } = await openTicket();
    const before = harness.frames.proxied.length;
    harness.frames.answerWith({ status: 200, statusText: 'OK', headers: {}, body: 'found' });
    expect(await run(app, "return client.request({ url: '{{setting.shop_url}}/orders', secure: true })")).toBe('found');
    expect(harness.frames.proxied.slice(before).map(({ request }) => request.url)).toEqual([
      '{{setting.shop_url}}/orders',
    ]);
  });

  test('cannot get another app’s token from the workspace', async () => {
    harness.install({}, { installationId: 771, appId: 78, title: 'Second app', signed: true });
    const { app } = await openTicket();
    const before = harness.frames.signed.length;
    const theft = (url: string) => `{ url: '${url}', type: 'POST', contentType: 'application/json',
      data: JSON.stringify({ installationId: 771, location: 'ticket_sidebar', context: {} }) }`;
    for (const url of ['/agent/apps/token', '/api/../agent/apps/token', `${harness.url}/agent/apps/token`]) {
      expect(await run(app, `return client.request(${theft(url)}).then(() => 'got it', ({ status }) => status)`)).toBe(
        404,
      );
    }
    expect(harness.frames.signed.slice(before).filter(({ context }) => Object.keys(context).length === 0)).toEqual([]);
  });

  test('shows notifications, and ignores click tracking', async () => {
    const { app } = await openTicket();
    await run(
      app,
      "await client.invoke('notify', 'Order <b>found</b>', 'notice'); await client.invoke('notify', 'Oh no', 'error', { sticky: true }); await client.invoke('track', { type: 'click' }); client.postMessage('__track__', {}); client.postMessage('session.live');",
    );
    expect(await page.textContent('.notices [role=status] p')).toBe('Order <b>found</b>');
    expect(await page.textContent('.notices [role=alert] p')).toBe('Oh no');
    await page.click('.notices [role=alert] button');
    expect(await page.locator('.notices [role=alert] p').count()).toBe(0);
  });

  test('navigates to another ticket', async () => {
    const { app } = await openTicket();
    const other = aNewTicket(harness.account, { subject: 'the other one' });
    await run(app, `client.invoke('routeTo', 'ticket', ${other.id});`);
    await page.waitForURL(`**/agent/tickets/${other.id}`);
    const next = await harness.appFrame(page);
    expect(await refusal(next, "client.invoke('routeTo', 'search', 'tent')")).toBe(
      'APIError: "routeTo" The local Zendesk has no page "search".',
    );
  });

  test('opens a modal, exchanges messages with it and is notified when it closes; Esc returns the focus', async () => {
    const { ticket, app } = await openTicket();
    await run(
      app,
      `
      const made = (await client.invoke('instances.create', { location: 'modal', url: '/app#hello', size: { width: '400px', height: '200px' } }))['instances.create'][0];
      window.guid = made.instanceGuid;
      window.modal = client.instance(made.instanceGuid);
      modal.on('modal.close', () => log.push('closed'));
      modal.on('answer', (what) => log.push(what));
      await client.get('ticket.id');`,
    );
    const inside = await harness.appFrame(page, 1);
    const context = await run<Record<string, unknown>>(inside, 'return client.context()');
    expect(context).toMatchObject({
      location: 'modal',
      ticketId: ticket.id,
      instanceGuid: await run(app, 'return guid'),
    });
    expect(await run(app, 'return modal.context()')).toEqual(context);
    expect(
      Object.keys((await run<{ instances: object }>(app, "return client.get('instances')")).instances),
    ).toHaveLength(2);
    await run(
      inside,
      "window.question = new Promise((resolve) => client.on('question', resolve)); await client.get('currentUser.id');",
    );
    await run(app, "modal.trigger('question', { what: 'order?' });");
    expect(await run(inside, 'return question')).toEqual({ what: 'order?' });
    await run(inside, "client.trigger('answer', 'A-1');");
    expect(await logged(app, 1)).toEqual(['A-1']);
    expect(await refusal(inside, "client.get('ticket.id')")).toContain('No such Api');
    const box = await page.locator('dialog iframe').boundingBox();
    expect([box?.width, box?.height]).toEqual([400, 200]);
    await page.keyboard.press('Escape');
    expect(await logged(app, 2)).toEqual(['A-1', 'closed']);
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await refusal(app, "client.get('instances.' + guid)")).toContain('No such Api');
  });

  test('a modal closes itself', async () => {
    const { app } = await openTicket();
    await run(app, "await client.invoke('instances.create', { location: 'modal', url: '/app' });");
    const inside = await harness.appFrame(page, 1);
    // An event that has passed is delivered to a new listener only, not to all again.
    await run(app, "client.on('app.activated', () => log.push('activated')); await client.get('ticket.id');");
    await run(
      inside,
      "client.instance((await client.context()).parentGuid).on('app.activated', () => log.push('opener was'));",
    );
    expect([await logged(inside, 1), await logged(app, 1)]).toEqual([['opener was'], ['activated']]);
    await run(inside, "client.invoke('destroy');");
    await page.locator('dialog').waitFor({ state: 'detached' });
    expect(await refusal(app, "client.invoke('destroy')")).toContain('No such Api');
  });

  test('is signed in by a form with a new token on each load', async () => {
    harness.install({ signed: true });
    const before = harness.posted.length;
    const { ticket, app } = await openTicket();
    const agentId = (await run<{ currentUser: { id: number } }>(app, "return client.get('currentUser')")).currentUser
      .id;
    const guid = await run<string>(app, 'return registered.context.instanceGuid');
    expect(harness.posted.slice(before)).toEqual([
      { url: `/app?origin=${encodeURIComponent(harness.url)}&app_guid=${guid}`, token: `token-of-${agentId}` },
    ]);
    expect(harness.frames.signed.at(-1)).toMatchObject({
      agentId,
      context: { product: 'support', location: 'ticket_sidebar', ticketId: ticket.id },
    });
    await page.reload();
    await harness.appFrame(page);
    expect(harness.posted.length - before).toBe(2);
  });

  test('knows the color scheme, and receives an event when it changes', async () => {
    const { app } = await openTicket();
    await run(app, "client.on('colorScheme.changed', (now) => log.push(now)); await client.get('colorScheme');");
    await page.selectOption('#scheme', 'dark');
    expect(await logged(app, 1)).toEqual(['dark']);
    expect(await run(app, "return client.get('colorScheme')")).toEqual({ errors: {}, colorScheme: 'dark' });
    await page.reload();
    expect(await page.getAttribute('html', 'data-scheme')).toBe('dark');
    expect(await page.inputValue('#scheme')).toBe('dark');
  });

  test('receives an event when someone else changes the ticket, and typed text stays', async () => {
    const { ticket, app } = await openTicket();
    await run(app, "client.on('ticket.updated', (by) => log.push(by.name)); await client.get('ticket.id');");
    await page.fill('#comment', 'half a thought');
    const tom = harness.account.users.findByEmail('tom@northwind.test')!;
    expectOk(
      harness.account.tickets.update(ticket.id, { comment: { body: 'I know her', public: false } }, { id: tom.id }),
    );
    expect(await logged(app, 1)).toEqual(['Tom Okafor']);
    await page.waitForSelector('#conversation >> text=I know her');
    expect(await page.inputValue('#comment')).toBe('half a thought');
  });

  test('keeps text typed while someone else’s change arrives', async () => {
    const { ticket } = await openTicket();
    // The page loads slowly, and the agent begins to type meanwhile.
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(`**/agent/tickets/${ticket.id}`, async (route) => {
      await held;
      await route.continue();
    });
    const asked = page.waitForRequest((request) => request.url().endsWith(`/agent/tickets/${ticket.id}`));
    const by = { id: harness.account.ownerId };
    expectOk(harness.account.tickets.update(ticket.id, { comment: { body: 'news', public: false } }, by));
    await asked;
    await page.fill('#comment', 'begun');
    release();
    await page.waitForSelector('#conversation >> text=news');
    expect(await page.inputValue('#comment')).toBe('begun');
  });

  test('locks the form during a save, so that no text is lost', async () => {
    const { ticket } = await openTicket();
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(`**/agent/tickets/${ticket.id}`, async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.continue();
    });
    const asked = page.waitForRequest((request) => request.method() === 'POST');
    const editable = async () => [await page.isEditable('#subject'), await page.isEditable('#comment')];
    await page.fill('#comment', 'On it');
    await page.click('#submit');
    await asked;
    expect(await editable()).toEqual([false, false]);
    release();
    await page.waitForSelector('.notices >> text=Saved.');
    expect(await editable()).toEqual([true, true]);
  });

  test('collapses and expands, and the app is notified', async () => {
    const { app } = await openTicket();
    await run(
      app,
      "for (const name of ['activated', 'deactivated', 'collapsed', 'expanded']) client.on('app.' + name, () => log.push(name)); await client.get('ticket.id');",
    );
    await page.click('.app h2 button');
    expect(await page.isVisible('.app iframe')).toBe(false);
    await page.click('.app h2 button');
    expect(await logged(app, 5)).toEqual(['activated', 'collapsed', 'deactivated', 'expanded', 'activated']);
    await run(app, "await client.invoke('app.hide');");
    expect(await page.isVisible('.app')).toBe(false);
    await run(app, "await client.invoke('app.show');");
    expect(await page.isVisible('.app')).toBe(true);
  });

  test('two apps are shown one below the other and do not receive each other’s events', async () => {
    harness.install({}, { installationId: 771, appId: 78, title: 'Second app' });
    const { app } = await openTicket();
    const second = await harness.appFrame(page, 1);
    await run(app, "client.on('hello', () => log.push('heard')); await client.get('ticket.id');");
    await run(second, "client.trigger('hello', 1); await client.get('ticket.id');");
    expect(await run(app, "return client.get('ticket.id').then(() => log)")).toEqual([]);
    const guid = await run<string>(app, 'return registered.context.instanceGuid');
    expect(await refusal(second, `client.get('instances.${guid}')`)).toContain('No such Api');
  });

  test('ignores messages from a frame that is not an app', async () => {
    const { app } = await openTicket();
    await page.evaluate(`window.answers = []; addEventListener('message', (event) => answers.push(event.data));
      window.postMessage(JSON.stringify({ id: 1, request: 'get', params: ['ticket.id'] }), location.origin);`);
    await run(app, "await client.get('ticket.id');");
    expect((await page.evaluate<unknown[]>('answers')).filter((data) => typeof data === 'object')).toEqual([]);
  });

  test('receives the id of a new ticket once it is created', async () => {
    harness.install({ location: 'new_ticket_sidebar' });
    await page.goto(`${harness.url}/agent/tickets/new`);
    const app = await harness.appFrame(page);
    expect(await run(app, "return client.get(['ticket.id', 'ticket.isNew'])")).toEqual({
      errors: {},
      'ticket.id': null,
      'ticket.isNew': true,
    });
    expect(await run(app, 'return client.context()')).toMatchObject({
      location: 'new_ticket_sidebar',
      newTicketId: 'new/1',
    });
    const told = page.waitForEvent('console', (message) => message.text().startsWith('updated'));
    const toldId = page.waitForEvent('console', (message) => message.text().startsWith('id'));
    await run(app, "client.on('ticket.id.changed', (id) => console.log('id ' + id));");
    await run(
      app,
      "client.on('context.updated', (context) => console.log('updated ' + context.ticketId)); await client.get('ticket.id');",
    );
    await page.fill('#requester_email', 'nils@mail.test');
    await page.fill('#subject', 'Called about a tent');
    await page.fill('#comment', 'He called.');
    await page.click('#submit');
    const id = Number((await told).text().replace('updated ', ''));
    expect((await toldId).text()).toBe(`id ${id}`);
    await page.waitForURL(`**/agent/tickets/${id}?saved=1`);
    expect(harness.account.tickets.find(id)).toMatchObject({ subject: 'Called about a tent', via: { channel: 'web' } });
  });

  test('full page in the navigation bar, popover in the top bar, hidden in the background', async () => {
    harness.install(
      { location: 'nav_bar', title: 'Orders' },
      { location: 'top_bar', installationId: 772 },
      { location: 'background', installationId: 773 },
    );
    await page.goto(`${harness.url}/agent/tickets/new`);
    await page.click('.rail >> text=Orders');
    await page.waitForURL('**/agent/apps/770');
    await page.click('#top-bar button');
    const locations = new Set<string>();
    for (const nth of [0, 1, 2]) {
      const app = await harness.appFrame(page, nth);
      locations.add(await run(app, 'return client.context().then(({ location }) => location)'));
    }
    expect(locations).toEqual(new Set(['background', 'nav_bar', 'top_bar']));
    expect(await page.isVisible('.popover iframe')).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.isVisible('.popover iframe')).toBe(false);
    await page.click('#top-bar button');
    const size = async () => {
      const box = await page.locator('.popover iframe').boundingBox();
      return [box?.width, box?.height];
    };
    expect(await size()).toEqual([320, 240]);
    const inBar = (await (await page.$('.popover iframe'))?.contentFrame())!;
    await run(
      inBar,
      "await client.invoke('popover'); await client.invoke('popover', 'show'); await client.invoke('popover', { width: 400, height: 300 });",
    );
    expect(await size()).toEqual([400, 300]);
    await run(inBar, "await client.invoke('popover', 'hide'); await client.invoke('preloadPane');");
    expect(await page.isVisible('.popover iframe')).toBe(false);
  });
});
