// Keeps the triggers of each policy that decided, so that the log of decisions need not repeat them.
import { type Policy, shareOf } from '@deskwright/shared';
import { and, eq, like, lt, sql } from 'drizzle-orm';
import type { CompiledPolicy } from '../../decide/compile-policy.ts';
import { EMPTY_TICKET } from '../../decide/empty-ticket.ts';
import { shareOfBoth } from '../../decide/share.ts';
import type { Database, Queryable } from '../../platform/storage/database.ts';
import { settings } from '../../platform/storage/tables.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';

/** What the traces of a policy's decisions have in common. */
export interface PolicyRules {
  triggers: readonly {
    id: string;
    title: string;
    /** For how many percent of the tickets it acts, if not for all: by its own mode and that of the file. */
    share?: number;
    /** Its tickets are drawn by the file's share. Versions before did not note it. */
    drawnByFile?: true;
    /** Field, operator and what the policy wants, in the order of a reason's conditions. */
    conditions: readonly (readonly [field: string, operator: string, wanted: unknown])[];
  }[];
  categories: readonly Pick<Policy['categories'][number], 'id' | 'name'>[];
  tiers: readonly Pick<Policy['tiers'][number], 'id' | 'name'>[];
}

const PREFIX = 'policy_rules:';
/** Stored anew so often: what was not for longer than decisions are kept is no policy's in force. */
const STORE_EVERY_MS = 24 * 3_600_000;
/** Policies held in memory; a log of years names more. */
const MOST_POLICIES = 20;

/** By hash of the policy: whatever the database, they are the same. */
const inMemory = new Map<string, PolicyRules>();
/** By database and hash, the epoch milliseconds at which they were stored; infinite while they are being stored. */
const storedAt = new WeakMap<Database, Map<string, number>>();

/**
 * The rules of the policy, once they are stored for those who read the log later; null until then. Storing them is not waited for: whoever
 * asks is in a transaction, which must not wait for a second connection. `now`: epoch milliseconds.
 */
export function rulesToPackBy(
  db: Database,
  { policy, compiled, hash }: PolicyInForce,
  now: number,
): PolicyRules | null {
  const rules = inMemory.get(hash) ?? keep(hash, rulesOf(policy, compiled));
  const stored = storedAt.get(db) ?? new Map<string, number>();
  storedAt.set(db, stored);
  const before = stored.get(hash);
  if (before === undefined || now - before > STORE_EVERY_MS) {
    stored.set(hash, Number.POSITIVE_INFINITY);
    store(db, hash, rules).then(
      () => stored.set(hash, now),
      () => stored.delete(hash),
    );
  }
  return before === undefined || before === Number.POSITIVE_INFINITY ? null : rules;
}

/** Those of the policy that decided; null: they were never stored, or deleted with the last decision by them. */
export async function readRules(db: Queryable, hash: string): Promise<PolicyRules | null> {
  const known = inMemory.get(hash);
  if (known) return known;
  const [row] = await db
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, PREFIX + hash));
  return row ? keep(hash, row.value as PolicyRules) : null;
}

/** Deletes those of policies that were in force before `before` for the last time. */
export async function deleteOldRules(db: Database, before: Date): Promise<void> {
  const margin = new Date(before.getTime() - 2 * STORE_EVERY_MS);
  await db.delete(settings).where(and(like(settings.key, `${PREFIX}%`), lt(settings.changedAt, margin)));
}

async function store(db: Database, hash: string, value: PolicyRules): Promise<void> {
  await db
    .insert(settings)
    .values({ key: PREFIX + hash, value })
    .onConflictDoUpdate({ target: settings.key, set: { changedAt: sql`now()` } });
}

function keep(hash: string, rules: PolicyRules): PolicyRules {
  inMemory.set(hash, rules);
  const [oldest] = inMemory.keys();
  if (inMemory.size > MOST_POLICIES && oldest !== undefined) inMemory.delete(oldest);
  return rules;
}

function shareIn(
  ofFile: Policy['mode'],
  own: Parameters<typeof shareOfBoth>[1],
): Pick<PolicyRules['triggers'][number], 'share' | 'drawnByFile'> {
  const share = shareOfBoth(ofFile, own);
  if (share === 100) return {};
  return { share, ...(shareOf(ofFile) < 100 && { drawnByFile: true }) };
}

/** Asks the compiled conditions themselves, so that they are as traces have them. @internal */
export function rulesOf(
  { categories, tiers, mode, triggers: written }: Policy,
  { triggers, rules }: CompiledPolicy,
): PolicyRules {
  const { trace } = rules.answer(EMPTY_TICKET);
  return {
    triggers: triggers.map(({ id, title }, place) => ({
      id,
      title,
      ...shareIn(mode, written[place]?.mode),
      conditions: (rules.rules[place]?.leaves ?? []).map((leaf) => {
        const { field, operator, wanted } = trace(leaf);
        return [field, operator, wanted] as const;
      }),
    })),
    categories: categories.map(({ id, name }) => ({ id, name })),
    tiers: tiers.map(({ id, name }) => ({ id, name })),
  };
}
