// Records whether alarms and reminders could be judged in the last round, for operators.
import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Check } from '../platform/http/health.ts';
import type { Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';

const SETTING = 'alerts';
const WORK = ['alarms', 'reminders'] as const;

/** Since when each fails, and the last cause; left out: it works. */
const statusShape = z.partialRecord(z.enum(WORK), z.object({ since: z.string(), error: z.string() }));
type Status = z.output<typeof statusShape>;

/** `failures`: what the round threw. Written only when something changed. */
export async function noteRound(
  db: Queryable,
  failures: Readonly<Partial<Record<(typeof WORK)[number], unknown>>>,
  now: Date,
): Promise<void> {
  const before = await readStatus(db);
  const value: Status = {};
  for (const name of WORK)
    if (name in failures)
      value[name] = {
        since: before[name]?.since ?? now.toISOString(),
        error: aboutError(failures[name]).error,
      };
  if (JSON.stringify(value) === JSON.stringify(before)) return;
  await db
    .insert(settings)
    .values({ key: SETTING, value })
    .onConflictDoUpdate({ target: settings.key, set: { value, changedAt: sql`now()` } });
}

/** A warning: everything else works. */
export async function checkRound(db: Queryable): Promise<Check> {
  const problems = Object.entries(await readStatus(db)).map(
    ([name, { since, error }]) =>
      `${name} could not all be judged since ${since}, the next round tries again: ${error}`,
  );
  return problems.length === 0 ? { ok: true } : { ok: true, warning: problems.join('; ') };
}

async function readStatus(db: Queryable): Promise<Status> {
  const [row] = await db.select().from(settings).where(eq(settings.key, SETTING));
  return statusShape.safeParse(row?.value).data ?? {};
}
