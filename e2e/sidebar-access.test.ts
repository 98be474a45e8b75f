import { generateKeyPair, SignJWT } from 'jose';
import type { Browser } from 'playwright-core';
import { until } from '../service/testing/start-harness.ts';
import { findViolations } from './find-violations.ts';
import { installAppWithZcli } from './install-app.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SidebarHarness, startSidebarHarness } from './sidebar-harness.ts';

// The app is installed as an admin installs it: with the real ZCLI, over TLS.
describeInBrowser('the sidebar, installed with ZCLI', () => {
  let browser: Browser;
  let harness: SidebarHarness;
  beforeAll(async () => {
    browser = await openBrowser();
    harness = await startSidebarHarness(browser, { installApp: installAppWithZcli, zendesk: { https: 0 } });
    // Before the service reads the team for the first time; it hears of later changes within two minutes.
    const { account } = harness.zendesk;
    account.users.update(userOf('tom@northwind.test').id, { suspended: true }, { id: account.ownerId });
  });
  afterAll(async () => {
    await browser?.close();
    await harness?.stop();
  });

  const userOf = (email: string) => harness.zendesk.account.users.findByEmail(email)!;
  const frameFor = (email: string) => harness.zendesk.apps.at('ticket_sidebar', userOf(email))[0]!;

  /** Posts the token to the service, as Zendesk's form does. Returns the page. */
  const postToken = async (token: string) => {
    const response = await fetch(`${harness.serviceUrl}/app/sidebar?origin=${harness.zendesk.url}&app_guid=g`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
    return { status: response.status, html: await response.text() };
  };
  const claims = (email: string) => ({
    iss: new URL(harness.zendesk.url).host,
    aud: `${harness.zendesk.url}/api/v2/apps/installations/${frameFor(email).installationId}.json`,
    sub: `${harness.zendesk.url}/api/v2/users/${userOf(email).id}.json`,
    jti: 'made-by-a-stranger',
    context: { product: 'support', location: 'ticket_sidebar' },
  });
  const signed = (email: string, key: Parameters<SignJWT['sign']>[0], secondsAgo = 0) => {
    const iat = Math.floor(Date.now() / 1000) - secondsAgo;
    return new SignJWT({ ...claims(email), iat, exp: iat + 300 }).setProtectedHeader({ alg: 'RS256' }).sign(key);
  };

  test('opens beside a ticket', async () => {
    const id = await harness.aTicket({ subject: 'Money', message: 'I want a refund.' });
    const page = await harness.asAgent('priya@northwind.test');
    const sidebar = await harness.openTicket(page, id);
    expect(await sidebar.getByText('Refund up to').isVisible()).toBe(true);
    await page.context().close();
  });

  test('rejects a forged token', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const { status, html } = await postToken(await signed('priya@northwind.test', privateKey));
    expect(status).toBe(401);
    expect(html).not.toContain('accessToken');
  });

  test('rejects an expired token, even one that Zendesk signed', async () => {
    const { appId } = frameFor('priya@northwind.test');
    const key = harness.zendesk.apps.key(appId)!.privateKey;
    expect((await postToken(await signed('priya@northwind.test', key, 0))).status).toBe(200);
    const { status, html } = await postToken(await signed('priya@northwind.test', key, 3_600));
    expect(status).toBe(401);
    expect(html).not.toContain('accessToken');
    const page = await browser.newPage();
    await page.setContent(html);
    expect(await findViolations(page)).toEqual([]);
    await page.close();
  });

  test("the server refuses another agent's ticket whatever the page requests", async () => {
    const id = await harness.aTicket({
      subject: 'App',
      message: 'The app crashes with an error code at the checkout.',
    });
    const { account, apps } = harness.zendesk;
    await until('it is with tier 2', () => {
      const group = account.tickets.find(id)?.group_id;
      return group != null && account.groups.find(group)?.name === 'Support Tier 2';
    });
    const trainee = 'trainee@northwind.test';
    const { html } = await postToken(await apps.sign(frameFor(trainee), userOf(trainee), { product: 'support' }));
    const session = JSON.parse(/id="deskwright-session">(.*?)<\/script>/s.exec(html)![1]!) as { accessToken: string };
    const call = (path: string, method = 'GET', body?: object) =>
      fetch(`${harness.serviceUrl}/api/tickets/${id}${path}`, {
        method,
        headers: { authorization: `Bearer ${session.accessToken}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    expect((await call('/card')).status).toBe(403);
    expect((await call('/category', 'PUT', { from: 'other', category: 'refunds' })).status).toBe(403);
    const form = { to: { kind: 'tier', id: 't3' }, fields: { summary: 'x' }, requestId: crypto.randomUUID() };
    expect((await call('/escalations', 'POST', form)).status).toBe(403);
    expect(account.tickets.find(id)!.tags).toContain('category__bug');
  });

  test('gives end users and suspended agents no session', async () => {
    const { appId } = frameFor('priya@northwind.test');
    const key = harness.zendesk.apps.key(appId)!.privateKey;
    await harness.aTicket({ subject: 'Money', message: 'I want a refund.', email: 'guest@mail.test' });
    expect((await postToken(await signed('guest@mail.test', key))).status).toBe(403);
    expect((await postToken(await signed('tom@northwind.test', key))).status).toBe(403);
  });
});
