// Manages an account's apps: upload, install, list frames, proxy requests.
import type { Account } from '../account/account.ts';
import type { Clock } from '../account/actor.ts';
import { isoSeconds } from '../account/values.ts';
import { type AppStore, createAppStore } from './app-store.ts';
import { framesAt } from './frames-at.ts';
import { createInstallationStore, type InstallationStore } from './installation-store.ts';
import { sendProxied } from './proxy/send-proxied.ts';
import { signFrameToken } from './sign-frame-token.ts';
import type { AppFrames } from './types.ts';

/** All that can be done with apps; refusals are Zendesk's. Removing an app uninstalls it everywhere. */
export interface Apps extends AppFrames, AppStore, InstallationStore {}

export interface AppsDeps {
  account: Account;
  /** Dates the signed tokens. Whoever verifies them has a clock of their own, so this is real time outside tests. */
  clock: Clock;
  /** The account's address, without a slash at the end; a function, because the port is known only after the start. */
  url: () => string;
}

export function createApps({ account, clock, url }: AppsDeps): Apps {
  const stamp = () => isoSeconds(account.clock.now());
  const store = createAppStore(stamp);
  const places = createInstallationStore((id) => store.find(id), stamp);
  const installed = () =>
    places.installations().flatMap((installation) => {
      const app = store.find(installation.app_id);
      return app === undefined ? [] : [{ app, installation }];
    });

  return {
    ...store,
    ...places,
    remove: (appId) => {
      const removed = store.remove(appId);
      if (removed.ok) {
        for (const { id, app_id } of places.installations()) if (app_id === appId) places.uninstall(id);
      }
      return removed;
    },
    at: (location, agent) => framesAt(account, installed(), url(), location, agent),
    sign: async (frame, agent, context) => {
      const { appId, installationId } = frame;
      const key = store.key(appId);
      if (key === undefined) throw new Error(`App ${appId} has no key: it was removed while a frame of it was open.`);
      const { privateKey } = key;
      return signFrameToken({ accountUrl: url(), installationId, agent, context, privateKey, now: clock.now() });
    },
    proxy: (installationId, request) => {
      const one = installed().find(({ installation }) => installation.id === installationId);
      return sendProxied(one, request, clock);
    },
  };
}
