// Checks the settings of an installation.
import { invalid, ok, type Result } from '../account/result.ts';
import type { App } from './app.ts';
import type { Json, ManifestParameter } from './package/parse-manifest.ts';

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

/** The type's own shape; texts of any kind take what they are given. */
function fits({ type }: ManifestParameter, value: unknown): boolean {
  switch (type) {
    case 'number':
      return (
        typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)))
      );
    case 'checkbox':
      return typeof value === 'boolean' || value === 'true' || value === 'false';
    case 'url':
      return typeof value === 'string' && (URL.canParse(value) || /^[\w-]+(\.[\w-]+)+/.test(value));
    default:
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  }
}

/**
 * The settings with defaults filled in. Refused (422) when a required one is missing or has another type. What no parameter
 * names is dropped, besides `name` and `title`.
 */
export function checkSettings(app: App, given: Json): Result<Json> {
  const settings: Record<string, unknown> = {
    name: isGiven(given['name']) ? given['name'] : app.name,
    ...(isGiven(given['title']) ? { title: given['title'] } : {}),
  };
  for (const parameter of app.parameters) {
    const { name, required, hasDefault } = parameter;
    const value = isGiven(given[name]) ? given[name] : hasDefault ? parameter.default : undefined;
    if (!isGiven(value)) {
      if (required) return invalid('settings', `Settings: ${name} is required`, 'BlankValue');
    } else if (!fits(parameter, value)) {
      return invalid('settings', `Settings: ${name} is not a valid ${parameter.type}`, 'InvalidValue');
    } else settings[name] = value;
  }
  return ok(settings);
}

/** What may be shown: secure settings never leave the server, nor does what a new version has no parameter for any more. */
export function openSettings(app: App, settings: Json): Json {
  const open = new Set(['name', 'title', ...app.parameters.filter(({ secure }) => !secure).map(({ name }) => name)]);
  return Object.fromEntries(Object.entries(settings).filter(([name]) => open.has(name)));
}
