// Finds an app's texts for a language.
import type { App } from '../app.ts';
import { textOf } from '../package/package-files.ts';
import { isObject, type Json } from '../package/parse-manifest.ts';

/** The locale's texts, then its language's (`pt` of `pt-BR`), then the default locale's for what they lack; undefined without any. */
export function translationOf(app: App, locale: string): Json | undefined {
  const wanted = [app.defaultLocale, locale.split('-')[0] ?? locale, locale];
  const found = wanted.flatMap((name) => {
    const text = textOf(app.files, `translations/${name}.json`);
    const json: unknown = text === null ? null : JSON.parse(text);
    return isObject(json) ? [json] : [];
  });
  return found.length === 0 ? undefined : found.reduce(merge, {});
}

function merge(under: Json, over: Json): Json {
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    merged[key] = isObject(below) && isObject(value) ? merge(below, value) : value;
  }
  return merged;
}
