import type { Browser } from 'playwright-core';
import { aFolder, aPackage } from '../../local-zendesk/src/apps/testing/a-package.ts';
import { type LocalZendesk, startLocalZendesk } from '../../local-zendesk/src/index.ts';
import { describeInBrowser, openBrowser } from '../open-browser.ts';

/** Takes the SDK's URL from the page's own, because the port is only known at run time. */
const PAGE = `<!doctype html><html lang="en"><title>Packed</title><script>
const sdk = document.createElement('script');
sdk.src = new URL(location.href).searchParams.get('origin') + '/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js';
sdk.onload = () => { window.client = ZAFClient.init((data) => { window.registered = data; }); };
document.head.append(sdk);
</script></html>`;

describeInBrowser('a page of an installed package', () => {
  let browser: Browser;
  let zendesk: LocalZendesk;
  beforeAll(async () => {
    const files = aPackage(
      { location: { support: { nav_bar: 'assets/index.html' } } },
      { 'assets/index.html': PAGE, 'assets/more.html': PAGE },
    );
    zendesk = await startLocalZendesk({ port: 0, smtpPort: 0, backlog: 0, apps: [{ path: aFolder(files) }] });
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await zendesk?.stop();
  });

  test('talks to the workspace, but cannot reach its page or its session', async () => {
    const page = await browser.newPage();
    await page.goto(`${zendesk.url}/agent/who`);
    await page.click('button.card >> nth=0');
    await page.click('.rail >> text=Weather');
    const packed = async (name: string) => {
      const handle = await page.waitForSelector(`iframe[src*="/assets/${name}"]`);
      const frame = await handle.contentFrame();
      await frame?.waitForFunction('window.registered !== undefined');
      return frame!;
    };
    const app = await packed('index.html');
    expect(await app.evaluate('client.get("currentUser.name")')).toMatchObject({ errors: {} });
    expect(
      await app.evaluate('(() => { try { return parent.document.title; } catch ({ name }) { return name; } })()'),
    ).toBe('SecurityError');
    expect(await app.evaluate('fetch("/agent/apps/token", { method: "POST" }).then(({ status }) => status)')).toBe(401);
    await app.evaluate('client.invoke("instances.create", { location: "modal", url: "assets/more.html" })');
    const { 'assetURL:more.html': asset } = await app.evaluate<Record<string, string>>(
      'client.get("assetURL:more.html")',
    );
    expect(new URL(asset ?? '', zendesk.url).pathname).toMatch(/^\/app-assets\/\d+\/assets\/more\.html$/);
    expect((await fetch(asset ?? '')).status).toBe(200);
    const modal = await packed('more.html');
    expect(await modal.evaluate('client.context().then(({ location }) => location)')).toBe('modal');
  });
});
