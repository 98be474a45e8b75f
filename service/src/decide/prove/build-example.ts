// Builds a ticket for which a given model is true.
import type { Priority, Status, TicketType } from '@deskwright/shared';
import { ageIn } from './age-theory.ts';
import type { ExampleTicket } from './example-ticket.ts';
import type { FieldAtoms } from './field-theory.ts';
import type { Model } from './solver.ts';
import type { TicketAtoms } from './ticket-theory.ts';
import { piecesOf, plainValue, writeText } from './write-text.ts';

const HOUR = 3_600_000;
const NAMES = ['group', 'assignee', 'organization', 'brand', 'form', 'language'] as const;

/**
 * A guess: what is written also depends on the words between, on patterns and on spellings, so whoever uses it must try it.
 * @param attempt from 0; another one is another wording. Null: no such ticket can be written
 */
export function buildExample(atoms: TicketAtoms, model: Model, attempt: number): ExampleTicket | null {
  const { fields, choices, ages } = atoms;
  const write = (field: string): string => {
    const own = fields.get(field);
    return own === undefined ? '' : writeText(own, model, attempt);
  };
  const chosen = (field: string): string | null =>
    [...(choices.get(field) ?? [])].find(([, literal]) => model(literal))?.[0] ?? null;
  const [status, priority, type] = ['status', 'priority', 'type'].map(chosen);
  const comment = fields.get('comment');
  const tags = fields.get('tags');
  const entries = tags === undefined ? [] : entriesOf(tags, model, attempt);
  const names = Object.fromEntries(NAMES.map((field) => [field, write(field)]).filter(([, text]) => text !== ''));
  const via = write('via');
  const requester = {
    ...(write('requester') !== '' && { name: write('requester') }),
    ...(write('requester_email') !== '' && { email: write('requester_email') }),
  };
  const custom = [...fields.values()].flatMap((own) =>
    own.kind === 'custom'
      ? [{ id: own.field.slice('custom_field:'.length), value: customValue(own, model, attempt) }]
      : [],
  );
  const times = timesOf(ages, model);
  if (times === null) return null;
  return {
    ...wordsOf(fields, model, attempt),
    ...(comment !== undefined && { comment: write('comment') }),
    ...(entries.length > 0 && { tags: entries }),
    ...(status != null && { status: status as Status }),
    ...(priority != null && { priority: priority as Priority }),
    ...(type != null && { type: type as TicketType }),
    ...(via !== '' && { via: { channel: via } }),
    ...(Object.keys(requester).length > 0 && { requester }),
    ...names,
    ...times,
    ...(custom.length > 0 && { custom_fields: custom.filter(({ value }) => value !== null) }),
  };
}

function entriesOf(tags: FieldAtoms, model: Model, attempt: number): readonly string[] {
  const pieces = piecesOf(tags, model, attempt);
  return pieces.length === 0 && model(tags.present) ? ['example'] : pieces;
}

/** What the subject and the description need, each alone and together; and what only the full text may have, as a quotation. */
function wordsOf(
  fields: ReadonlyMap<string, FieldAtoms>,
  model: Model,
  attempt: number,
): Pick<ExampleTicket, 'subject' | 'description'> {
  const pieces = (field: string): readonly string[] => {
    const own = fields.get(field);
    return own === undefined ? [] : piecesOf(own, model, attempt);
  };
  const write = (field: string, more: readonly string[] = []): string => {
    const own = fields.get(field);
    return own === undefined ? more.join(' ') : writeText(own, model, attempt, more);
  };
  const both = pieces('text');
  const quoted = [...pieces('full subject'), ...pieces('full description'), ...pieces('full_text')].filter(
    (piece) => ![...pieces('subject'), ...pieces('description')].includes(piece),
  );
  const subject = write('subject');
  const description = write('description', both);
  if (quoted.length === 0) return { subject, description };
  const lines = quoted.map((piece) => `> ${piece}`).join('\n');
  return { subject, description: `${description || 'Hello'}\n\nOn Mon, 1 Jun 2026 at 10:00, Sam wrote:\n${lines}` };
}

/** Null: the customer would have waited for longer than the ticket exists. */
function timesOf(
  ages: TicketAtoms['ages'],
  model: Model,
): Pick<ExampleTicket, 'created_hours_ago' | 'waiting_hours'> | null {
  const [created, waiting] = [ages.get('created_hours_ago'), ages.get('waiting_hours')];
  const waited = waiting === undefined ? undefined : ageIn(waiting, model, 0);
  const least = waited ?? 0;
  const age = created === undefined ? least : (ageIn(created, model, least) ?? 0);
  if (age < least) return null;
  return {
    ...(age > 0 && { created_hours_ago: age / HOUR }),
    ...(waited !== undefined && { waiting_hours: waited === null ? null : waited / HOUR }),
  };
}

type Value = NonNullable<ExampleTicket['custom_fields']>[number]['value'];

/** Null: the field stays empty. */
function customValue(field: FieldAtoms, model: Model, attempt: number): Value {
  const equal = [...field.equals.values()].filter(({ literal }) => model(literal));
  const pieces = piecesOf(field, model, attempt);
  const [first] = equal;
  if (first !== undefined && pieces.length === 1)
    return typeof first.value === 'string' ? plainValue(first.value) : first.value;
  const number = pieces.length === 0 ? numberIn(field, model) : null;
  if (number !== null) return number;
  // A list has several values; a text has several words.
  if (pieces.length > 1 && (first !== undefined || attempt % 2 === 1)) return pieces;
  const text = writeText(field, model, attempt);
  return text === '' ? null : text;
}

/** A number on the right side of each limit; null: no limit asks for one, or there is none. */
function numberIn({ below, above }: FieldAtoms, model: Model): number | null {
  const isAsked = [...below.values(), ...above.values()].some(model);
  const limits = [...new Set([...below.keys(), ...above.keys()])].toSorted((a, b) => a - b);
  const candidates = limits.flatMap((limit, at) => {
    const next = limits[at + 1] ?? limit + 2;
    return [limit - 1, limit, Math.floor((limit + next) / 2), (limit + next) / 2, limit + 1];
  });
  const fits = (value: number): boolean =>
    [...below].every(([limit, literal]) => value < limit === model(literal)) &&
    [...above].every(([limit, literal]) => value > limit === model(literal));
  return isAsked ? (candidates.find(fits) ?? null) : null;
}
