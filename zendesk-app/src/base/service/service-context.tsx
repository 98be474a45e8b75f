// Gives components the client for calls to the service, and describes to the agent why something they did was refused.
import { createContext, useContext } from 'react';
import type { Texts } from '../i18n/texts-context.tsx';
import type { Refusal } from './refusal.ts';
import type { ServiceClient } from './service-client.ts';

const ServiceContext = createContext<ServiceClient | null>(null);

export const ServiceProvider = ServiceContext.Provider;

/** Throws outside `ServiceProvider`. */
export function useService(): ServiceClient {
  const client = useContext(ServiceContext);
  if (client === null) throw new Error('useService needs a ServiceProvider above it.');
  return client;
}

/** Describes to the agent why something they did was refused. */
export function describeRefusal({ t, format }: Texts, { kind, group, upTo, triesLeft, until }: Refusal): string {
  return t(`problem.${kind}`, {
    group,
    upTo: upTo === null ? '' : format.money(upTo),
    tries: triesLeft === null ? '' : format.number(triesLeft),
    until: until === null ? '' : format.dateTime(until),
  });
}
