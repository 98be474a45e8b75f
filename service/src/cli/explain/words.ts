// Marks in a ticket's texts the words that each condition saw, and prints them.
import type { Policy, TicketFacts } from '@deskwright/shared';
import { eq } from 'drizzle-orm';
import { type CompiledPolicy, compilePolicy } from '../../decide/compile-policy.ts';
import { NO_NAMES } from '../../decide/empty-ticket.ts';
import { findWords, type SeenWords, type WordPlace } from '../../decide/find-words.ts';
import type { Database } from '../../platform/storage/database.ts';
import { loadFacts, readConversation, tickets } from '../../tickets/index.ts';
import { clockOf } from '../clock.ts';
import { describeCondition } from './describe-reasons.ts';

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

/** Where they end, the marks of a terminal and plain ones name the conditions: `money back(1,3)`, `[[money back]](1,3)`. */
export type MarkStyle = 'terminal' | 'plain';

/** Underlined words are only of use to somebody who looks at them. `NO_COLOR`: https://no-color.org */
export const markStyle = (stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): MarkStyle =>
  stream.isTTY && !env['NO_COLOR'] ? 'terminal' : 'plain';

const MARK = '\u001B[4;33m';
const DIM = '\u001B[2m';
const END = '\u001B[0m';

/** Lines without the ticket's number. */
export function* printWords({ texts, conditions }: MarkedWords, style: MarkStyle): Generator<string> {
  for (const { name, text, places } of texts) {
    yield `${name.replaceAll('_', ' ')}:`;
    for (const line of mark(text, places, style).split('\n')) yield `  ${line}`;
  }
  if (conditions.length === 0) {
    yield 'No condition saw any of these words.';
    return;
  }
  yield 'Conditions that saw words:';
  for (const { number, triggerId, title, condition } of conditions)
    yield `  ${String(number).padStart(2)}  ${describeCondition(condition)}  trigger "${title}" (${triggerId})`;
}

/** Where places overlap, each stretch is marked with all conditions that saw it. */
export function mark(text: string, places: MarkedWords['texts'][number]['places'], style: MarkStyle): string {
  const edges = [...new Set([0, text.length, ...places.flatMap(({ start, end }) => [start, end])])].toSorted(
    (a, b) => a - b,
  );
  return edges
    .slice(0, -1)
    .map((start, at) => {
      const end = edges[at + 1] ?? text.length;
      const stretch = printable(text.slice(start, end));
      const numbers = places
        .filter((place) => place.start <= start && place.end >= end)
        .flatMap((one) => one.conditions);
      if (numbers.length === 0) return stretch;
      const which = `(${[...new Set(numbers)].toSorted((a, b) => a - b).join(',')})`;
      return style === 'plain'
        ? `[[${stretch}]]${which}`
        : `${stretch
            .split('\n')
            .map((line) => `${MARK}${line}${END}`)
            .join('\n')}${DIM}${which}${END}`;
    })
    .join('');
}

/** A customer's message must not move the terminal's cursor or change its colours. */
const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (char) => (/[\n\t]/.test(char) ? char : '\uFFFD'));

/** `missing`: why there are no words to mark, a sentence without full stop. */
type StoredWords = MarkedWords | { readonly missing: string };

/** Subject, description, newest comment and custom fields as the database has them now. @param policy null: none was ever loaded */
export async function readStoredWords(
  db: Database,
  ticketId: number,
  policy: Policy | null,
  now: Date,
): Promise<StoredWords> {
  const [row] = await db.select().from(tickets).where(eq(tickets.id, ticketId));
  if (!row) return { missing: 'the ticket is not known here' };
  if (row.erasedAt)
    return {
      missing: `they were erased on ${clockOf(policy).printWithZone(row.erasedAt)}, by request or because the time to keep them ended (retention.words)`,
    };
  if (!policy) return { missing: 'no valid policy was loaded with this database yet' };
  const { lastCustomerComment } = await readConversation(db, ticketId);
  // People and organizations are not stored with a ticket.
  return markWords(loadFacts(row, lastCustomerComment, NO_NAMES, now.getTime()), compilePolicy(policy));
}

export function* describeWords(words: StoredWords, style: MarkStyle): Generator<string> {
  yield '';
  if ('missing' in words) yield `The ticket’s words cannot be shown: ${words.missing}.`;
  else {
    yield 'What the conditions of the policy in force see in the ticket’s words';
    for (const line of printWords(words, style)) yield `  ${line}`;
  }
}
