// Gives components texts and formats in the agent's language.
import { createContext, useContext } from 'react';
import type { Formats } from './formats.ts';
import type { AgentLocale } from './locales.ts';
import { baseTexts, type TextLookup, type TextSource, type Translate } from './texts.ts';

/** Everything about the agent's language, loaded once. */
export interface AgentLanguage {
  readonly texts: TextLookup;
  readonly format: Formats;
  readonly locale: AgentLocale;
}

/** What a component or a function uses to write text. */
export interface Texts<Keys extends object = object> {
  readonly t: Translate<Keys>;
  readonly format: Formats;
}

/** `TextsOf<typeof texts>`, for functions that get a card's texts as an argument. */
export type TextsOf<Source> = Source extends TextSource<infer Keys> ? Texts<Keys> : never;

const LanguageContext = createContext<AgentLanguage | null>(null);

export const LanguageProvider = LanguageContext.Provider;

/** The base's texts, or those of a folder and of the base. Throws outside `LanguageProvider`. */
export function useTexts(): Texts;
export function useTexts<Keys extends object>(source: TextSource<Keys>): Texts<Keys>;
export function useTexts(source: TextSource<object> = baseTexts): Texts {
  const language = useContext(LanguageContext);
  if (language === null) throw new Error('useTexts needs a LanguageProvider above it.');
  return { t: language.texts(source), format: language.format };
}
