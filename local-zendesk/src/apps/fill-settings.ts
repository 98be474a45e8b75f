// Replaces `{{setting.name}}` in a text.
import type { Json } from './package/parse-manifest.ts';

/** Where a parameter's `scopes` let a secure setting go. */
export type SettingScope = 'url' | 'header' | 'body' | 'jwt_secret_key' | 'jwt_claim';

/** Settings by the place they may be filled in. */
export type SettingsFor = (scope: SettingScope) => Json;

/** Textually, as Zendesk does it; what has no value becomes empty. */
export function fillSettings(text: string, settings: Json): string {
  return text.replaceAll(/\{\{\s*setting\.([\w-]+)\s*\}\}/g, (_all, name: string) =>
    Object.hasOwn(settings, name) ? String(settings[name]) : '',
  );
}
