// Finds where the regular expressions about one field match.
import type { TicketFacts } from '@deskwright/shared';
import type { Steps } from '../steps.ts';
import { cutText } from './cut-text.ts';
import { type LeafStates, setAnswer } from './leaf-states.ts';
import { patternFinder, patternSteps, textForPatterns } from './match-pattern.ts';
import type { FieldValue } from './read-field.ts';
import { readerOf } from './read-field.ts';

export interface NumberedPattern {
  readonly number: number;
  readonly source: string;
  /** Is it `matches` (and not `not_matches`)? */
  readonly wanted: boolean;
}

export interface PatternField {
  /** Sets the results of the field's conditions in `states`, which start as if no expression had matched. */
  readonly mark: (facts: TicketFacts, states: LeafStates) => void;
  /**
   * The text that one condition's expression matched in the ticket marked last, or else the field's value; null when
   * it is empty.
   */
  readonly saw: (facts: TicketFacts, number: number) => string | null;
}

/** Compiles all expressions about one field, so that its text is read once per ticket. */
export function* patternFieldSteps(field: string, patterns: readonly NumberedPattern[]): Steps<PatternField> {
  const read = readerOf(field);
  const match = yield* patternSteps(patterns.map(({ source }) => source));
  const finders = new Map(patterns.map(({ number, source }) => [number, patternFinder(source)]));
  const found = new Set<number>();
  return {
    mark: (facts, states) => {
      found.clear();
      for (const text of textsOf(read(facts))) {
        for (const place of match(textForPatterns(text))) {
          const pattern = patterns[place];
          if (pattern === undefined) continue;
          found.add(pattern.number);
          setAnswer(states, pattern.number, pattern.wanted ? 1 : 0);
        }
      }
    },
    saw: (facts, number) => {
      const texts = textsOf(read(facts));
      if (texts.length === 0) return null;
      if (!found.has(number)) return cutText(texts.join(', '));
      const find = finders.get(number);
      const stretch = texts.map((text) => find?.(textForPatterns(text)) ?? null).find((one) => one !== null);
      return cutText(stretch ?? '');
    },
  };
}

function textsOf(value: FieldValue): readonly string[] {
  if (value === null) return [];
  return typeof value === 'object' ? value : [String(value)];
}
