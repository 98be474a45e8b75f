// Starts the dashboard: finds out who sees it, connects to Zendesk, loads texts, renders.
import type { WallPage } from '@deskwright/shared/contract';
import type { ReactNode } from 'react';
import { makeFormats } from '../base/i18n/formats.ts';
import { chooseLocale } from '../base/i18n/locales.ts';
import { loadTexts } from '../base/i18n/texts.ts';
import { readSession } from '../base/service/read-session.ts';
import { createServiceClient } from '../base/service/service-client.ts';
import { connectHost } from '../base/zendesk/connect-host.ts';
import type { ZafSdk } from '../base/zendesk/zaf-client.ts';
import { DashboardApp } from './dashboard-app.tsx';
import type { Page } from './data/page-context.tsx';
import { createWallClient } from './data/wall-client.ts';
import { texts } from './texts.ts';

export interface StartDeps {
  readonly page: Document;
  readonly sdk: ZafSdk | undefined;
  readonly render: (screen: ReactNode) => void;
  readonly fetch: typeof fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A number from 0 to 1. */
  readonly random: () => number;
  /** The layout's direction; that of the language by default. */
  readonly direction?: 'ltr' | 'rtl';
}

export async function startDashboard(deps: StartDeps): Promise<void> {
  const { page, now, random } = deps;
  const wall = readWall(page);
  const session = wall === null ? readSession(page) : null;
  const host = wall === null ? await connectHost(deps.sdk) : null;
  const wanted = host?.locale ?? session?.agent.locale ?? wall?.locale ?? page.documentElement.lang;
  const chosen = chooseLocale(wanted);
  const locale = deps.direction === undefined ? chosen : { ...chosen, direction: deps.direction };
  const language = {
    texts: await loadTexts(locale, [texts]),
    locale,
    format: makeFormats(locale, now, host?.timeZone),
  };
  page.documentElement.lang = locale.texts;
  page.documentElement.dir = locale.direction;

  const common = { locale, texts: language.texts, host, now, random };
  const shown: Page | null =
    wall !== null
      ? {
          ...common,
          kind: 'wall',
          service: createWallClient({ fetch: deps.fetch, token: wall.token }),
          version: wall.version,
        }
      : session !== null
        ? {
            ...common,
            kind: 'agent',
            service: createServiceClient({ fetch: deps.fetch, now, session }),
            version: session.version,
          }
        : null;
  deps.render(<DashboardApp language={language} host={host} page={shown} />);
}

/** Null: the page belongs to an agent. */
function readWall(page: Document): WallPage | null {
  const text = page.getElementById('deskwright-wall')?.textContent;
  return text == null || text === '' ? null : (JSON.parse(text) as WallPage);
}
