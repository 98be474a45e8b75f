// In which language does the sidebar speak to this agent?

/** Written by hand in `translations/`. */
const LANGUAGES = ['en', 'es', 'fr', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export interface AgentLocale {
  /** The language of the words; English where there is no translation. */
  readonly language: Language;
  /** For what is written in words: durations, dates. Always a locale of `language`. */
  readonly words: string;
  /** For numbers and money: the agent's own, translated or not. */
  readonly numbers: string;
  /** Of the agent's own language, so that Zendesk and the sidebar run the same way. */
  readonly direction: 'ltr' | 'rtl';
}

/** ISO 639-1 codes of the languages written from right to left that Zendesk offers agents, and their near relatives. */
const RIGHT_TO_LEFT = new Set(['ar', 'he', 'iw', 'fa', 'ur', 'ps', 'ckb', 'yi', 'dv']);

/** @param wanted as Zendesk writes it: `en-US`, `pt-BR`, `es-419`, `ar`; what Intl does not know counts as English */
export function chooseLocale(wanted: string | null): AgentLocale {
  const own = canonical(wanted ?? 'en');
  const first = own.split('-')[0] ?? 'en';
  const language = LANGUAGES.find((offered) => offered === first) ?? 'en';
  return {
    language,
    words: language === first ? own : 'en',
    numbers: own,
    direction: RIGHT_TO_LEFT.has(first) ? 'rtl' : 'ltr',
  };
}

function canonical(tag: string): string {
  try {
    return Intl.getCanonicalLocales(tag.replace('_', '-'))[0] ?? 'en';
  } catch {
    return 'en';
  }
}
