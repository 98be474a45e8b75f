// Where do the sidebar's words come from? One file a language, and only the agent's is loaded.
import { createInstance } from 'i18next';
import type english from '../../translations/en.json';
import type { AgentLocale, Language } from './locales.ts';

type English = typeof english;
type WithoutPlural<K extends string> = K extends `${infer Base}_ordinal_${string}`
  ? Base
  : K extends `${infer Base}_${'one' | 'other'}`
    ? Base
    : K;
type Keys<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${WithoutPlural<K>}` : Keys<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

/** Every text the sidebar has, without plural endings: a key that is not in `translations/en.json` does not compile. */
export type TextKey = Keys<English['sidebar']>;

/** `count` chooses the plural form, with `ordinal: true` the form for "4th". */
export type Translate = (key: TextKey, values?: Readonly<Record<string, string | number | boolean>>) => string;

type Resources = { readonly sidebar: Record<string, unknown> };

const LOADERS: Readonly<Record<Language, () => Promise<{ default: Resources }>>> = {
  en: () => import('../../translations/en.json'),
  es: () => import('../../translations/es.json'),
  fr: () => import('../../translations/fr.json'),
  de: () => import('../../translations/de.json'),
};

export async function loadWords(locale: AgentLocale): Promise<Translate> {
  const words = (await LOADERS[locale.language]()).default;
  const i18n = createInstance();
  await i18n.init({
    lng: locale.language,
    resources: { [locale.language]: { translation: words.sidebar } },
    interpolation: { escapeValue: false }, // React escapes.
    showSupportNotice: false,
  });
  return (key, values = {}) => i18n.t(key, locale.direction === 'rtl' ? isolate(values) : { ...values });
}

/** U+2068 and U+2069: an amount or a name keeps its own direction, and does not turn the sentence around it. */
function isolate(
  values: Readonly<Record<string, string | number | boolean>>,
): Record<string, string | number | boolean> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? `\u2068${value}\u2069` : value]),
  );
}
