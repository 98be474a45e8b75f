// Erases a customer's words, name and addresses from everything stored.
import { and, inArray, ne, or, type SQL, sql } from 'drizzle-orm';
import { rememberForgotten } from '../../directory/forgotten-people.ts';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
// oxlint-disable-next-line no-restricted-imports -- erasing becomes a hook of these features next
import { invitations, responses, unsubscribed } from '../../surveys/tables.ts';
import { comments, inbox, tickets } from '../tables.ts';
import { addErased, type Erased, eraseLogs, eraseTickets, NOTHING_ERASED } from './erase-tickets.ts';
import { hashAddress, hashedAddress } from './hashed-address.ts';

interface ErasedPerson extends Erased {
  people: number;
}

export type PersonErasure = { kind: 'erased'; erased: ErasedPerson } | { kind: 'agent' };

/** In one go; each takes a lock. */
const TICKETS_AT_A_TIME = 500;

/**
 * Erases whoever has this id or address: their tickets with all that hangs on them, what they wrote on others' tickets, their name and
 * addresses. Of an address for which surveys were refused a hash stays, and of the people their numbers: what they wrote until now does
 * not come back. Agents are refused: what they wrote is the company's.
 */
export async function erasePerson(
  tx: Queryable,
  { id, email, now }: { id: number | null; email: string | null; now: Date },
): Promise<PersonErasure> {
  const known = await tx
    .select({ id: people.id, email: people.email, role: people.role })
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
  const ids = distinct([
    ...(id === null ? [] : [id]),
    ...known.map((person) => person.id),
    ...(await askedAt(tx, addresses)),
  ]);

  await rememberForgotten(tx, ids, now);
  let erased = NOTHING_ERASED;
  const theirs = await tx.select({ id: tickets.id }).from(tickets).where(among(tickets.requesterId, ids));
  for (let from = 0; from < theirs.length; from += TICKETS_AT_A_TIME) {
    const part = theirs.slice(from, from + TICKETS_AT_A_TIME).map((ticket) => ticket.id);
    erased = addErased(erased, await eraseTickets(tx, { ids: part, now, gone: false }));
  }
  erased = addErased(erased, await eraseElsewhere(tx, { ids, addresses, now }));
  const { rowCount } = await tx.delete(people).where(among(people.id, ids));
  for (const address of addresses) await hashRefusal(tx, address);
  return { kind: 'erased', erased: { ...erased, people: rowCount ?? 0 } };
}

/** On tickets of others, where they were in copy or the requester before: their comments, and the logs that may quote them. */
async function eraseElsewhere(
  tx: Queryable,
  { ids, addresses, now }: { ids: readonly number[]; addresses: readonly string[]; now: Date },
): Promise<Erased> {
  const written = await tx
    .update(comments)
    .set({ body: '' })
    .where(and(among(comments.authorId, ids), ne(comments.body, '')))
    .returning({ ticketId: comments.ticketId });
  const asked = await tx
    .update(invitations)
    .set({
      recipient: hashedAddress(invitations.recipient),
      detail: null,
      expiresAt: sql`least(${invitations.expiresAt}, ${now.toISOString()}::timestamptz)`,
    })
    .where(and(among(invitations.requesterId, ids), sql`${invitations.recipient} NOT LIKE 'sha256:%'`))
    .returning({ ticketId: invitations.ticketId });
  const theirs = tx.select({ id: invitations.id }).from(invitations).where(among(invitations.requesterId, ids));
  const answers = await tx
    .update(responses)
    .set({ comment: '' })
    .where(and(inArray(responses.invitationId, theirs), ne(responses.comment, '')));
  const begun = await eraseBeginnings(tx, ids);
  const logs = await eraseLogs(tx, distinct([...begun, ...[...written, ...asked].map(({ ticketId }) => ticketId)]));
  const subjects = ids.map((id) => `zen:user:${id}`);
  const named = [...subjects.map((subject) => sql`${inbox.body}->>'subject' = ${subject}`), ...addresses.map(mentions)];
  const { rowCount } =
    named.length === 0
      ? { rowCount: 0 }
      : await tx
          .update(inbox)
          .set({ body: {} })
          .where(or(...named));
  return {
    ...NOTHING_ERASED,
    ...logs,
    tickets: begun.length,
    answers: answers.rowCount ?? 0,
    comments: written.length,
    surveys: asked.length,
    events: logs.events + (rowCount ?? 0),
  };
}

/** Subject and description are the first message's. Returns the tickets that somebody of `ids` began and that are somebody else's now. */
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

/** Requesters who were asked at one of the addresses. */
async function askedAt(tx: Queryable, addresses: readonly string[]): Promise<number[]> {
  if (addresses.length === 0) return [];
  const recipients = addresses.flatMap((address) => [address, hashAddress(address)]);
  const rows = await tx
    .selectDistinct({ id: invitations.requesterId })
    .from(invitations)
    .where(inArray(invitations.recipient, recipients));
  return rows.map((row) => row.id);
}

async function hashRefusal(tx: Queryable, address: string): Promise<void> {
  const gone = await tx.delete(unsubscribed).where(isAddress(unsubscribed.email, address)).returning();
  for (const { since } of gone)
    await tx
      .insert(unsubscribed)
      .values({ email: hashAddress(address), since })
      .onConflictDoNothing();
}

const isAddress = (column: typeof people.email | typeof unsubscribed.email, address: string): SQL =>
  sql`lower(${column}) = ${address.trim().toLowerCase()}`;

const among = (column: Parameters<typeof inArray>[0], ids: readonly number[]): SQL => inArray(column, [...ids]);

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
