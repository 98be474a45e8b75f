// Finds in a ticket's texts the words that each condition of each trigger saw.
import type { ConditionTrace, TicketFacts } from '@deskwright/shared';
import type { CompiledPolicy } from './compile-policy.ts';
import type { FieldPlace } from './rules/word-field.ts';
import type { Place } from './rules/written-place.ts';

/** `text`: `subject`, `description`, `full_subject`, `full_description` (with history, signatures and links), or a field's name. */
export interface WordPlace extends Place {
  readonly text: string;
}

/** One condition that saw words: also one that they kept from holding, as in `includes_none`. */
export interface SeenWords {
  readonly triggerId: string;
  readonly title: string;
  readonly condition: ConditionTrace;
  /** In order, per text. Those of one condition may overlap. */
  readonly places: readonly WordPlace[];
}

/** In the order of the policy. Positions are of whole characters, in UTF-16 units of the text in `facts`. */
export function findWords(facts: TicketFacts, { triggers, rules }: CompiledPolicy): SeenWords[] {
  const { trace, places } = rules.answer(facts);
  return rules.rules.flatMap(({ leaves }, at) =>
    leaves.flatMap((leaf): SeenWords[] => {
      const condition = trace(leaf);
      const found = places(leaf).flatMap((place) => inTexts(condition, place, facts));
      const { id = '', title = '' } = triggers[at] ?? {};
      return found.length === 0 ? [] : [{ triggerId: id, title, condition, places: found }];
    }),
  );
}

/** `text` and `full_text` stand for two texts: word conditions see them apart, expressions with a line break in between. */
function inTexts(
  { field, operator }: ConditionTrace,
  { part, start, end }: FieldPlace,
  facts: TicketFacts,
): WordPlace[] {
  if (field !== 'text' && field !== 'full_text') return [{ text: field, start, end }];
  const isFull = field === 'full_text' && facts.fullText !== undefined;
  const [subject, description] = isFull ? ['full_subject', 'full_description'] : ['subject', 'description'];
  if (!operator.endsWith('matches')) return [{ text: part === 0 ? subject : description, start, end }];
  const { length } = (isFull ? facts.fullText : facts)?.subject ?? '';
  // See `readBoth` of `read-field.ts`.
  const begins = length === 0 ? 0 : length + 1;
  return [
    { text: subject, start, end: Math.min(end, length) },
    { text: description, start: Math.max(start, begins) - begins, end: end - begins },
  ].filter((place) => place.end > place.start);
}
