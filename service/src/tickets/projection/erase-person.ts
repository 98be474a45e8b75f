// Erases a customer's text, name and addresses from everything stored.
import { and, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import { recordErasedPeople } from '../../directory/people-store.ts';
import { people } from '../../directory/tables.ts';
import { eraseEntries } from '../../platform/outbox/entries.ts';
import { outbox } from '../../platform/outbox/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { CustomersErasure, Erased, ErasingHook } from '../hooks.ts';
import { comments, inbox, tickets } from '../tables.ts';
import { addErased, eraseLogs, eraseTickets } from './erase-tickets.ts';

export type PersonErasure =
  /** `people`, and `messages` if there are any, are counted in addition to the tickets' counts. */
  { kind: 'erased'; erased: Erased } | { kind: 'agent' };

/** Tickets erased at a time; each needs a lock. */
const TICKETS_AT_A_TIME = 500;

/**
 * Erases the customer with this id or address: their tickets with all related data, what they wrote on other tickets, their name and
 * addresses. The ids are kept, so that what they wrote so far is not imported again. Agents are refused: what they wrote is company data.
 */
export async function erasePerson(
  tx: Queryable,
  { id, email, now, hooks }: { id: number | null; email: string | null; now: Date; hooks: readonly ErasingHook[] },
): Promise<PersonErasure> {
  const known = await tx
    .select({ id: people.id, name: people.name, email: people.email, role: people.role })
    .from(people)
    .where(
      or(
        id === null ? undefined : inArray(people.id, [id]),
        email === null ? undefined : isAddress(people.email, email),
      ),
    );
  if (known.some(({ role }) => role !== 'end-user')) return { kind: 'agent' };
  const addresses = distinct(
    [email, ...known.map((person) => person.email)].flatMap((one) => one?.toLowerCase() ?? []),
  );
  const kept: number[] = [];
  for (const { customersAmong } of hooks) kept.push(...((await customersAmong?.(tx, { ids: [], addresses })) ?? []));
  const ids = distinct([...(id === null ? [] : [id]), ...known.map((person) => person.id), ...kept]);

  await recordErasedPeople(tx, ids, now);
  const erased: Erased[] = [];
  const theirs = await tx.select({ id: tickets.id }).from(tickets).where(among(tickets.requesterId, ids));
  for (let from = 0; from < theirs.length; from += TICKETS_AT_A_TIME) {
    const part = theirs.slice(from, from + TICKETS_AT_A_TIME).map((ticket) => ticket.id);
    erased.push(await eraseTickets(tx, { ids: part, now, gone: false, hooks }));
  }
  erased.push(...(await eraseElsewhere(tx, { ids, addresses, now }, hooks)));
  const messages = await eraseMessages(tx, [...addresses, ...fullNames(known.map(({ name }) => name))], now);
  const { rowCount } = await tx.delete(people).where(among(people.id, ids));
  const counts = { ...addErased(hooks, erased), people: rowCount ?? 0, ...(messages > 0 && { messages }) };
  return { kind: 'erased', erased: counts };
}

/** On other customers' tickets, where they were copied in or were the former requester: their comments, and the logs that may quote them. */
async function eraseElsewhere(
  tx: Queryable,
  erasure: CustomersErasure,
  hooks: readonly ErasingHook[],
): Promise<Erased[]> {
  const { ids, addresses } = erasure;
  const written = await tx
    .update(comments)
    .set({ body: '' })
    .where(and(among(comments.authorId, ids), ne(comments.body, '')))
    .returning({ ticketId: comments.ticketId });
  const ofFeatures: Erased[] = [];
  const touched = written.map(({ ticketId }) => ticketId);
  for (const { onEraseCustomers } of hooks) {
    const done = await onEraseCustomers?.(tx, erasure);
    if (!done) continue;
    ofFeatures.push(done.erased);
    touched.push(...done.ticketIds);
  }
  const begun = await eraseBeginnings(tx, ids);
  const logs = await eraseLogs(tx, distinct([...begun, ...touched]));
  const subjects = ids.map((id) => `zen:user:${id}`);
  const named = [...subjects.map((subject) => sql`${inbox.body}->>'subject' = ${subject}`), ...addresses.map(mentions)];
  const { rowCount } =
    named.length === 0
      ? { rowCount: 0 }
      : await tx
          .update(inbox)
          .set({ body: {} })
          .where(or(...named));
  const own = {
    ...logs,
    tickets: begun.length,
    comments: written.length,
    events: logs.events + (rowCount ?? 0),
  };
  return [own, ...ofFeatures];
}

/** A first name alone may be anybody's. */
const fullNames = (names: readonly string[]): string[] =>
  names.map((name) => name.trim().toLowerCase()).filter((name) => /\S\s+\S/.test(name));

/** Messages that name them, of whatever kind (Slack, mails of reports): what waits is cancelled, and what ended loses its text. */
async function eraseMessages(tx: Queryable, words: readonly string[], now: Date): Promise<number> {
  if (words.length === 0) return 0;
  const names = words.map(
    (word) => sql`strpos(lower(${outbox.payload}::text), ${JSON.stringify(word).slice(1, -1)}) > 0`,
  );
  return eraseEntries(tx, and(isNull(outbox.ticketId), or(...names)), now);
}

/** Subject and description belong to the first message. Returns tickets that were started by somebody in `ids` and now belong to somebody else. */
async function eraseBeginnings(tx: Queryable, ids: readonly number[]): Promise<number[]> {
  const wrote = tx.select({ id: comments.ticketId }).from(comments).where(among(comments.authorId, ids));
  const first = sql`(SELECT author_id FROM comments WHERE ticket_id = ${tickets.id} ORDER BY created_at, id LIMIT 1)`;
  const rows = await tx
    .update(tickets)
    .set({ subject: '', description: '' })
    .where(and(inArray(tickets.id, wrote), ne(tickets.description, ''), inArray(first, [...ids])))
    .returning({ id: tickets.id });
  return rows.map(({ id }) => id);
}

const mentions = (address: string): SQL => sql`strpos(lower(${inbox.body}::text), ${address}) > 0`;

const isAddress = (column: typeof people.email, address: string): SQL =>
  sql`lower(${column}) = ${address.trim().toLowerCase()}`;

const among = (column: Parameters<typeof inArray>[0], ids: readonly number[]): SQL => inArray(column, [...ids]);

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
