// Starts the agent workspace with a test app in it.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import type { Account } from '../../local-zendesk/src/account/account.ts';
import type { User } from '../../local-zendesk/src/account/types.ts';
import { findStaff } from '../../local-zendesk/src/actions/agent-actions.ts';
import type { AppFrame } from '../../local-zendesk/src/apps/types.ts';
import { createZendeskApi } from '../../local-zendesk/src/http/create-zendesk-api.ts';
import { KEEP_ALIVE_MS } from '../../local-zendesk/src/listen.ts';
import { agentRouter } from '../../local-zendesk/src/pages/agent/agent-router.ts';
import { pageHeaders } from '../../local-zendesk/src/pages/page-headers.ts';
import { STYLE } from '../../local-zendesk/src/pages/style.ts';
import { aNorthwind } from '../../local-zendesk/src/testing/a-northwind.ts';
import { aFrame, type SomeFrames, someFrames } from '../../local-zendesk/src/testing/some-frames.ts';

/** Another build of the SDK than the one from npm, such as one of Zendesk's own source: a script that sets `window.ZAFClient`. */
const OTHER_SDK = process.env.ZAF_SDK;

/** Every page of the test app: the SDK, its client as `client`, and a log of what happened. */
const appPage = (
  sdk: string,
) => `<!doctype html><html lang="en"><title>Test app</title><h1>Test app</h1><p id="posted"></p>
<script src="${sdk}"></script><script>window.log = []; window.client = ZAFClient.init((data) => { window.registered = data; });</script></html>`;

export interface WorkspaceHarness {
  account: Account;
  frames: SomeFrames;
  /** Form posts with a token that the app's page received. */
  posted: { url: string; token: string }[];
  url: string;
  appUrl: string;
  /** Replaces the installed apps. */
  install(...given: Partial<AppFrame>[]): void;
  signIn(context: BrowserContext, email?: string): Promise<User>;
  /** The nth frame of the app, once its client is registered. */
  appFrame(page: Page, nth?: number): Promise<Frame>;
  stop(): Promise<void>;
}

/** Starts the workspace on one port and the app on another. */
export async function startWorkspace(): Promise<WorkspaceHarness> {
  const account = aNorthwind();
  const placed: AppFrame[] = [];
  const frames = someFrames(() => placed);
  const posted: { url: string; token: string }[] = [];
  const workspace = express()
    .get('/assets/style.css', (_request, response) => void response.type('css').send(STYLE))
    .use('/agent', pageHeaders)
    .use(agentRouter(account, { frames }))
    .use(createZendeskApi({ account, searchLagMs: 0 }));
  const workspaceServer = await listen(createServer(workspace));
  const app = express()
    .use(express.urlencoded({ extended: false }))
    .all('/app', (request, response) => {
      const token = (request.body as { token?: string } | undefined)?.token;
      if (token !== undefined) posted.push({ url: request.originalUrl, token });
      response.send(
        appPage(
          OTHER_SDK === undefined
            ? `${workspaceServer.url}/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js`
            : '/zaf_sdk.js',
        ),
      );
    })
    .get('/zaf_sdk.js', (_request, response) => {
      response.type('text/javascript').send(OTHER_SDK === undefined ? '' : readFileSync(OTHER_SDK, 'utf8'));
    })
    .get(
      '/cors.json',
      (_request, response) => void response.set('access-control-allow-origin', '*').json({ hello: 'cors' }),
    );
  const appServer = await listen(createServer(app));

  return {
    account,
    frames,
    posted,
    url: workspaceServer.url,
    appUrl: appServer.url,
    install: (...given) => {
      placed.splice(0, placed.length, ...given.map((one) => aFrame({ url: `${appServer.url}/app`, ...one })));
    },
    signIn: async (context, email = 'priya@northwind.test') => {
      const agent = findStaff(account, email);
      if (agent === undefined) throw new Error(`No agent has the email ${email}.`);
      await context.addCookies([{ name: 'local_zendesk_agent', value: String(agent.id), url: workspaceServer.url }]);
      return agent;
    },
    appFrame: (page, nth = 0) => appFrame(page, appServer.url, nth),
    stop: async () => {
      await Promise.all([workspaceServer.stop(), appServer.stop()]);
    },
  };
}

async function appFrame(page: Page, url: string, nth: number): Promise<Frame> {
  const deadline = Date.now() + 150_000;
  for (;;) {
    const frame = page.frames().filter((one) => one.url().startsWith(url))[nth];
    if (frame !== undefined) {
      await frame.waitForFunction('window.registered !== undefined', undefined, { timeout: 150_000 });
      return frame;
    }
    if (Date.now() > deadline) throw new Error('The app was not loaded in a frame.');
    await page.waitForTimeout(20);
  }
}

async function listen(server: Server): Promise<{ url: string; stop: () => Promise<void> }> {
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
