// Decides whether an answer is surely a person's, so that people are written to or called because of it, and whether it may be told at once.
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { responses } from '../tables.ts';
import type { ReasonId } from './judge.ts';
import type { ResponseRow } from './settle-answer.ts';

/**
 * By its verdict, because nothing contradicted it for hours, or because an admin chose it. Answers from before submissions were kept count as people's.
 * Everything that treats surely given answers apart asks this.
 * @param answer the name of the rows of `responses` in the query
 */
export const isPersons = (
  answer: SQL,
): SQL<boolean> => sql`(${answer}.submission_id IS NULL OR ${answer}.confirmed IS TRUE
  OR EXISTS (SELECT FROM survey_submissions sure WHERE sure.id = ${answer}.submission_id AND sure.verdict = 'human')
  OR coalesce(${answer}.submission_id = (SELECT c.submission_id FROM survey_choices c WHERE c.invitation_id = ${answer}.invitation_id ORDER BY c.id DESC LIMIT 1), false))`;

/** As `isPersons`, of one answer. */
export async function isByPerson(tx: Queryable, { invitationId }: ResponseRow): Promise<boolean> {
  const ofIt = eq(responses.invitationId, invitationId);
  const [found] = await tx
    .select({ is: isPersons(sql`${responses}`) })
    .from(responses)
    .where(ofIt);
  return found?.is === true;
}

const WORDS = ['own_words'] as const satisfies ReasonId[];
const SIGNS = ['page_used', 'gesture'] as const satisfies ReasonId[];

/**
 * A doubtful answer is a person's rather than a scanner's: it has words of its own, or a sign that the page was used, and more speaks for a person than
 * against.
 */
export const isRatherPersons = (
  answer: SQL,
): SQL<boolean> => sql`EXISTS (SELECT FROM survey_submissions rather WHERE rather.id = ${answer}.submission_id
  AND (rather.reasons && ${`{${WORDS.join()}}`}::text[] OR (rather.points > 0 AND rather.reasons && ${`{${SIGNS.join()}}`}::text[])))`;
