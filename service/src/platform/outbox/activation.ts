// Stores whether Deskwright acts on the account or only watches, and holds back effects that must not be performed.
import { setTimeout as pause } from 'node:timers/promises';
import { eq, type SQL, sql } from 'drizzle-orm';
import { aboutError } from '../errors/about-error.ts';
import type { Logger } from '../logging/logger.ts';
import type { Database, Queryable } from '../storage/database.ts';
import { settings } from '../storage/tables.ts';
import type { EffectDefinition } from './effect-definition.ts';
import { activations } from './tables.ts';

/** Null `groupId`: not limited to a group. `since`: when somebody last said so; null: nobody has, so it acts. */
export interface Acting {
  mode: 'observe' | 'act';
  scope: 'all' | 'new_tickets' | 'group';
  groupId: number | null;
  groupName: string | null;
  since: Date | null;
}

// A type, not an interface: `execute` requires an index signature.
type ActingRow = {
  mode: Acting['mode'];
  scope: Acting['scope'];
  group_id: number | null;
  group_name: string | null;
  since_ms: number | null;
};

/** As `acting()` says: the policy's `mode: observe` overrides every activation. */
export async function readActing(db: Queryable): Promise<Acting> {
  const { rows } = await db.execute<ActingRow>(sql`
    SELECT mode, scope, group_id::float8 AS group_id, group_name, (extract(epoch FROM since) * 1000)::float8 AS since_ms
    FROM acting()`);
  const [row] = rows;
  return {
    mode: row?.mode ?? 'act',
    scope: row?.scope ?? 'all',
    groupId: row?.group_id ?? null,
    groupName: row?.group_name ?? null,
    since: row?.since_ms == null ? null : new Date(row.since_ms),
  };
}

/** A sentence without full stop. */
export function describeActing({ mode, scope, groupName, since }: Acting): string {
  if (mode === 'observe')
    return 'only watches: nothing is written to Zendesk and no mail is sent (deskwright activate)';
  switch (scope) {
    case 'all':
      return 'acts on the whole account';
    case 'new_tickets':
      return `acts on tickets opened since ${since?.toISOString() ?? 'it was activated'}, and only watches the others`;
    case 'group':
      return `acts on tickets of the group "${groupName}", and only watches the others`;
  }
}

/** For what concerns the account as a whole: an activation for new tickets or one group does not cover it. */
export async function actsOnEverything(db: Queryable): Promise<boolean> {
  const { mode, scope } = await readActing(db);
  return mode === 'act' && scope === 'all';
}

type Scoped = Pick<EffectDefinition<never>, 'inScope'>;

/** A condition on `a`, the row of `acting()`: it lets the entry `o` be performed. */
export const isCovered = ({ inScope }: Scoped): SQL =>
  sql`(a.mode = 'act' AND (a.scope = 'all' OR ${inScope?.({ subjectId: sql`o.ticket_id`, payload: sql`o.payload` }) ?? sql`false`}))`;

/** The state of a new entry. Whether a limited activation covers it shows when it is claimed: the ticket may be stored after it. */
export const stateWhenRecorded = ({ inScope }: Scoped): SQL<'waiting' | 'observed'> => sql`(
  SELECT CASE WHEN a.mode = 'act' AND (a.scope = 'all' OR ${inScope !== undefined}) THEN 'waiting' ELSE 'observed' END FROM acting() a)`;

/** A kind of effect with the condition on `o` and `a` that lets an entry be performed, see `isCovered`. */
export interface CoveredKind {
  readonly name: string;
  readonly isCovered: SQL;
}

/** Before entries are claimed: those that a pause found waiting, or that a limited activation does not cover. */
export async function holdUncovered(db: Database, { name, isCovered: covered }: CoveredKind): Promise<void> {
  await db.execute(sql`
    UPDATE outbox o SET state = 'observed' FROM acting() a
    WHERE o.kind = ${name} AND o.state = 'waiting' AND NOT ${covered}`);
}

