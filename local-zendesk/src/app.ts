// Assembles the routes on the local Zendesk's port.
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import { assetRouter } from './apps/assets/asset-router.ts';
import type { Apps } from './apps/create-apps.ts';
import { createBackOffice } from './back-office/back-office.ts';
import { backOfficeRouter } from './back-office/back-office-router.ts';
import { type ControlDeps, controlRouter } from './control/control-router.ts';
import { mailRouter } from './mail/mail-router.ts';
import { agentRouter } from './pages/agent/agent-router.ts';
import type { Presence } from './pages/agent/presence.ts';
import { pageHeaders } from './pages/page-headers.ts';
import { startPage } from './pages/start-page.ts';
import { STYLE } from './pages/style.ts';
import { slackRouter } from './slack/slack-router.ts';
import type { SlackWorkspace } from './slack/slack-workspace.ts';

export interface AppDeps extends ControlDeps {
  /** Zendesk's REST API and OAuth endpoint. */
  restApi: Router;
  /** Installed apps, which the agent workspace frames. */
  apps: Apps;
  presence: Presence;
  slack: SlackWorkspace;
  addresses: () => { url: string; smtpUrl: string };
}

export function createApp(deps: AppDeps): Express {
  const { account, clock, mailbox, restApi } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.get('/assets/style.css', (_request, response) => void response.type('css').send(STYLE));
  const pages = ['/agent', '/mail', '/slack', '/control'];
  app.use((request, response, next) => {
    const isPage =
      request.path === '/' || pages.some((path) => request.path === path || request.path.startsWith(`${path}/`));
    if (isPage) pageHeaders(request, response, next);
    else next();
  });
  app.get('/', (_request, response) => {
    const openTickets = account.tickets
      .list()
      .filter(({ status }) => status !== 'solved' && status !== 'closed').length;
    const [mails, slackPosts] = [mailbox.list().length, deps.slack.posts().length];
    response.send(startPage({ ...deps.addresses(), openTickets, mails, slackPosts }));
  });
  app.use(mailRouter(mailbox, clock.now));
  app.use(slackRouter(deps.slack, Date.now));
  app.use(deps.stripe.router);
  app.use(backOfficeRouter(createBackOffice(Date.now)));
  app.use(controlRouter(deps));
  app.use(agentRouter(account, { frames: deps.apps, presence: deps.presence }));
  app.use(assetRouter(deps.apps));
  app.use(restApi);
  app.use((_request, response) => {
    response.status(404).json({ error: 'InvalidEndpoint', description: 'Not found' });
  });
  app.use(explainBadRequest);
  return app;
}

/** Broken JSON and oversized bodies of our own pages are the sender's fault, not a crash. */
const explainBadRequest: ErrorRequestHandler = (
  error: { status?: number; message?: string },
  _request,
  response,
  next,
) => {
  if (response.headersSent || error.status === undefined || error.status >= 500) next(error);
  else
    response
      .status(error.status)
      .json({ error: 'BadRequest', description: error.message ?? 'The request cannot be read.' });
};
