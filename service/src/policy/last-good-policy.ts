// Keeps the texts of the last valid policy in the database, for a start at which the files are not valid.

import type { NamedGuidance } from '@deskwright/shared';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '../platform/storage/database.ts';
import { settings } from '../platform/storage/tables.ts';
import type { IncludedFile } from './read-included.ts';
import type { PolicyTexts } from './read-policy-file.ts';

type GoodTexts = Extract<PolicyTexts, { ok: true }>;

export interface LastGoodPolicy {
  /** Null: no valid policy was ever loaded with this database. */
  read(): Promise<{ texts: GoodTexts; keptAt: Date } | null>;
  keep(texts: GoodTexts): Promise<void>;
}

const KEY = 'last_good_policy';

interface Kept {
  text: string;
  named: readonly NamedGuidance[];
  guidance: readonly [string, string][];
  /** Versions before `include` kept none. */
  included?: readonly IncludedFile[];
}

export function lastGoodPolicy(db: Queryable): LastGoodPolicy {
  return {
    async read() {
      const [row] = await db.select().from(settings).where(eq(settings.key, KEY));
      if (!row) return null;
      const { text, named, guidance, included = [] } = row.value as Kept;
      const texts = new Map(guidance.map(([file, found]) => [file, { ok: true, text: found }] as const));
      return {
        texts: { ok: true, text, named, guidance: texts, included, notIncluded: [] },
        keptAt: row.changedAt,
      };
    },
    async keep({ text, named, guidance, included }) {
      const found = [...guidance].flatMap(([file, read]): [string, string][] => (read.ok ? [[file, read.text]] : []));
      const value: Kept = { text, named, guidance: found, included };
      await db
        .insert(settings)
        .values({ key: KEY, value })
        .onConflictDoUpdate({
          target: settings.key,
          set: { value, changedAt: sql`now()` },
          // A restart with the same policy does not make it newer.
          setWhere: sql`${settings.value} IS DISTINCT FROM excluded.value`,
        });
    },
  };
}