/** Before entries are claimed: those recorded while an activation was being stored, and those whose ticket is covered since. */
export async function releaseCoveredOf(db: Database, { name, isCovered: covered }: CoveredKind): Promise<void> {
  await db.execute(sql`
    UPDATE outbox o SET state = 'waiting' FROM acting() a
    WHERE o.kind = ${name} AND o.state = 'observed' AND ${covered}`);
}

/** A kind of effect, as far as its scope is concerned. */
export type ScopedKind = Scoped & { readonly name: string };

/** Makes observed entries due that are covered now. `kinds`: those that know a scope; an activation for everything covers every kind. */
export async function releaseCovered(tx: Queryable, kinds: readonly ScopedKind[]): Promise<void> {
  const release = (which: SQL) =>
    tx.execute(sql`UPDATE outbox o SET state = 'waiting' FROM acting() a WHERE o.state = 'observed' AND ${which}`);
  await release(isCovered({}));
  for (const kind of kinds) if (kind.inScope) await release(sql`o.kind = ${kind.name} AND ${isCovered(kind)}`);
}

export type NewActivation = Pick<
  typeof activations.$inferInsert,
  'mode' | 'scope' | 'groupId' | 'groupName' | 'who' | 'why'
>;

export async function recordActivation(tx: Queryable, activation: NewActivation): Promise<void> {
  await tx.insert(activations).values(activation);
}

const POLICY_MODE = 'policy_mode';
const AGAIN_MS = 2_000;

/** Stores what the policy in force says, so that every process and command knows. */
async function keepPolicyMode(db: Database, mode: Acting['mode'], kinds: readonly ScopedKind[]): Promise<void> {
  await db.transaction(async (tx) => {
    if (mode === 'observe') {
      await tx.insert(settings).values({ key: POLICY_MODE, value: mode }).onConflictDoNothing();
      return;
    }
    const { rowCount } = await tx.delete(settings).where(eq(settings.key, POLICY_MODE));
    if (rowCount) await releaseCovered(tx, kinds);
  });
}

/**
 * Stores the mode of each policy that comes into force, one after the other, and again after a failure. A process that performs no effects may
 * only add `observe`: it may have an older policy file than those that do.
 */
export function followPolicyMode(
  db: Database,
  kinds: readonly ScopedKind[],
  { performs, logger, signal }: { performs: boolean; logger: Pick<Logger, 'error'>; signal: AbortSignal },
): (mode: Acting['mode']) => Promise<void> {
  let stored = Promise.resolve();
  async function store(mode: Acting['mode']): Promise<void> {
    while (!signal.aborted) {
      try {
        return await keepPolicyMode(db, mode, kinds);
      } catch (error) {
        logger.error(aboutError(error), "Could not store the policy's mode; trying again");
        await pause(AGAIN_MS, null, { signal, ref: false }).catch(() => null);
      }
    }
  }
  return (mode) => {
    if (performs || mode === 'observe') stored = stored.then(() => store(mode));
    return stored;
  };
}

/**
 * For an account with customers: with a new database the service only watches, until somebody lets it act. Where somebody has said so before,
 * nothing changes. Where a former version has run, which acted without asking, it goes on, however long ago it last wrote something.
 * @param hasRun a condition: whether the database is not new
 */
export async function watchAtFirst(db: Database, hasRun: SQL = sql`false`): Promise<void> {
  await db.execute(sql`
    INSERT INTO activations (mode, who, why)
    SELECT CASE WHEN ran THEN 'act' ELSE 'observe' END, 'deskwright start',
      CASE WHEN ran THEN 'A former version ran here, and acted.' ELSE 'A new database: nobody has activated it yet.' END
    FROM (SELECT ${hasRun} AS ran) AS former WHERE NOT EXISTS (SELECT FROM activations)`);
}
