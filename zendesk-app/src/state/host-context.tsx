// Which Zendesk is around the components?
import { createContext, useContext } from 'react';
import type { Host } from '../zaf/host.ts';

const HostContext = createContext<Host | null>(null);

export const HostProvider = HostContext.Provider;

export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error('There is no Zendesk outside HostProvider.');
  return host;
}
