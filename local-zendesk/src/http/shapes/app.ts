// Formats apps and installations for the API.
import type { App, Installation } from '../../apps/app.ts';
import { openSettings } from '../../apps/check-settings.ts';

/** After https://developer.zendesk.com/api-reference/ticketing/apps/apps/ (no machine-readable description exists). */
export const showApp = (app: App): Record<string, unknown> => ({
  id: app.id,
  name: app.name,
  owner_id: app.ownerId,
  version: app.version,
  framework_version: '2.0',
  default_locale: app.defaultLocale,
  single_install: app.singleInstall,
  state: 'published',
  visibility: 'private',
  installable: true,
  promoted: false,
  parameters: app.parameters.map(({ name, type, required, secure, default: value }, index) => ({
    name,
    kind: type,
    required,
    secure,
    default_value: value ?? null,
    position: index,
  })),
  locations: [...new Set(app.locations.map(({ location }) => location))],
  created_at: app.created_at,
  updated_at: app.updated_at,
});

/** Without secure settings, as in Zendesk: the right to read installations does not include secrets. */
export function showInstallation(app: App, installation: Installation): Record<string, unknown> {
  const settings = openSettings(app, installation.settings);
  return {
    id: installation.id,
    app_id: installation.app_id,
    product: installation.product,
    settings,
    settings_objects: Object.entries(settings).map(([name, value]) => ({ name, value })),
    enabled: installation.enabled,
    group_restrictions: installation.group_restrictions ?? [],
    role_restrictions: installation.role_restrictions,
    collapsible: true,
    recurring_payment: false,
    paid: null,
    plan_information: { name: null },
    created_at: installation.created_at,
    updated_at: installation.updated_at,
  };
}
