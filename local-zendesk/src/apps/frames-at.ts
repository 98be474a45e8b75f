// Lists the apps that an agent sees at a location.
import type { Account } from '../account/account.ts';
import type { User } from '../account/types.ts';
import type { App, Installation } from './app.ts';
import { openSettings } from './check-settings.ts';
import { fillSettings } from './fill-settings.ts';
import type { ManifestLocation } from './package/parse-manifest.ts';
import type { AppFrame, AppLocation } from './types.ts';

export interface InstalledApp {
  app: App;
  installation: Installation;
}

/** In the order given. */
export function framesAt(
  account: Account,
  installed: readonly InstalledApp[],
  accountUrl: string,
  location: AppLocation,
  agent: User,
): readonly AppFrame[] {
  return installed.flatMap((one) => {
    if (!isShownTo(account, one.installation, agent)) return [];
    const place = one.app.locations.find((at) => at.product === 'support' && at.location === location);
    return place === undefined ? [] : [frameOf(one, place, location, accountUrl)];
  });
}

/** Nobody sees a disabled one; admins see the others whatever the restrictions are. */
function isShownTo(account: Account, installation: Installation, agent: User): boolean {
  const { enabled, group_restrictions: groups, role_restrictions: roles } = installation;
  if (!enabled) return false;
  if (agent.role === 'admin') return true;
  if (groups !== null && groups.length > 0 && !groups.some((id) => account.groups.isMember(agent.id, id))) return false;
  return (
    roles === null || roles.length === 0 || (agent.custom_role_id !== null && roles.includes(agent.custom_role_id))
  );
}

function frameOf(
  { app, installation }: InstalledApp,
  place: ManifestLocation,
  location: AppLocation,
  accountUrl: string,
): AppFrame {
  const base = `${assetOrigin(accountUrl)}/app-assets/${installation.id}`;
  const given = typeof place.url === 'string' ? place.url : '';
  const isPackaged = given.startsWith('assets/');
  const { name } = installation.settings;
  const settings = openSettings(app, installation.settings);
  const icon = iconOf(app, location);
  return {
    appId: app.id,
    installationId: installation.id,
    title: typeof name === 'string' ? name : app.name,
    version: app.version,
    location,
    url: isPackaged ? `${base}/${given}` : fillSettings(given, settings),
    signed: place.signed && !isPackaged,
    flexible: place.flexible === true,
    autoLoad: place.autoLoad,
    autoHide: place.autoHide,
    size: place.size,
    settings,
    iconUrl: icon === undefined ? null : `${base}/${icon}`,
    assetsUrl: `${base}/assets/`,
  };
}

/**
 * `icon_<location>.svg`, else the older `icon_<location>_inactive.png`, in a folder named after the product when the app serves several
 * products: https://github.com/zendesk/zendesk_apps_support, `location_icons`. Without one: the app's small logo.
 */
function iconOf({ files, locations }: App, location: AppLocation): string | undefined {
  const isForSeveralProducts = locations.some(({ product }) => product !== 'support');
  const folder = isForSeveralProducts ? 'assets/support' : 'assets';
  const names = [`icon_${location}.svg`, `icon_${location}_inactive.png`, 'logo-small.png'];
  return names.map((name) => `${folder}/${name}`).find((path) => files.has(path));
}

/**
 * Zendesk serves packages from another origin than its own pages, so that an app cannot reach the page around it. Here this
 * server's other name (`localhost` or `127.0.0.1`) is that origin; at any other address there is none.
 */
function assetOrigin(accountUrl: string): string {
  const url = new URL(accountUrl);
  const other = { '127.0.0.1': 'localhost', localhost: '127.0.0.1' }[url.hostname];
  if (other !== undefined) url.hostname = other;
  return url.origin;
}
