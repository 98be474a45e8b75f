// Finds a word anywhere in the database.
import { sql } from 'drizzle-orm';
import type { Database } from '../src/platform/storage/database.ts';

/** Tables that hold the word, small or capital, anywhere in a row; of schemas other than `public` with the schema's name. */
export async function tablesWith(db: Database, word: string): Promise<string[]> {
  const { rows: tables } = await db.execute<{ table_schema: string; table_name: string }>(sql`
    SELECT table_schema, table_name FROM information_schema.tables
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`);
  const found: string[] = [];
  for (const { table_schema: schema, table_name: name } of tables) {
    const { rows } = await db.execute(
      sql`SELECT 1 FROM ${sql.identifier(schema)}.${sql.identifier(name)} AS r
        WHERE strpos(lower(r::text), ${word.toLowerCase()}) > 0 LIMIT 1`,
    );
    if (rows.length > 0) found.push(schema === 'public' ? name : `${schema}.${name}`);
  }
  return found.toSorted();
}
