import { generateKeyPair, SignJWT } from 'jose';
import type { Browser } from 'playwright-core';
import { until } from '../service/testing/start-house.ts';
import { findViolations } from './find-violations.ts';
import { installAppWithZcli } from './install-app.ts';
import { describeInBrowser, openBrowser } from './open-browser.ts';
import { type SidebarWorld, startSidebarWorld } from './sidebar-world.ts';

// The app comes into the local Zendesk as an admin brings it there: by the real ZCLI, over TLS.
describeInBrowser('the sidebar, installed with ZCLI', () => {
  let browser: Browser;
  let world: SidebarWorld;
  beforeAll(async () => {
    browser = await openBrowser();
    world = await startSidebarWorld(browser, { installApp: installAppWithZcli, zendesk: { https: 0 } });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const userOf = (email: string) => world.zendesk.account.users.findByEmail(email)!;
  const frameFor = (email: string) => world.zendesk.apps.at('ticket_sidebar', userOf(email))[0]!;

  /** Brings the token to the sidebar's door, as Zendesk's form does. Gives back the page. */
  const bring = async (token: string) => {
    const response = await fetch(`${world.serviceUrl}/app/sidebar?origin=${world.zendesk.url}&app_guid=g`, {
      method: 'POST',
      body: new URLSearchParams({ token }),
    });
    return { status: response.status, html: await response.text() };
  };
  const claims = (email: string) => ({
    iss: new URL(world.zendesk.url).host,
    aud: `${world.zendesk.url}/api/v2/apps/installations/${frameFor(email).installationId}.json`,
    sub: `${world.zendesk.url}/api/v2/users/${userOf(email).id}.json`,
    jti: 'made-by-a-stranger',
    context: { product: 'support', location: 'ticket_sidebar' },
  });
  const signed = (email: string, key: Parameters<SignJWT['sign']>[0], secondsAgo = 0) => {
    const iat = Math.floor(Date.now() / 1000) - secondsAgo;
    return new SignJWT({ ...claims(email), iat, exp: iat + 300 }).setProtectedHeader({ alg: 'RS256' }).sign(key);
  };

  test('opens beside a ticket', async () => {
    const id = await world.aTicket({ subject: 'Money', message: 'I want a refund.' });
    const page = await world.asAgent('priya@northwind.test');
    const sidebar = await world.openTicket(page, id);
    expect(await sidebar.getByText('Refund up to').isVisible()).toBe(true);
    await page.context().close();
  });

  test('a forged token opens nothing', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    const { status, html } = await bring(await signed('priya@northwind.test', privateKey));
    expect(status).toBe(401);
    expect(html).not.toContain('accessToken');
  });

  test('an expired token opens nothing, though Zendesk signed it', async () => {
    const { appId } = frameFor('priya@northwind.test');
    const key = world.zendesk.apps.key(appId)!.privateKey;
    expect((await bring(await signed('priya@northwind.test', key, 0))).status).toBe(200);
    const { status, html } = await bring(await signed('priya@northwind.test', key, 3_600));
    expect(status).toBe(401);
    expect(html).not.toContain('accessToken');
    const page = await browser.newPage();
    await page.setContent(html);
    expect(await findViolations(page)).toEqual([]);
    await page.close();
  });

  test("another agent's ticket is refused on the server, whatever the page asks", async () => {
    const id = await world.aTicket({ subject: 'App', message: 'The app crashes with an error code at the checkout.' });
    const { account, apps } = world.zendesk;
    await until('it is with tier 2', () => {
      const group = account.tickets.find(id)?.group_id;
      return group != null && account.groups.find(group)?.name === 'Support Tier 2';
    });
    const trainee = 'trainee@northwind.test';
    const { html } = await bring(await apps.sign(frameFor(trainee), userOf(trainee), { product: 'support' }));
    const session = JSON.parse(/id="deskwright-session">(.*?)<\/script>/s.exec(html)![1]!) as { accessToken: string };
    const call = (path: string, method = 'GET', body?: object) =>
      fetch(`${world.serviceUrl}/api/tickets/${id}${path}`, {
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

  test('an end user and a suspended agent get no session', async () => {
    const { account } = world.zendesk;
    const { appId } = frameFor('priya@northwind.test');
    const key = world.zendesk.apps.key(appId)!.privateKey;
    await world.aTicket({ subject: 'Money', message: 'I want a refund.', email: 'guest@mail.test' });
    expect((await bring(await signed('guest@mail.test', key))).status).toBe(403);
    account.users.update(userOf('tom@northwind.test').id, { suspended: true }, { id: account.ownerId });
    expect((await bring(await signed('tom@northwind.test', key))).status).toBe(403);
  });
});
