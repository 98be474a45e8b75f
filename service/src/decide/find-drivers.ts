// Finds in the comment of an answer to a survey what it is about, by the words of the policy's lexicon.
import type { Condition, ConditionTrace, Policy } from '@deskwright/shared';
import { EMPTY_TICKET } from './empty-ticket.ts';
import { compileRuleSet, type RuleSet } from './rules/rule-set.ts';
import type { Place } from './rules/written-place.ts';
import { readWords } from './text/read-text.ts';

export type Lexicon = Policy['surveys']['lexicon'];

interface Entry {
  readonly driver: string;
  /** Its place in the lexicon. */
  readonly place: number;
  readonly languages: readonly string[];
  /** One condition a language. */
  readonly conditions: { readonly any: Condition[] };
}

/** Those that have words, as the conditions on a comment that triggers could have. */
const lexiconEntries = (lexicon: Lexicon): readonly Entry[] =>
  lexicon.flatMap(({ driver, words }, place): Entry[] => {
    const own = Object.entries(words).filter(([, some]) => some.length > 0);
    if (own.length === 0) return [];
    const any = own.map(([, value]) => ({ field: 'comment', operator: 'includes_any', value }));
    return [{ driver, place, languages: own.map(([language]) => language), conditions: { any } }];
  });

/** The drivers of which the comment has a word, in the order of the lexicon. */
export function findDrivers(comment: string, lexicon: Lexicon): string[] {
  if (lexicon.length === 0 || comment === '') return [];
  const { entries, rules } = compileLexicon(lexicon);
  const { distances } = rules.answer(factsOf(comment));
  return entries.flatMap(({ driver }, at) => (distances[at] === 0 ? [driver] : []));
}

/** Of one driver, the words of one language that were found. */
export interface SeenDriver {
  readonly driver: string;
  readonly language: string;
  readonly condition: ConditionTrace;
  /** In UTF-16 units of the text that was read. */
  readonly places: readonly Place[];
}

/** The same with the words, and the text as it is read. */
export function explainDrivers(comment: string, lexicon: Lexicon): { text: string; seen: SeenDriver[] } {
  const facts = factsOf(comment);
  const { entries, rules } = compileLexicon(lexicon);
  const { trace, places } = rules.answer(facts);
  const seen = entries.flatMap(({ driver, languages }, at) =>
    languages.flatMap((language, n): SeenDriver[] => {
      const leaf = rules.rules[at]?.leaves[n];
      const found = leaf === undefined ? [] : places(leaf);
      return leaf === undefined || found.length === 0
        ? []
        : [{ driver, language, condition: trace(leaf), places: found }];
    }),
  );
  return { text: facts.comment, seen };
}

interface CompiledLexicon {
  readonly entries: readonly Entry[];
  readonly rules: RuleSet;
}

const compiled = new WeakMap<Lexicon, CompiledLexicon>();

function compileLexicon(lexicon: Lexicon): CompiledLexicon {
  const known = compiled.get(lexicon);
  if (known) return known;
  const entries = lexiconEntries(lexicon);
  const made = { entries, rules: compileRuleSet(entries.map(({ conditions }) => conditions)) };
  compiled.set(lexicon, made);
  return made;
}

/** Read as customers' messages to support are. */
const factsOf = (comment: string) => ({ ...EMPTY_TICKET, ...readWords('', '', comment) });
