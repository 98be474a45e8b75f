// Starts the sidebar: connects to Zendesk, loads texts and the first card, renders.
import type { ReactNode } from 'react';
import { makeFormats } from './base/i18n/formats.ts';
import { chooseLocale } from './base/i18n/locales.ts';
import { baseTexts, loadTexts } from './base/i18n/texts.ts';
import type { AgentLanguage } from './base/i18n/texts-context.tsx';
import { Frame } from './base/layout/frame.tsx';
import { MessageScreen } from './base/layout/message-screen.tsx';
import { readSession } from './base/service/read-session.ts';
import { createServiceClient } from './base/service/service-client.ts';
import { createDrafts } from './base/ticket/drafts.ts';
import { createTicketStore, type TicketStore } from './base/ticket/ticket-store.ts';
import { connectHost } from './base/zendesk/connect-host.ts';
import type { Host } from './base/zendesk/host.ts';
import type { ZafSdk } from './base/zendesk/zaf-client.ts';
import { CARDS } from './cards.ts';
import { checkBeforeSending } from './screens/before-sending/check-before-sending.ts';
import { texts as beforeSendingTexts } from './screens/before-sending/texts.ts';
import { SidebarScreen } from './screens/sidebar-screen.tsx';
import { texts as ticketScreenTexts } from './screens/ticket/texts.ts';

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

/** Loads the texts while Zendesk answers, since both take about the same time. */
export async function startSidebar(deps: StartDeps): Promise<void> {
  const { page, render, now, random, newId } = deps;
  const session = readSession(page);
  const expectedLocale = session?.agent.locale ?? page.documentElement.lang;
  const service = session === null ? null : createServiceClient({ fetch: deps.fetch, now, session });
  const storeDeps = service === null ? null : { service, random };

  /** Asks for the card as soon as the ticket is known, before the texts are loaded and anything is rendered. */
  async function connect(): Promise<{ host: Host | null; store: TicketStore | null }> {
    const host = await connectHost(deps.sdk);
    if (host === null || host.ticketId === null || storeDeps === null) return { host, store: null };
    const store = createTicketStore(storeDeps, host.ticketId);
    store.setActive(page.visibilityState === 'visible');
    return { host, store };
  }

  const [{ host, store }, expected] = await Promise.all([connect(), loadLanguage(expectedLocale)]);
  const locale = host?.locale ?? expectedLocale;
  const loaded = locale === expectedLocale ? expected : await loadLanguage(locale);
  const language = { ...loaded, format: makeFormats(loaded.locale, now, host?.timeZone) };
  page.documentElement.lang = language.locale.texts;
  page.documentElement.dir = language.locale.direction;

  if (host === null || session === null || storeDeps === null) {
    const t = language.texts(baseTexts);
    render(
      <Frame scheme={host?.colorScheme ?? 'light'} language={language} host={host}>
        <MessageScreen kind="danger" message={t(host === null ? 'page.outside' : 'page.no_session')} />
      </Frame>,
    );
    return;
  }
  checkBeforeSending({ host, service: storeDeps.service, language });
  render(
    <SidebarScreen
      cards={CARDS}
      host={host}
      language={language}
      storeDeps={storeDeps}
      firstStore={store}
      drafts={createDrafts()}
      agentName={session.agent.name}
      version={session.version}
      now={now}
      newId={newId}
    />,
  );
}

async function loadLanguage(wanted: string): Promise<Omit<AgentLanguage, 'format'>> {
  const locale = chooseLocale(wanted);
  const sources = [ticketScreenTexts, beforeSendingTexts, ...CARDS.map(({ texts }) => texts)];
  return { texts: await loadTexts(locale, sources), locale };
}
