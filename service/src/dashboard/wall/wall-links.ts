// Makes, lists, finds and revokes read-only links: to the dashboard on a wall, and to the company page about surveys.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { and, count, desc, eq, isNull, lt, or, sql } from 'drizzle-orm';
import { people } from '../../directory/tables.ts';
import { type Database, isAmong, type Queryable } from '../../platform/storage/database.ts';
import { wallLinks } from '../tables.ts';

/** What a link opens. */
export type LinkTarget = (typeof wallLinks.$inferSelect)['shows'];

export interface StoredLink {
  readonly id: number;
  readonly name: string;
  readonly shows: LinkTarget;
  readonly createdAt: Date;
  /** The admin's name; null: unknown. */
  readonly createdBy: string | null;
  readonly lastUsedAt: Date | null;
}

export type FoundLink =
  | { readonly kind: 'link'; readonly id: number; readonly name: string }
  | { readonly kind: 'revoked' }
  | { readonly kind: 'unknown' };

/** 256 random bits as base64url. */
const TOKEN = /^[\w-]{43}$/;
const BYTES = 32;
/** Each is a secret that somebody has to remember: more than these are a mistake. */
export const MAX_LINKS = 50;
/** Milliseconds. */
const NOTED_EVERY_MS = 60_000;

/** A plain SHA-256 is enough: 256 random bits cannot be guessed. */
const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The token is returned once, and stored nowhere. Null: there are `MAX_LINKS` already. */
export async function makeLink(
  db: Database,
  { name, agentId, shows }: { name: string; agentId: number; shows: LinkTarget },
): Promise<{ link: StoredLink; token: string } | null> {
  const token = randomBytes(BYTES).toString('base64url');
  const row = await db.transaction(async (tx) => {
    await tx.execute(sql`LOCK TABLE ${wallLinks} IN SHARE ROW EXCLUSIVE MODE`);
    const [made] = await tx.select({ n: count() }).from(wallLinks).where(isNull(wallLinks.revokedAt));
    if ((made?.n ?? 0) >= MAX_LINKS) return null;
    const [row] = await tx
      .insert(wallLinks)
      .values({ name, shows, tokenHash: hashOf(token), createdBy: agentId })
      .returning({ id: wallLinks.id });
    return row ?? null;
  });
  if (row === null) return null;
  const link = (await listLinks(db)).find(({ id }) => id === row.id);
  if (link === undefined) throw new Error('A link was revoked while it was made');
  return { link, token };
}

/** Those that are not revoked, the newest first. */
export async function listLinks(db: Queryable): Promise<StoredLink[]> {
  const { id, name, shows, createdAt, lastUsedAt } = wallLinks;
  return db
    .select({ id, name, shows, createdAt, createdBy: people.name, lastUsedAt })
    .from(wallLinks)
    .leftJoin(people, eq(people.id, wallLinks.createdBy))
    .where(isNull(wallLinks.revokedAt))
    .orderBy(desc(id));
}

/** Every process ends its open streams. False: there is no such link. */
export async function revokeLink(
  db: Queryable,
  { linkId, agentId }: { linkId: number; agentId: number },
): Promise<boolean> {
  const revoked = await db
    .update(wallLinks)
    .set({ revokedAt: sql`now()`, revokedBy: agentId })
    .where(and(eq(wallLinks.id, linkId), isNull(wallLinks.revokedAt)))
    .returning({ id: wallLinks.id });
  return revoked.length > 0;
}

/** Notes that it was used, about once a minute. A link opens only what it was made for. */
export async function findLink(db: Queryable, token: string, shows: LinkTarget, now: Date): Promise<FoundLink> {
  if (!TOKEN.test(token)) return { kind: 'unknown' };
  const hash = hashOf(token);
  const [row] = await db
    .select()
    .from(wallLinks)
    .where(and(eq(wallLinks.tokenHash, hash), eq(wallLinks.shows, shows)));
  // The index found it by its hash, whose time says nothing about the token; compared again in constant time all the same.
  if (!row || !timingSafeEqual(row.tokenHash, hash)) return { kind: 'unknown' };
  if (row.revokedAt !== null) return { kind: 'revoked' };
  const before = new Date(now.getTime() - NOTED_EVERY_MS);
  if (row.lastUsedAt === null || row.lastUsedAt < before)
    await db
      .update(wallLinks)
      .set({ lastUsedAt: now })
      .where(and(eq(wallLinks.id, row.id), or(isNull(wallLinks.lastUsedAt), lt(wallLinks.lastUsedAt, before))));
  return { kind: 'link', id: row.id, name: row.name };
}

/** Of these links, those that are still valid. */
export async function validLinks(db: Queryable, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await db
    .select({ id: wallLinks.id })
    .from(wallLinks)
    .where(and(isAmong(wallLinks.id, ids), isNull(wallLinks.revokedAt)));
  return new Set(rows.map(({ id }) => id));
}
