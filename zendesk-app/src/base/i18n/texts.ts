// Declares and loads the texts of the base and of each card or screen.
import { createInstance } from 'i18next';
import type { AgentLocale, Language } from './locales.ts';
import type english from './texts/en.json';

type WithoutPlural<K extends string> = K extends `${infer Base}_ordinal_${string}`
  ? Base
  : K extends `${infer Base}_${'one' | 'other'}`
    ? Base
    : K;
type Keys<T, Prefix extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Prefix}${WithoutPlural<K>}` : Keys<T[K], `${Prefix}${K}.`>;
}[keyof T & string];

/** The texts of one folder: `texts/en.json` there defines the keys, every other language has the same. */
export interface TextSource<Texts extends object> {
  readonly name: string;
  readonly load: (language: Language) => Promise<{ readonly default: Texts }>;
}

type Values = Readonly<Record<string, string | number | boolean>>;

/**
 * Looks up a text. A key that is missing from the folder's `texts/en.json` and from the base's does not compile.
 * `count` selects the plural form, with `ordinal: true` the form for "4th".
 */
export type Translate<Texts extends object = object> = (
  key: Keys<Texts> | Keys<typeof english>,
  values?: Values,
) => string;

/** Gives the `Translate` of a folder. */
export type TextLookup = <Texts extends object>(source: TextSource<Texts>) => Translate<Texts>;

/** @param name unique among all folders */
export function defineTexts<Texts extends object>(name: string, load: TextSource<Texts>['load']): TextSource<Texts> {
  return { name, load };
}

/** Texts that every card may use beside its own. */
export const baseTexts = defineTexts<typeof english>('base', (language) => import(`./texts/${language}.json`));

/** Loads the texts of all folders in the agent's language only. */
export async function loadTexts(locale: AgentLocale, sources: readonly TextSource<object>[]): Promise<TextLookup> {
  const all = [baseTexts, ...sources];
  const loaded = await Promise.all(all.map(async ({ name, load }) => [name, (await load(locale.language)).default]));
  const i18n = createInstance();
  await i18n.init({
    lng: locale.language,
    resources: { [locale.language]: Object.fromEntries(loaded) },
    fallbackNS: baseTexts.name,
    interpolation: { escapeValue: false }, // React escapes.
    showSupportNotice: false,
  });
  return ({ name }) => {
    const t = i18n.getFixedT(null, name);
    return (key: string, values: Values = {}) => t(key, isolate(values, locale.direction));
  };
}

/** Letters of the scripts that run from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** Wraps texts of the other direction in U+2068 and U+2069, so that a name keeps its own direction and does not reverse the sentence. */
function isolate(values: Values, direction: AgentLocale['direction']): Record<string, string | number | boolean> {
  const turns = (text: string): boolean => direction === 'rtl' || RIGHT_TO_LEFT.test(text);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && turns(value) ? `\u2068${value}\u2069` : value,
    ]),
  );
}
