// Selects the texts that a word condition on a field searches.
import type { TicketFacts } from '@deskwright/shared';
import { readerOf } from './read-field.ts';

/** Texts are searched for words and phrases; the entries of a list (tags) are compared as a whole. No parts: empty. */
export interface Wordings {
  readonly kind: 'texts' | 'list';
  readonly parts: readonly string[];
}

const NOTHING: Wordings = { kind: 'texts', parts: [] };

/**
 * Reads a field for word conditions. `text` and `full_text` return subject and description separately, so that no
 * phrase begins in one and ends in the other.
 */
export function wordingsReader(field: string): (facts: TicketFacts) => Wordings {
  if (field === 'text') return (facts) => ({ kind: 'texts', parts: [facts.subject, facts.description] });
  if (field === 'full_text') {
    return (facts) => {
      const { subject, description } = facts.fullText ?? facts;
      return { kind: 'texts', parts: [subject, description] };
    };
  }
  const read = readerOf(field);
  return (facts) => {
    const value = read(facts);
    if (value === null) return NOTHING;
    return typeof value === 'object' ? { kind: 'list', parts: value } : { kind: 'texts', parts: [String(value)] };
  };
}
