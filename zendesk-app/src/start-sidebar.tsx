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
import { createTicketStore, type TicketStore } from './state/ticket-store.ts';
import { connectHost } from './zaf/connect-host.ts';
import type { Host } from './zaf/host.ts';
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
  const service = session === null ? null : createService({ fetch: deps.fetch, now, session });
  const storeDeps =
    session === null || service === null ? null : { service, now, random: deps.random, agentName: session.agent.name };

  /** The card is asked for as soon as its ticket is known: before the words are there, and before React has drawn anything. */
  async function connect(): Promise<{ host: Host | null; store: TicketStore | null }> {
    const host = await connectHost(deps.sdk);
    if (host === null || host.ticketId === null || storeDeps === null) return { host, store: null };
    const store = createTicketStore(storeDeps, host.ticketId);
    store.setActive(page.visibilityState === 'visible');
    return { host, store };
  }

  const [{ host, store }, first] = await Promise.all([connect(), makeWords(expected, now)]);
  const wanted = host?.locale ?? expected;
  const words = wanted === expected ? first : await makeWords(wanted, now);
  page.documentElement.lang = words.locale.words;
  page.documentElement.dir = words.locale.direction;

  if (host === null || storeDeps === null) {
    render(
      <Frame scheme={host?.colorScheme ?? 'light'} words={words} host={host}>
        <MessageScreen kind="danger" message={words.t(host === null ? 'page.outside' : 'page.no_session')} />
      </Frame>,
    );
    return;
  }
  render(
    <SidebarScreen
      host={host}
      words={words}
      deps={storeDeps}
      firstStore={store}
      drafts={createDrafts()}
      newId={deps.newId}
    />,
  );
}

async function makeWords(wanted: string, now: () => number): Promise<Words> {
  const locale = chooseLocale(wanted);
  return { t: await loadWords(locale), format: makeFormats(locale, now), locale };
}
