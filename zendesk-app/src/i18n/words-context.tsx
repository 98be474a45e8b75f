// How do components get at the agent's language?
import { createContext, useContext } from 'react';
import type { Formats } from './formats.ts';
import type { Translate } from './load-words.ts';
import type { AgentLocale } from './locales.ts';

export interface Words {
  readonly t: Translate;
  readonly format: Formats;
  readonly locale: AgentLocale;
}

const WordsContext = createContext<Words | null>(null);

export const WordsProvider = WordsContext.Provider;

export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('There are no words outside WordsProvider.');
  return words;
}
