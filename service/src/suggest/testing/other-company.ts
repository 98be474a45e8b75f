// Makes labelled tickets of a company that does not exist: its own vocabulary, drawn by a seed.
import type { TicketFacts } from '@deskwright/shared';
import { EMPTY_TICKET } from '../../decide/empty-ticket.ts';
import type { LabelledTicket } from '../gather-labels.ts';

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
function drawsFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const aText = (description: string, more: Partial<TicketFacts> = {}): TicketFacts => ({
  ...EMPTY_TICKET,
  description,
  ...more,
});

interface OtherCompany {
  readonly seed: number;
  readonly tickets: number;
  readonly categories: number;
  /** Share of tickets with another category's label. */
  readonly noise: number;
  /** Words of a ticket that say nothing. */
  readonly filling: number;
}

const CONSONANTS = Array.from('bcdfghjklmnprstvz');
const VOWELS = Array.from('aeiou');

/**
 * Each category has verbs and things of its own; every third thing belongs to two categories, which only the verb tells apart. Words are
 * typed wrongly now and then.
 */
export function otherCompany({ seed, tickets, categories, noise, filling }: OtherCompany): LabelledTicket[] {
  const draw = drawsFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;
  const word = (): string =>
    Array.from({ length: 2 + Math.floor(draw() * 3) }, () => pick(CONSONANTS) + pick(VOWELS)).join('') +
    pick(CONSONANTS);
  const common = Array.from({ length: 60 }, word);
  const shared = Array.from({ length: categories }, word);
  const own = Array.from({ length: categories }, (_, at) => ({
    verbs: Array.from({ length: 4 }, word),
    things: [...Array.from({ length: 5 }, word), shared[at] ?? '', shared[(at + 1) % categories] ?? ''],
  }));
  const typed = (text: string): string => {
    if (draw() > 0.05 || text.length < 7) return text;
    const at = 2 + Math.floor(draw() * (text.length - 3));
    return text.slice(0, at) + text.slice(at + 1);
  };
  return Array.from({ length: tickets }, (_, ticketId) => {
    // Some categories are far more frequent than others.
    const at = Math.floor(draw() ** 1.5 * categories);
    const { verbs, things } = own[at] ?? { verbs: [], things: [] };
    const words = [typed(pick(verbs)), ...(draw() < 0.5 ? [pick(common)] : []), typed(pick(things))];
    const around = Array.from({ length: filling }, () => pick(common));
    const cut = Math.floor(draw() * around.length);
    const description = [...around.slice(0, cut), ...words, ...around.slice(cut)].join(' ');
    const label = draw() < noise ? Math.floor(draw() * categories) : at;
    return { facts: aText(description, { ticketId }), label: `Topic ${label}` };
  });
}
