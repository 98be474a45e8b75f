// Opens the sidebar for an agent.
import type { PageSession } from '@deskwright/shared/contract';
import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { BUILD, describeBuild } from '../../platform/build-info.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { AppKey } from '../identity/app-key.ts';
import type { FindAgent } from '../identity/create-find-agent.ts';
import type { Sessions } from '../identity/create-sessions.ts';
import { verifySignedToken } from '../identity/verify-signed-token.ts';
import type { AppBuild } from './app-build.ts';
import { NO_AGENT_NOTICES, NOTICES, type Notice } from './notices.ts';
import { nonceOf } from './protect-frame.ts';
import { renderTemplate, scriptJson } from './render-template.ts';

export interface SidebarDeps {
  appKey: AppKey;
  sessions: Sessions;
  findAgent: FindAgent;
  /** Null: not built. */
  build: () => AppBuild | null;
  accountUrl: string;
  sdkUrl: string;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'warn' | 'error'>;
}

const formShape = z.object({ token: z.string().max(8_000) });

/** The only point at which Zendesk authenticates the agent: from here on the page uses our own tokens. */
export function openSidebar(deps: SidebarDeps): RequestHandler {
  return async (request, response) => {
    const form = formShape.safeParse(request.body);
    const verified = await verifySignedToken(deps, form.success ? form.data.token : null);
    switch (verified.kind) {
      case 'refused':
        if (verified.reason !== 'expired')
          deps.logger.warn({ reason: verified.reason }, 'The sidebar was opened without a valid token');
        return showNotice(response, NOTICES[verified.reason]);
      case 'no_key':
        deps.logger.error(
          { reason: verified.message },
          'The sidebar cannot be opened because there is no key to verify the token',
        );
        return showNotice(response, NOTICES.noKey);
      case 'unavailable':
        return showNotice(response, NOTICES.unavailable);
      case 'user':
        return greet(deps, response, verified.userId);
    }
  };
}

async function greet(deps: SidebarDeps, response: Response, userId: number): Promise<void> {
  const found = await deps.findAgent(userId);
  if (found.kind === 'unavailable') return showNotice(response, NOTICES.unavailable);
  if (found.kind === 'refused') return showNotice(response, NO_AGENT_NOTICES[found.reason]);
  const build = deps.build();
  if (!build) return showNotice(response, NOTICES.notBuilt);
  const session: PageSession = { ...(await deps.sessions.open(found.agent)), version: describeBuild(BUILD) };
  const { script, styles, preloads } = build;
  response.type('html').send(
    renderTemplate('sidebar', {
      language: found.agent.locale,
      nonce: nonceOf(response),
      sdkUrl: deps.sdkUrl,
      session: scriptJson(session),
      script,
      styles,
      preloads,
    }),
  );
}

/** Seconds. */
const RETRY_AFTER_S = 5;

export function showNotice(response: Response, { status, title, text }: Notice): void {
  if (status === 503) response.set('Retry-After', String(RETRY_AFTER_S));
  response
    .status(status)
    .type('html')
    .send(renderTemplate('notice', { title, text, nonce: nonceOf(response) }));
}
