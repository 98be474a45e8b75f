// Opens a page of the app for an agent.
import type { PageSession, WallPage } from '@deskwright/shared/contract';
import type { RequestHandler, Response } from 'express';
import { z } from 'zod';
import { BUILD, describeBuild } from '../../platform/build-info.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import { createTemplates } from '../../platform/text-files/create-templates.ts';
import type { AppKey } from '../identity/app-key.ts';
import type { FindAgent } from '../identity/create-find-agent.ts';
import type { Sessions } from '../identity/create-sessions.ts';
import { verifySignedToken } from '../identity/verify-signed-token.ts';
import type { AppBuild, PageFiles, PageName } from './app-build.ts';
import { type Notice, noticesOf } from './notices.ts';
import { nonceOf } from './protect-frame.ts';

export interface PageDeps {
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
export function openPage(deps: PageDeps, page: PageName): RequestHandler {
  const notices = noticesOf(page);

  async function greet(response: Response, userId: number): Promise<void> {
    const found = await deps.findAgent(userId);
    if (found.kind === 'unavailable') return showNotice(response, notices.unavailable);
    if (found.kind === 'refused') return showNotice(response, notices[found.reason]);
    const files = deps.build()?.pages.get(page);
    if (!files) return showNotice(response, notices.notBuilt);
    const session: PageSession = { ...(await deps.sessions.open(found.agent)), version: describeBuild(BUILD) };
    sendPage(response, found.agent.locale, files, { sdkUrl: deps.sdkUrl, session });
  }

  return async (request, response) => {
    const form = formShape.safeParse(request.body);
    const verified = await verifySignedToken(deps, form.success ? form.data.token : null);
    switch (verified.kind) {
      case 'refused':
        if (verified.reason !== 'expired')
          deps.logger.warn({ page, reason: verified.reason }, 'A page of the app was opened without a valid token');
        return showNotice(response, notices[verified.reason]);
      case 'no_key':
        deps.logger.error(
          { page, reason: verified.message },
          'A page of the app cannot be opened because there is no key to verify the token',
        );
        return showNotice(response, notices.noKey);
      case 'unavailable':
        return showNotice(response, notices.unavailable);
      case 'user':
        return greet(response, verified.userId);
    }
  };
}

/** What a page is given: an agent's session, or outside Zendesk (`sdkUrl` null) a wall link's token. */
type PageData =
  | { readonly sdkUrl: string; readonly session: PageSession }
  | { readonly sdkUrl: null; readonly wall: WallPage };

export function sendPage(
  response: Response,
  language: string,
  { script, styles, preloads }: PageFiles,
  data: PageData,
) {
  const [name, value] = data.sdkUrl === null ? ['wall', data.wall] : ['session', data.session];
  const values = { language, nonce: nonceOf(response), script, styles, preloads, sdkUrl: data.sdkUrl };
  response.type('html').send(renderTemplate('page', { ...values, name, data: scriptJson(value) }));
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

/** Renders the HTML of a page, and JSON for a script element in it. */
const renderTemplate = createTemplates('sidebar/page/templates');

/** JSON in which no `<` can close the element or start a comment (HTML standard, 4.12.1.3), and which is valid JavaScript, too. */
function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
