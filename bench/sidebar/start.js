// Starts the local Zendesk with the app installed, the built service and a browser in which an agent is signed in.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { startWithApp } from '../built-service.js';
import { SMOKE, sized } from '../part.js';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Ends a smoke run where there is no browser. */
export function skipWithoutBrowser() {
  if (!SMOKE || existsSync(CHROMIUM)) return;
  console.log(`Skipped: there is no browser at ${CHROMIUM}`);
  process.exit(0);
}

/**
 * @param {{ backlog: number, env?: (zendesk: import('@deskwright/local-zendesk').LocalZendesk) => Record<string, string> }} options `backlog`: tickets. `env`: further settings of the service
 */
export async function startSidebar({ backlog, env = () => ({}) }) {
  const { zendesk, service } = await startWithApp({
    backlog,
    env: (started) => ({
      ZENDESK_APP_SDK_URL: `${started.url}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js`,
      ...env(started),
    }),
  });
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--headless', '--no-sandbox', '--disable-gpu'],
  });

  const unsolved = () => zendesk.account.tickets.list().filter(({ status }) => !['solved', 'closed'].includes(status));
  /** Until all open tickets are decided, and their last webhooks through. */
  async function settled() {
    while (!unsolved().every(({ tags }) => tags.some((tag) => tag.startsWith('category__')))) await sleep(200);
    await sleep(sized(5_000, 500));
  }
  /** A page of the agent Priya. */
  async function aPage() {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const priya = zendesk.account.users.findByEmail('priya@northwind.test');
    if (!priya) throw new Error('The local Zendesk has no Priya');
    await context.addCookies([{ name: 'local_zendesk_agent', value: String(priya.id), url: zendesk.url }]);
    return context.newPage();
  }
  async function stop() {
    await browser.close();
    service.child.kill('SIGTERM');
    await service.ended;
    await zendesk.stop();
  }
  /** Ids of the tickets that are neither solved nor closed. */
  const openIds = () => unsolved().map(({ id }) => id);
  return { zendesk, service, openIds, settled, aPage, stop };
}

/** @param {readonly number[]} times @param {number} share 0.95: all but the slowest twentieth */
export function quantile(times, share) {
  return times.toSorted((a, b) => a - b)[Math.floor((times.length - 1) * share)];
}
