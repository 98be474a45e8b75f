// Marks in a ticket's texts the words that each condition saw.
import type { TicketFacts } from '@deskwright/shared';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import { findWords, type SeenWords, type WordPlace } from '../../decide/find-words.ts';

/** A place in a text, in UTF-16 units, and the numbers of the conditions that saw it. */
type MarkedPlace = Omit<WordPlace, 'text'> & { readonly conditions: readonly number[] };

export interface MarkedWords {
  readonly texts: readonly { readonly name: string; readonly text: string; readonly places: readonly MarkedPlace[] }[];
  /** The legend. */
  readonly conditions: readonly (Omit<SeenWords, 'places'> & { readonly number: number })[];
}

/**
 * Subject and description always, and each other text in which a condition saw words. The description is what conditions read: without
 * quoted history, signatures and links, which `full_description` has.
 */
export function markWords(facts: TicketFacts, compiled: CompiledPolicy): MarkedWords {
  const seen = findWords(facts, compiled);
  const names = new Set(['subject', 'description', ...seen.flatMap(({ places }) => places.map(({ text }) => text))]);
  return {
    texts: [...names].map((name) => ({ name, text: textOf(facts, name), places: placesIn(seen, name) })),
    conditions: seen.map(({ triggerId, title, condition }, at) => ({ number: at + 1, triggerId, title, condition })),
  };
}

function placesIn(seen: readonly SeenWords[], name: string): MarkedPlace[] {
  const conditions = new Map<string, { start: number; end: number; conditions: Set<number> }>();
  for (const [at, { places }] of seen.entries())
    for (const { text, start, end } of places) {
      if (text !== name) continue;
      const known = conditions.get(`${start}-${end}`) ?? { start, end, conditions: new Set() };
      known.conditions.add(at + 1);
      conditions.set(`${start}-${end}`, known);
    }
  return [...conditions.values()]
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
    .map((place) => ({ ...place, conditions: [...place.conditions] }));
}

const CUSTOM = 'custom_field:';

function textOf(facts: TicketFacts, name: string): string {
  switch (name) {
    case 'full_subject':
      return (facts.fullText ?? facts).subject;
    case 'full_description':
      return (facts.fullText ?? facts).description;
    default: {
      const values: Readonly<Record<string, unknown>> = {
        ...facts,
        requester_email: facts.requesterEmail,
        channel: facts.via,
      };
      return String(name.startsWith(CUSTOM) ? facts.customFields[name.slice(CUSTOM.length)] : values[name]);
    }
  }
}
