// Gives components what does not change while the page is open.
import { createContext, useContext, useEffect, useState } from 'react';
import type { AgentLocale } from '../../base/i18n/locales.ts';
import type { TextLookup } from '../../base/i18n/texts.ts';
import type { ServiceClient } from '../../base/service/service-client.ts';
import type { Host } from '../../base/zendesk/host.ts';

export interface Page {
  /** `wall`: a screen that many see and nobody operates: no controls, no names. */
  readonly kind: 'agent' | 'wall';
  readonly locale: AgentLocale;
  /** Looks up texts. */
  readonly texts: TextLookup;
  readonly service: ServiceClient;
  /** Null: the page is not inside Zendesk. */
  readonly host: Host | null;
  /** Of the service. */
  readonly version: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

const PageContext = createContext<Page | null>(null);

export const PageProvider = PageContext.Provider;

/** Throws outside `PageProvider`. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('usePage needs a PageProvider above it.');
  return page;
}

/** How often what is written as "5 minutes ago" is written anew. Milliseconds. */
const TICK_MS = 15_000;

/** The time, epoch milliseconds; renders again as it passes. */
export function useNow(): number {
  const { now } = usePage();
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), TICK_MS);
    return () => clearInterval(timer);
  }, [now]);
  return at;
}
