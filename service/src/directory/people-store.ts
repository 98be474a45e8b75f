// Stores the Zendesk users that were needed, and the ids of erased ones, so that nothing they wrote is imported again.
import { and, inArray, isNotNull, isNull, ne, notInArray, or, sql } from 'drizzle-orm';
import type { Database, Queryable } from '../platform/storage/database.ts';
import type { ZendeskUser } from '../zendesk/zendesk.ts';
import { erasedPeople, people } from './tables.ts';

/** Of a customer at Stripe: https://docs.stripe.com/api/customers/object#customer_object-id */
const CUSTOMER_ID = /^cus_\w{1,100}$/;
/** Of one profile. */
const MOST_CUSTOMER_IDS = 5;

/** In the external id and in custom fields, each once. */
function customerIdsOf({ external_id, user_fields }: Pick<ZendeskUser, 'external_id' | 'user_fields'>): string[] {
  const found = [external_id, ...Object.values(user_fields ?? {})].flatMap((value) => {
    const text = typeof value === 'string' ? value.trim() : '';
    return CUSTOMER_ID.test(text) ? [text] : [];
  });
  return [...new Set(found)].slice(0, MOST_CUSTOMER_IDS);
}

/** When a user was an agent. */
export interface StaffTerm {
  /** Null: since before our first read. */
  since: Date | null;
  /** When they were first seen not to be an agent any more; null: they still are. */
  until: Date | null;
}

/**
 * Saves users as they are now. A new agent counts as one since they were last seen not to be one; a former agent counted as one until
 * now. Zendesk does not keep former roles. Erased customers are not saved.
 */
export async function savePeople(db: Database, users: readonly ZendeskUser[], fetchedAt: Date): Promise<void> {
  const isStaff = sql`excluded.role <> 'end-user'`;
  const wasStaff = sql`${people.role} <> 'end-user'`;
  const erased = await readErasedPeople(
    db,
    users.flatMap(({ id, role }) => (id !== null && role === 'end-user' ? id : [])),
  );
  for (const user of users) {
    const { id, name, email, role, suspended, locale, iana_time_zone: timeZone = null } = user;
    const createdAt = user.created_at ? new Date(user.created_at) : null;
    if (id === null || erased.has(id)) continue;
    const row = {
      id,
      name,
      email,
      role,
      suspended,
      locale,
      timeZone,
      customerIds: customerIdsOf(user),
      createdAt,
      fetchedAt,
    };
    await db
      .insert(people)
      .values(row)
      .onConflictDoUpdate({
        target: people.id,
        set: {
          ...row,
          createdAt: sql`coalesce(excluded.created_at, ${people.createdAt})`,
          staffSince: sql`CASE WHEN ${isStaff} AND NOT (${wasStaff}) AND ${people.staffUntil} IS NULL
            THEN ${people.fetchedAt} ELSE ${people.staffSince} END`,
          staffUntil: sql`CASE WHEN ${isStaff} THEN NULL
            WHEN ${wasStaff} THEN coalesce(${people.staffUntil}, excluded.fetched_at) ELSE ${people.staffUntil} END`,
        },
      });
  }
}

/** Marks users who are no longer agents, and returns the periods that have a beginning or an end. */
export async function readStaffTerms(
  db: Database,
  agentIds: readonly number[],
  now: Date,
): Promise<Map<number, StaffTerm>> {
  const gone = and(ne(people.role, 'end-user'), isNull(people.staffUntil), notInArray(people.id, [...agentIds]));
  await db.update(people).set({ staffUntil: now }).where(gone);
  const rows = await db
    .select({ id: people.id, since: people.staffSince, until: people.staffUntil })
    .from(people)
    .where(or(isNotNull(people.staffSince), isNotNull(people.staffUntil)));
  return new Map(rows.map(({ id, ...term }) => [id, term]));
}

/** When each of them was erased, by user id. */
export type ErasedPeople = ReadonlyMap<number, Date>;

export async function recordErasedPeople(tx: Queryable, ids: readonly number[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .insert(erasedPeople)
    .values(ids.map((userId) => ({ userId, erasedAt: now })))
    .onConflictDoUpdate({
      target: erasedPeople.userId,
      set: { erasedAt: sql`greatest(${erasedPeople.erasedAt}, excluded.forgotten_at)` },
    });
}

/** Of the given people, those who were erased. */
export async function readErasedPeople(db: Queryable, ids: readonly number[]): Promise<ErasedPeople> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(erasedPeople)
    .where(inArray(erasedPeople.userId, [...ids]));
  return new Map(rows.map(({ userId, erasedAt }) => [userId, erasedAt]));
}
