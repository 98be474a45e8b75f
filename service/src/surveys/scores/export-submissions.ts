// Defines the export of every submission, by people and machines, with its verdict and evidence.
import { type SQL, sql } from 'drizzle-orm';
import { type Export, iso, OF_CUSTOMERS } from './export-pages.ts';

const COLUMNS = [
  'submission_id',
  'invitation_id',
  'survey',
  'submitted_at',
  'score',
  'comment',
  'drivers',
  'may_contact',
  'final',
  'counts',
  'verdict',
  'points',
  'reasons',
  'used',
  'evidence',
  'form',
  'network',
  'agent',
  'user_agent',
  'sent_at',
] as const;

/**
 * `counts`: it is the survey's answer. `final`: sent with the button, not saved on the way. `reasons`: of the verdict, whose `points` they add up to.
 * `evidence`: what the request itself showed. `network` and `agent` are keyed hashes, which tell the same from others and nothing else.
 */
export const SUBMISSIONS_EXPORT: Export = {
  columns: COLUMNS,
  parts: [{ query: pageOf, key: 'submission_id' }],
};

function pageOf(after: number, pageSize: number): SQL {
  return sql`SELECT u.id::float8 AS submission_id, u.invitation_id::float8 AS invitation_id, i.survey, ${iso('u.at')} AS submitted_at, u.score, u.comment,
      u.drivers, u.may_contact, u.final, coalesce(r.submission_id = u.id, false) AS counts, u.verdict, u.points, u.reasons, u.used, u.seen AS evidence,
      u.form, u.network, u.agent, u.user_agent, ${iso('i.sent_at')} AS sent_at
    FROM survey_submissions u JOIN invitations i ON i.id = u.invitation_id LEFT JOIN responses r ON r.invitation_id = u.invitation_id
    WHERE u.id > ${after} AND ${OF_CUSTOMERS} ORDER BY u.id LIMIT ${pageSize}`;
}
