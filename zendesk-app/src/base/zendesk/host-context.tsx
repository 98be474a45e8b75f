// Gives components the Zendesk that frames the app, and whether the agent can see the page.
import { createContext, useContext, useEffect, useState } from 'react';
import type { Host } from './host.ts';

const HostContext = createContext<Host | null>(null);

export const HostProvider = HostContext.Provider;

/** Throws outside Zendesk. */
export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error('useHost needs a HostProvider with a host above it.');
  return host;
}

/** Whether the browser tab is in front, and so is the app's place in Zendesk. @param host null: the page is not inside Zendesk */
export function useActive(host: Host | null): boolean {
  const [visible, setVisible] = useState(document.visibilityState === 'visible');
  const [activated, setActivated] = useState(true);
  useEffect(() => {
    host?.onActive(setActivated);
    const update = (): void => setVisible(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', update);
    return () => document.removeEventListener('visibilitychange', update);
  }, [host]);
  return visible && activated;
}
