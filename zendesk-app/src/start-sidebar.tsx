// What happens from the page's load to the first card?
import type { ReactNode } from 'react';
import { createService } from './api/service.ts';
import { makeFormats } from './i18n/formats.ts';
import { loadWords } from './i18n/load-words.ts';
import { chooseLocale } from './i18n/locales.ts';
import type { Words } from './i18n/words-context.tsx';
import { readSession } from './read-session.ts';
import { Frame } from './screens/frame.tsx';
import { MessageScreen } from './screens/message-screen.tsx';
import { SidebarScreen } from './screens/sidebar-screen.tsx';
import { createDrafts } from './state/drafts.ts';
import { connectHost } from './zaf/connect-host.ts';
import type { ZafSdk } from './zaf/zaf-client.ts';

export interface StartDeps {
  readonly page: Document;
  readonly sdk: ZafSdk | undefined;
  readonly render: (screen: ReactNode) => void;
  readonly fetch: typeof fetch;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A number from 0 to 1. */
  readonly random: () => number;
  readonly newId: () => string;
}

/** The words are fetched while Zendesk shakes hands: each takes about as long as the other. */
export async function startSidebar(deps: StartDeps): Promise<void> {
  const { page, render, now } = deps;
  const session = readSession(page);
  const expected = session?.agent.locale ?? page.documentElement.lang;
  const [host, first] = await Promise.all([connectHost(deps.sdk), makeWords(expected, now)]);
  const wanted = host?.locale ?? expected;
  const words = wanted === expected ? first : await makeWords(wanted, now);
  page.documentElement.lang = words.locale.words;
  page.documentElement.dir = words.locale.direction;

  if (host === null || session === null) {
    render(
      <Frame scheme={host?.colorScheme ?? 'light'} words={words} host={host}>
        <MessageScreen kind="danger" message={words.t(host === null ? 'page.outside' : 'page.no_session')} />
      </Frame>,
    );
    return;
  }
  const service = createService({ fetch: deps.fetch, now, session });
  render(
    <SidebarScreen
      host={host}
      words={words}
      deps={{ service, now, random: deps.random, agentName: session.agent.name }}
      drafts={createDrafts()}
      newId={deps.newId}
    />,
  );
}

async function makeWords(wanted: string, now: () => number): Promise<Words> {
  const locale = chooseLocale(wanted);
  return { t: await loadWords(locale), format: makeFormats(locale, now), locale };
}
