// Gives the service's role its rights in a database that another role owns, so that it can only add to the books of refunds.
import { getTableName, sql } from 'drizzle-orm';
import { QUEUE_SCHEMA } from '../../platform/jobs/queue-backend.ts';
import { openDatabase } from '../../platform/storage/database.ts';
import { BOOKS } from '../../refunds/index.ts';

/**
 * What the service needs, and of the books nothing but reading and adding. It makes and drops partitions of the history, and the queue makes its tables,
 * so these are its own.
 * All in one transaction. Repeating it changes nothing. Throws when the owner may not: it must own the database and be a member of `role`.
 */
export async function grantBooks(ownerUrl: string, role: string): Promise<void> {
  const db = openDatabase(ownerUrl, { max: 1 });
  const books = sql.join(
    BOOKS.map((table) => sql.identifier(getTableName(table))),
    sql`, `,
  );
  const to = sql.identifier(role);
  try {
    await db.transaction(async (tx) => {
      const { rows: history } = await tx.execute<{ name: string }>(sql`
        SELECT relname AS name FROM pg_class WHERE oid = 'history'::regclass
          OR oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'history'::regclass)`);
      const { rows: queue } = await tx.execute<{ change: string }>(sql`
        SELECT format('ALTER SCHEMA %I OWNER TO %I', nspname, ${role}::text) AS change FROM pg_namespace WHERE nspname = ${QUEUE_SCHEMA}
        UNION ALL SELECT format('ALTER TABLE %s OWNER TO %I', oid::regclass, ${role}::text) FROM pg_class
          WHERE relnamespace = to_regnamespace(${QUEUE_SCHEMA}) AND (relkind IN ('r', 'p', 'v')
            OR relkind = 'S' AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND refobjsubid > 0))
        UNION ALL SELECT format('ALTER ROUTINE %s OWNER TO %I', oid::regprocedure, ${role}::text) FROM pg_proc
          WHERE pronamespace = to_regnamespace(${QUEUE_SCHEMA})
        UNION ALL SELECT format('ALTER TYPE %s OWNER TO %I', t.oid::regtype, ${role}::text) FROM pg_type t JOIN pg_class c ON c.oid = typrelid
          WHERE typnamespace = to_regnamespace(${QUEUE_SCHEMA}) AND relkind = 'c'`);
      const { rows: databases } = await tx.execute<{ name: string }>(sql`SELECT current_database() AS name`);
      for (const statement of [
        ...databases.map(({ name }) => sql`GRANT CREATE ON DATABASE ${sql.identifier(name)} TO ${to}`),
        ...queue.map(({ change }) => sql.raw(change)),
        sql`GRANT USAGE ON SCHEMA drizzle TO ${to}`,
        sql`GRANT SELECT ON ALL TABLES IN SCHEMA drizzle TO ${to}`,
        sql`GRANT SELECT ON ALL SEQUENCES IN SCHEMA drizzle TO ${to}`,
        sql`GRANT USAGE, CREATE ON SCHEMA public TO ${to}`,
        sql`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${to}`,
        sql`REVOKE ALL ON ${books} FROM ${to}`,
        sql`GRANT SELECT, INSERT ON ${books} TO ${to}`,
        sql`GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO ${to}`,
        ...history.map(({ name }) => sql`ALTER TABLE ${sql.identifier(name)} OWNER TO ${to}`),
      ])
        await tx.execute(statement);
    });
  } finally {
    await db.$client.end();
  }
}
