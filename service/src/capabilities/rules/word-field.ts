// Which word conditions about one field hold, and which words did they find?
import type { TicketFacts } from '@deskwright/shared';
import { foldText } from './fold-text.ts';
import type { Held } from './measure-tree.ts';
import { parsePhrase } from './parse-phrase.ts';
import type { PhraseIndex, Section } from './phrase-index.ts';
import { buildPhraseIndex, findPhrases } from './phrase-index.ts';
import { wordingsReader } from './read-wordings.ts';
import type { Vocabulary } from './vocabulary.ts';

export type WordOperator = 'includes_any' | 'includes_all' | 'includes_none';

export interface NumberedWordLeaf {
  readonly number: number;
  readonly operator: WordOperator;
  readonly phrases: readonly string[];
}

/** Turns a text into its words; remembers the last few, because fields share texts. */
export type ReadSection = (text: string) => Section;

export interface WordField {
  /** Marks the field's leaves in `held`; those of `includes_none` are expected to hold, the others not to. */
  readonly mark: (facts: TicketFacts, read: ReadSection, held: Held) => void;
  /** The words found for one leaf, as the customer wrote them (folded); null when the field is empty. */
  readonly found: (facts: TicketFacts, read: ReadSection, leaf: number) => readonly string[] | null;
}

interface PhraseUse {
  readonly leaf: number;
  readonly operator: WordOperator;
}

/** Compiles all word conditions about one field into one index over their phrases. */
export function compileWordField(
  field: string,
  leaves: readonly NumberedWordLeaf[],
  vocabulary: Vocabulary,
): WordField {
  const phrases = [...new Set(leaves.flatMap((leaf) => leaf.phrases))];
  const ids = new Map(phrases.map((phrase, id) => [phrase, id]));
  const index = buildPhraseIndex(phrases.map(parsePhrase), vocabulary);
  const entries = new Map<string, number[]>();
  for (const [id, phrase] of phrases.entries()) {
    const key = foldText(phrase);
    entries.set(key, [...(entries.get(key) ?? []), id]);
  }
  const uses: PhraseUse[][] = phrases.map(() => []);
  const missing = new Map<number, number>();
  for (const { number, operator, phrases: own } of leaves) {
    const distinct = [...new Set(own)];
    for (const phrase of distinct) uses[ids.get(phrase) ?? -1]?.push({ leaf: number, operator });
    if (operator === 'includes_all') missing.set(number, distinct.length);
  }
  const valuesOf = wordingsReader(field);

  const each = (facts: TicketFacts, read: ReadSection, hit: (phraseId: number, words: () => string) => void): void => {
    const values = valuesOf(facts);
    if (values.kind === 'list') {
      for (const entry of values.entries) {
        for (const phraseId of entries.get(foldText(entry)) ?? []) hit(phraseId, () => entry);
      }
      return;
    }
    for (const text of values.texts) {
      const section = read(text);
      findPhrases(index, section, (phraseId, at, length) =>
        hit(phraseId, () => section.words.slice(at, at + length).join(' ')),
      );
    }
  };

  return {
    mark: (facts, read, held) => {
      const seen = new Set<number>();
      const left = missing.size > 0 ? new Map(missing) : missing;
      for (const [leaf, count] of left) if (count === 0) held[leaf] = 1;
      each(facts, read, (phraseId) => {
        if (seen.has(phraseId)) return;
        seen.add(phraseId);
        for (const use of uses[phraseId] ?? []) markUse(use, left, held);
      });
    },
    found: (facts, read, leaf) => {
      const values = valuesOf(facts);
      if (values.kind === 'texts' && values.texts.length === 0) return null;
      const found = new Set<string>();
      each(facts, read, (phraseId, words) => {
        if (uses[phraseId]?.some((use) => use.leaf === leaf)) found.add(words());
      });
      return [...found];
    },
  };
}

function markUse({ leaf, operator }: PhraseUse, left: Map<number, number>, held: Held): void {
  switch (operator) {
    case 'includes_any':
      held[leaf] = 1;
      return;
    case 'includes_none':
      held[leaf] = 0;
      return;
    case 'includes_all': {
      const count = (left.get(leaf) ?? 0) - 1;
      left.set(leaf, count);
      if (count === 0) held[leaf] = 1;
    }
  }
}
