// Routes that the workspace's script calls on behalf of apps.
import { Router } from 'express';
import { z } from 'zod';
import type { User } from '../../account/types.ts';
import type { AppFrame, AppLocation } from '../../apps/types.ts';
import { html } from '../html.ts';
import { sendMissing, sendWorkspace, type WorkspaceDeps } from './send-workspace.ts';
import { agentOf, signedIn, wantsZcliApps } from './session.ts';

const LOCATIONS = [
  'ticket_sidebar',
  'new_ticket_sidebar',
  'user_sidebar',
  'organization_sidebar',
  'top_bar',
  'nav_bar',
  'background',
  'modal',
  'ticket_editor',
  'system_top_bar',
  'custom_object_record_sidebar',
] as const satisfies readonly AppLocation[];

const tokenBody = z.object({
  installationId: z.number(),
  location: z.enum(LOCATIONS),
  context: z.record(z.string(), z.unknown()),
});

const proxyBody = z.object({
  installationId: z.number(),
  request: z.object({
    // A setting may hold the whole address; what it turns out to be is checked when it is filled in.
    url: z.union([z.url({ protocol: /^https?$/ }), z.string().startsWith('{{setting.')]),
    type: z.string().regex(/^[A-Z]+$/),
    headers: z.record(z.string(), z.string()),
    contentType: z.string().nullable(),
    data: z.string().nullable(),
    secure: z.boolean(),
    timeoutMs: z.number().positive().nullable(),
    jwt: z.record(z.string(), z.unknown()).nullable(),
  }),
});

/** As Zendesk's own address of an app in the bar has its name. */
const slugOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** `GET /agent/apps/:installation` (full page; also by the app's name), `POST /agent/apps/token`, `POST /agent/apps/proxy`. */
export function appRoutes(deps: WorkspaceDeps): Router {
  const { account, frames } = deps;
  const router = Router();
  const frameOf = (agent: User, location: AppLocation, installationId: number): AppFrame | undefined =>
    frames.at(location, agent).find((frame) => frame.installationId === installationId);
  const sees = (agent: User, installationId: number): boolean =>
    LOCATIONS.some((location) => frameOf(agent, location, installationId) !== undefined);

  router.get('/agent/apps/:installation', (request, response) => {
    const agent = signedIn(account, request, response);
    if (agent === null) return;
    const wanted = request.params.installation;
    const frame =
      frameOf(agent, 'nav_bar', Number(wanted)) ??
      frames.at('nav_bar', agent).find(({ title }) => slugOf(title) === wanted);
    // ZCLI's apps are known to the page's script only.
    if (frame === undefined && !wantsZcliApps(request)) {
      sendMissing(deps, request, response, agent, 'There is no such app, or it is not for you.');
      return;
    }
    const id = frame?.installationId ?? Number(request.params.installation);
    const title = frame?.title ?? 'App';
    sendWorkspace(deps, request, response, agent, {
      title,
      at: id,
      body: html`<h1 class="sr">${title}</h1><div class="app-page" id="app-page" data-installation="${id}"><noscript><p class="card">Apps need JavaScript.</p></noscript></div>`,
    });
  });

  router.post('/agent/apps/token', async (request, response) => {
    const agent = agentOf(account, request);
    const body = tokenBody.safeParse(request.body);
    if (agent === undefined || !body.success) {
      response
        .status(agent === undefined ? 401 : 422)
        .json({ error: 'A token needs an agent, an app and a location.' });
      return;
    }
    const { installationId, location, context } = body.data;
    const frame = frameOf(agent, location, installationId);
    if (frame === undefined) response.status(404).json({ error: 'There is no such app, or it is not for you.' });
    else response.json({ token: await frames.sign(frame, agent, context) });
  });

  router.post('/agent/apps/proxy', async (request, response) => {
    const agent = agentOf(account, request);
    const body = proxyBody.safeParse(request.body);
    if (agent === undefined || !body.success) {
      response.status(agent === undefined ? 401 : 422).json({ error: 'The request cannot be read.' });
      return;
    }
    const { installationId, request: wanted } = body.data;
    if (!sees(agent, installationId))
      response.status(404).json({ error: 'There is no such app, or it is not for you.' });
    else response.json(await frames.proxy(installationId, wanted));
  });
  return router;
}
