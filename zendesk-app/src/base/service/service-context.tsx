// Gives components the client for calls to the service.
import { createContext, useContext } from 'react';
import type { ServiceClient } from './service-client.ts';

const ServiceContext = createContext<ServiceClient | null>(null);

export const ServiceProvider = ServiceContext.Provider;

/** Throws outside `ServiceProvider`. */
export function useService(): ServiceClient {
  const client = useContext(ServiceContext);
  if (client === null) throw new Error('useService needs a ServiceProvider above it.');
  return client;
}
