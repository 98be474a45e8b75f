// Opens the browser for the end-to-end tests.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's; `CHROMIUM` names another. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** `describe` where a browser is installed, `describe.skip` otherwise. */
export const describeInBrowser = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) process.stderr.write(`No browser at ${CHROMIUM}: the browser tests are skipped.\n`);

/** Without background networking, so that only the pages under test use the network. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      // Frames of other origins read this screen, and not the one that Playwright emulates.
      '--screen-info={1440x900}',
      '--disable-quic',
      // The pages of surveys look at `navigator.webdriver`, and the tests play customers.
      '--disable-blink-features=AutomationControlled',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
