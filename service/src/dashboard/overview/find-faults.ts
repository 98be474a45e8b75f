// Finds what does not work as it should: mail, the order of views, and objects in Zendesk that somebody changed.
import { sql } from 'drizzle-orm';
import { readMailStatus } from '../../surveys/index.ts';
import type { SectionDeps } from '../section-deps.ts';

interface FoundFault {
  readonly n: number;
  readonly since: Date | null;
  readonly ids: null;
  readonly about?: string;
}

type Deps = Pick<SectionDeps, 'db'>;

/** A view that was repaired longer ago needs nobody's attention. */
const VIEWS_FOR = '7 days';

/** Nothing while no mail is to be sent. */
export async function findFailingMail({ db }: Deps): Promise<FoundFault> {
  const status = await readMailStatus(db);
  return status?.problem ? { n: 1, since: status.since, ids: null } : { n: 0, since: null, ids: null };
}

/** By view, the one that was overruled most first. */
export async function findOverruledViews({ db }: Deps, now: number): Promise<FoundFault[]> {
  const { rows } = await db.execute<{ n: number; since: string; about: string }>(sql`
    SELECT count(*)::int AS n, min(found_at) AS since, title AS about FROM view_overrules
    WHERE found_at >= ${new Date(now).toISOString()}::timestamptz - ${VIEWS_FOR}::interval
    GROUP BY title ORDER BY n DESC, title LIMIT 100`);
  return rows.map(({ n, since, about }) => ({ n, since: new Date(since), ids: null, about }));
}

/** Objects in Zendesk that somebody changed since the last apply. */
export async function findDrifted({ db }: Deps): Promise<FoundFault[]> {
  const { rows } = await db.execute<{ since: string; about: string }>(
    sql`SELECT drift_at AS since, name AS about FROM provisioned_objects WHERE drift IS NOT NULL ORDER BY drift_at, name LIMIT 100`,
  );
  return rows.map(({ since, about }) => ({ n: 1, since: new Date(since), ids: null, about }));
}
