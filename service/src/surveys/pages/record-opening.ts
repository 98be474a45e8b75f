// Records that a page of a survey was opened: evidence of scanners, which open all links at once.
import { sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import type { Opening } from '../answers/evidence.ts';
import { surveyOpenings } from '../tables.ts';

export type NewOpening = Opening & { readonly invitationId: number };

/** More say nothing new. */
const MOST_OPENINGS = 300;
const MOST_OF_NETWORK = 100;
const MOST_OF_ALL = 2_000;

/** Beyond 300 of an invitation nothing is recorded of a network that opened 100, so that a flood leaves room for the customer's; beyond 2,000 nothing at all. */
export async function recordOpening(db: Database, opening: NewOpening): Promise<void> {
  const { invitationId, at, page, score, form, network, agent } = opening;
  await db.execute(sql`INSERT INTO ${surveyOpenings} (invitation_id, at, page, score, form, network, agent)
    SELECT ${invitationId}::bigint, ${at.toISOString()}::timestamptz, ${page}, ${score}::integer, ${form}, ${network}, ${agent}
    WHERE (SELECT count(*) < ${MOST_OPENINGS} OR (count(*) < ${MOST_OF_ALL} AND count(*) FILTER (WHERE network IS NOT DISTINCT FROM ${network}) < ${MOST_OF_NETWORK})
      FROM ${surveyOpenings} WHERE invitation_id = ${invitationId})`);
}
