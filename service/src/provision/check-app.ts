// Compares the sidebar app in the account with the one that was built. Installing it is a step of a person: ZCLI asks for its settings.
import type { AccountObjects } from '../zendesk/account-objects.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';

export interface WantedApp {
  /** Null: ZENDESK_APP_ID is not set. */
  appId: number | null;
  /** Of the app that was built; null: there is none here, and versions are not compared. */
  version: string | null;
  /** Where browsers reach the service; null: not known. */
  serviceUrl: string | null;
}

export interface AppProblem {
  /** `warning`: it works, and is not as it should be. */
  level: 'failed' | 'warning';
  message: string;
  /** What to do. */
  action: string;
}

/** The version that the checks of this version use. */
export const ZCLI = 'npx --yes @zendesk/zcli@1.0.1';

const withZcli = (command: 'create' | 'update'): string =>
  `deskwright app deskwright-app, then ${ZCLI} apps:${command} deskwright-app (docs/guides/install.md, step 6)`;
const APPS = 'Admin Center > Apps and integrations > Zendesk Support apps';

/** At most two calls. Nothing: it is installed as it should be. Throws `ZendeskError`. */
export async function checkApp(objects: AccountObjects, wanted: WantedApp): Promise<AppProblem[]> {
  const { appId, version, serviceUrl } = wanted;
  if (appId === null && serviceUrl === null)
    return [
      {
        level: 'warning',
        message: 'Whether the sidebar app is installed is not known: neither ZENDESK_APP_ID nor PUBLIC_URL is set.',
        action: `Set ZENDESK_APP_ID to the app's id. If it is not installed: ${withZcli('create')}.`,
      },
    ];
  const installations = await objects.listInstallations();
  const found = installations.find(({ app_id, settings }) =>
    appId === null ? serviceUrl !== null && plain(settings['service_url']) === plain(serviceUrl) : app_id === appId,
  );
  if (!found)
    return [
      {
        level: 'failed',
        message: appId === null ? 'The sidebar app is not installed.' : `The app ${appId} is not installed.`,
        action: `Install it: ${withZcli('create')}, and set ZENDESK_APP_ID to the id that it writes.`,
      },
    ];
  const problems: AppProblem[] = [];
  const add = (level: AppProblem['level'], message: string, action: string): void =>
    void problems.push({ level, message: `The app ${found.app_id} ${message}.`, action });
  if (appId === null) add('failed', 'is installed, and ZENDESK_APP_ID is not set', `Set it to ${found.app_id}.`);
  if (!found.enabled) add('failed', 'is installed and switched off', `Enable it: ${APPS}.`);
  const address = found.settings['service_url'];
  if (serviceUrl !== null && typeof address === 'string' && plain(address) !== plain(serviceUrl))
    add(
      'failed',
      `has ${address} as the service's address, not ${serviceUrl}`,
      `Correct its setting: ${APPS}; or ${withZcli('update')}.`,
    );
  const installed = version === null ? null : await objects.readAppVersion(found.app_id);
  if (installed !== null && installed !== version)
    add('warning', `is of version ${installed}, and ${version} was built`, `Update it: ${withZcli('update')}.`);
  return problems;
}

/** For `plan`, which says what else it found if the apps may not be read. */
export async function readAppProblems(objects: AccountObjects, wanted: WantedApp): Promise<AppProblem[]> {
  try {
    return await checkApp(objects, wanted);
  } catch (error) {
    if (!(error instanceof ZendeskError) || error.concernsAll || error.kind !== 'forbidden') throw error;
    const action = `Let the OAuth client read apps, or check there: ${APPS}`;
    return [{ level: 'warning', message: `The sidebar app was not compared: ${error.message}.`, action: `${action}.` }];
  }
}

const plain = (address: unknown): string => String(address).replace(/\/+$/, '');
