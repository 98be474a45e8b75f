// Looks up the people, groups and brands behind the ids of the account.
import { eq, inArray, sql } from 'drizzle-orm';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Database, Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import type { AccountNames } from '../policy/find-unknown-names.ts';
import type { Zendesk, ZendeskUser } from '../zendesk/zendesk.ts';
import { readErasedPeople, readStaffTerms, type StaffTerm, savePeople } from './people-store.ts';
import { people } from './tables.ts';

export type Person = typeof people.$inferSelect;
export type NameKind = 'group' | 'organization' | 'brand' | 'form';
const KINDS: readonly NameKind[] = ['group', 'organization', 'brand', 'form'];
/** People and names change rarely; Zendesk's own pages show copies of the same age. */
const REFRESH_MS = 3_600_000;
/** A changed policy may use names that were not read before. */
const MIN_AGE_MS = { unknown: 60_000, failed: 60_000, policy: 0 } as const;

export interface Directory {
  /** The user id of our login. */
  me: () => number;
  /** Whether the user is an agent, or was one at that time, as far as we know. */
  isAgent: (userId: number | null, at?: Date) => boolean;
  groupId: (name: string) => number | null;
  nameOf: (kind: NameKind, id: number | null) => string | null;
  /** Whether `nameOf` knows the names of this kind. Not yet for a new policy that is the first to use it. */
  hasRead: (kind: NameKind) => boolean;
  emailOfAgent: (userId: number | null) => string | null;
  /** All groups and agents of the account, and its brands where they are read. */
  names: () => AccountNames;
  /** The person; read from Zendesk if unknown. Null: there is no such user, or the customer was erased. */
  person: (userId: number) => Promise<Person | null>;
  /** Reads agents and names again when the copy is old, at most once a minute for an `unknown` id or after a read that failed, and at once for a new `policy`. */
  refresh: (because?: 'unknown' | 'policy') => Promise<void>;
}

export interface DirectoryDeps {
  db: Database;
  zendesk: Zendesk;
  clock: () => number;
  logger: Logger;
  /** The names that the policy's rules use; groups are always read. */
  kinds: () => ReadonlySet<NameKind>;
}

/** Reads our login, the agents and the names once, and again when they are old. Throws `ZendeskError` when the first read fails. */
export async function openDirectory(deps: DirectoryDeps): Promise<Directory> {
  const me = await deps.zendesk.me();
  if (me.id === null)
    throw new Error(
      'Zendesk does not accept our login (it answered "Anonymous user"). Check the OAuth client and its owner.',
    );
  const myId = me.id;
  const agents = new Map<number, ZendeskUser>();
  let terms = new Map<number, StaffTerm>();
  const known = new Map<string, string>();
  let knownKinds: readonly NameKind[] = [];
  const groups = new Map<string, number>();
  const asking = new Map<number, Promise<Person | null>>();
  let brandNames: string[] | null = null;
  let readAt = Number.NEGATIVE_INFINITY;
  let hasFailed = false;

  async function read(): Promise<void> {
    readAt = deps.clock();
    const asked = KINDS.filter((kind) => kind === 'group' || deps.kinds().has(kind));
    const [users, ...lists] = await Promise.all([
      deps.zendesk.listAgents(),
      ...asked.map((kind) => deps.zendesk.listNames(kind)),
    ]);
    await savePeople(deps.db, users, new Date(readAt));
    terms = await readStaffTerms(
      deps.db,
      users.flatMap(({ id }) => id ?? []),
      new Date(readAt),
    );
    // Rebuilt each time: former agents, and former names of groups, must not stay.
    for (const each of [agents, known, groups]) each.clear();
    for (const user of users) if (user.id !== null) agents.set(user.id, user);
    for (const [index, list] of lists.entries()) {
      for (const { id, name } of list) {
        known.set(`${asked[index]}:${id}`, name);
        if (asked[index] === 'group') groups.set(name, id);
      }
    }
    knownKinds = asked;
    await saveGroups(deps.db, groups);
    const brands = lists[asked.indexOf('brand')];
    brandNames = brands?.map(({ name }) => name) ?? null;
    if (brands) await saveNames(deps.db, BRANDS, new Map(brands.map(({ id, name }) => [name, id])));
  }
  await read();

  return {
    me: () => myId,
    isAgent: (userId, at) => {
      if (userId === null) return false;
      const term = terms.get(userId);
      if (at === undefined || term === undefined) return agents.has(userId);
      return at >= (term.since ?? at) && (agents.has(userId) || (term.until !== null && at < term.until));
    },
    groupId: (name) => groups.get(name) ?? null,
    nameOf: (kind, id) => (id === null ? null : (known.get(`${kind}:${id}`) ?? null)),
    hasRead: (kind) => knownKinds.includes(kind),
    emailOfAgent: (userId) => (userId === null ? null : (agents.get(userId)?.email ?? null)),
    names: () => ({
      groups: [...groups.keys()],
      agentEmails: [...agents.values()].flatMap(({ email }) => (email === null ? [] : [email])),
      brands: brandNames,
    }),
    person: (userId) => {
      // While Zendesk is slow, every card of a ticket would otherwise start a read of its own, and each retries for up to a minute.
      const asked = asking.get(userId) ?? findPerson(deps, userId).finally(() => asking.delete(userId));
      asking.set(userId, asked);
      return asked;
    },
    refresh: async (because) => {
      const age = deps.clock() - readAt;
      const reason = because ?? (hasFailed ? 'failed' : undefined);
      if (age < (reason ? MIN_AGE_MS[reason] : REFRESH_MS)) return;
      try {
        await read();
        hasFailed = false;
      } catch (error) {
        hasFailed = true;
        deps.logger.warn(aboutError(error), 'Could not refresh people and names');
      }
    },
  };
}

async function findPerson(deps: DirectoryDeps, userId: number): Promise<Person | null> {
  const [row] = await deps.db
    .select()
    .from(people)
    .where(inArray(people.id, [userId]));
  if (row && deps.clock() - row.fetchedAt.getTime() < REFRESH_MS) return row;
  if ((await readErasedPeople(deps.db, [userId])).size > 0) return null;
  const users = await deps.zendesk.showUsers([userId]);
  await savePeople(deps.db, users, new Date(deps.clock()));
  const [fresh] = await deps.db
    .select()
    .from(people)
    .where(inArray(people.id, [userId]));
  return users.length > 0 ? (fresh ?? null) : null;
}

const GROUPS = 'groups';
const BRANDS = 'brands';

/**
 * For commands that run without Zendesk. `groups`: ids by name.
 * @internal
 */
export const saveGroups = (db: Queryable, groups: ReadonlyMap<string, number>): Promise<void> =>
  saveNames(db, GROUPS, groups);

async function saveNames(db: Queryable, key: string, names: ReadonlyMap<string, number>): Promise<void> {
  const value = [...names];
  await db
    .insert(settings)
    .values({ key, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** As the service read them last; empty if it never has. */
export const readGroups = (db: Queryable): Promise<Map<string, number>> => readNames(db, GROUPS);

/** The same of brands, which are read where surveys are asked or the policy names one. */
export const readBrands = (db: Queryable): Promise<Map<string, number>> => readNames(db, BRANDS);

async function readNames(db: Queryable, key: string): Promise<Map<string, number>> {
  const [row] = await db.select({ value: settings.value }).from(settings).where(eq(settings.key, key));
  return new Map((row?.value ?? []) as [string, number][]);
}
