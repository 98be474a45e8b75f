// Which browser do the journeys use?
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's; `CHROMIUM` names another. */
const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** `describe`, or one that shows in the report that its journeys were skipped. */
export const describeInBrowser = existsSync(CHROMIUM) ? describe : describe.skip;
if (!existsSync(CHROMIUM)) process.stderr.write(`No browser at ${CHROMIUM}: the journeys in a browser are skipped.\n`);

/** Quiet and offline but for the pages under test. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
