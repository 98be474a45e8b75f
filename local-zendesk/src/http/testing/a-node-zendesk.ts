// Calls the local Zendesk with node-zendesk as it comes from npm.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import nodeZendesk from 'node-zendesk';
import { KEEP_ALIVE_MS } from '../../listen.ts';
import { anApi, type TestApi } from './an-api.ts';

export type NodeZendesk = ReturnType<typeof nodeZendesk.createClient>;

export interface DrivenApi {
  api: TestApi;
  zendesk: NodeZendesk;
  stop: () => Promise<void>;
}

/** The package unmodified: default import, only `endpointUri` points here instead of at zendesk.com. */
export async function aNodeZendesk(options: Parameters<typeof anApi>[0] = {}): Promise<DrivenApi> {
  const api = anApi(options);
  const server: Server = api.app.listen(0, '127.0.0.1');
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const client = api.account.oauth.findClient('deskwright');
  if (client === undefined) throw new Error('The test account has an OAuth client.');
  const { token } = api.account.oauth.issueToken({ client, scopes: ['read', 'write'] });
  const endpointUri = `http://127.0.0.1:${port}/api/v2`;
  return {
    api,
    zendesk: nodeZendesk.createClient({ endpointUri, token, useOAuth: true, throwOriginalException: true }),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
