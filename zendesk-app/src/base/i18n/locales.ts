// Chooses the language of texts and the formats for an agent's locale.

/** Languages that every folder's `texts/` has. @internal */
export const LANGUAGES = ['en', 'es', 'fr', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface AgentLocale {
  /** The language of the texts; English where there is no translation. */
  readonly language: Language;
  /** For what is written in words, such as dates. Always a locale of `language`. */
  readonly texts: string;
  /** For numbers and money: the agent's own locale, translated or not. */
  readonly numbers: string;
  /** Of the texts: English sentences in a page that runs from right to left would end with their full stop in front. */
  readonly direction: 'ltr' | 'rtl';
}

/** ISO 639 codes of the right-to-left languages that Zendesk offers agents. */
const RIGHT_TO_LEFT = new Set(['ar', 'he', 'fa', 'ur']);

/** @param wanted as Zendesk writes it: `en-US`, `pt-BR`, `es-419`, `ar`; a locale that Intl does not know counts as English */
export function chooseLocale(wanted: string | null): AgentLocale {
  const own = canonical(wanted ?? 'en');
  const first = own.split('-')[0] ?? 'en';
  const language = LANGUAGES.find((offered) => offered === first) ?? 'en';
  return {
    language,
    texts: language === first ? own : 'en',
    numbers: own,
    direction: RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr',
  };
}

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replace('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
