// Stores where apps are installed, and with which settings.
import { invalid, ok, type Result, refuse } from '../account/result.ts';
import type { App, Installation, InstallationInput } from './app.ts';
import { checkSettings } from './check-settings.ts';

export interface InstallationStore {
  /** Refused when a required setting is missing, or a single-install app is there already. */
  install(appId: number, product: string, input: InstallationInput): Result<Installation>;
  /** Omitted settings stay as they are, because secure ones cannot be read and sent again. */
  updateInstallation(id: number, input: InstallationInput): Result<Installation>;
  uninstall(id: number): Result<Installation>;
  findInstallation(id: number): Installation | undefined;
  /** In the order of installation. */
  installations(): readonly Installation[];
}

const FIRST_ID = 7_300_001;

export function createInstallationStore(
  findApp: (id: number) => App | undefined,
  stamp: () => string,
): InstallationStore {
  const installations = new Map<number, Installation>();
  let lastId = FIRST_ID - 1;

  function put(before: Installation, app: App, input: InstallationInput): Result<Installation> {
    const settings = checkSettings(app, { ...before.settings, ...input.settings });
    if (!settings.ok) return settings;
    const { enabled = before.enabled } = input;
    const { group_restrictions = before.group_restrictions, role_restrictions = before.role_restrictions } = input;
    const changes = { settings: settings.value, enabled, group_restrictions, role_restrictions, updated_at: stamp() };
    const next = { ...before, ...changes };
    installations.set(next.id, next);
    return ok(next);
  }

  return {
    install: (appId, product, input) => {
      const app = findApp(appId);
      if (app === undefined) return invalid('app_id', 'App: could not be found', 'InvalidValue');
      const isThere = [...installations.values()].some((one) => one.app_id === appId && one.product === product);
      if (app.singleInstall && isThere) return invalid('base', 'App: is already installed', 'DuplicateValue');
      const at = stamp();
      lastId += 1;
      const fresh: Installation = {
        id: lastId,
        app_id: appId,
        product,
        settings: {},
        enabled: true,
        group_restrictions: null,
        role_restrictions: null,
        created_at: at,
        updated_at: at,
      };
      return put(fresh, app, input);
    },
    updateInstallation: (id, input) => {
      const installation = installations.get(id);
      const app = findApp(installation?.app_id ?? 0);
      if (installation === undefined || app === undefined) return refuse({ kind: 'not_found' });
      return put(installation, app, input);
    },
    uninstall: (id) => {
      const installation = installations.get(id);
      if (installation === undefined) return refuse({ kind: 'not_found' });
      installations.delete(id);
      return ok(installation);
    },
    findInstallation: (id) => installations.get(id),
    installations: () => [...installations.values()],
  };
}
