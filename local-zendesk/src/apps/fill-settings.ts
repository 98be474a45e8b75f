// Replaces `{{setting.name}}` in a text.
import type { Json } from './package/parse-manifest.ts';

/** Textually, as Zendesk does it; what has no value becomes empty. */
export function fillSettings(text: string, settings: Json): string {
  return text.replaceAll(/\{\{\s*setting\.([\w-]+)\s*\}\}/g, (_all, name: string) =>
    Object.hasOwn(settings, name) ? String(settings[name]) : '',
  );
}
