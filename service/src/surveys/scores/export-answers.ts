// Defines the export of all answers that count.
import { type SQL, sql } from 'drizzle-orm';
import { importedAnswers } from '../imports/tables.ts';
import { type Export, iso, OF_CUSTOMERS } from './export-pages.ts';
import { PLACE } from './read-survey-cells.ts';

const COLUMNS = [
  'invitation_id',
  'survey',
  'score',
  'last_submitted_score',
  'verdict',
  'comment',
  'drivers',
  'drivers_in_words',
  'may_contact',
  'answered_at',
  'changed_at',
  'sent_at',
  'ticket_id',
  'requester_id',
  'category',
  'tier',
  'group_id',
  'channel',
  'brand_id',
  'language',
  'source',
  'imported_id',
] as const;

/**
 * Our own in the order of the invitations, then the imported ones.
 * `verdict`: of the answer that counts, `human` or `doubtful`, or `machine` where an admin chose it; null: none was kept.
 * `source`: `deskwright`, or the tool that they were imported from. `drivers_in_words`: what the lexicon found in the comment, beside what was ticked.
 */
export const ANSWERS_EXPORT: Export = {
  columns: COLUMNS,
  parts: [
    { query: pageOf, key: 'invitation_id' },
    { query: importedPageOf, key: 'imported_id' },
  ],
};

function pageOf(after: number, pageSize: number): SQL {
  return sql`SELECT i.id::float8 AS invitation_id, i.survey, r.score, coalesce(last.score, r.score) AS last_submitted_score, s.verdict, r.comment, r.drivers, r.drivers_in_words, r.may_contact,
      ${iso('r.answered_at')} AS answered_at, ${iso('r.changed_at')} AS changed_at, ${iso('i.sent_at')} AS sent_at,
      i.ticket_id::float8 AS ticket_id, i.requester_id::float8 AS requester_id, i.category, ${PLACE.tier} AS tier, ${PLACE.groupId}::float8 AS group_id,
      ${PLACE.channel} AS channel, coalesce(t.brand_id, i.brand_id)::float8 AS brand_id, i.locale AS language, 'deskwright' AS source, NULL AS imported_id
    FROM responses r JOIN invitations i ON i.id = r.invitation_id LEFT JOIN tickets t ON t.id = i.ticket_id
    LEFT JOIN survey_submissions s ON s.id = r.submission_id
    LEFT JOIN LATERAL (SELECT u.score FROM survey_submissions u WHERE u.invitation_id = i.id ORDER BY u.at DESC, u.id DESC LIMIT 1) last ON true
    WHERE i.id > ${after} AND ${OF_CUSTOMERS}
    ORDER BY i.id LIMIT ${pageSize}`;
}

function importedPageOf(after: number, pageSize: number): SQL {
  return sql`SELECT NULL AS invitation_id, a.survey, a.score, a.score AS last_submitted_score, NULL AS verdict, a.comment, ARRAY[]::text[] AS drivers, a.drivers_in_words, NULL AS may_contact,
      ${iso('a.answered_at')} AS answered_at, ${iso('a.answered_at')} AS changed_at, NULL AS sent_at,
      a.ticket_id::float8 AS ticket_id, a.requester_id::float8 AS requester_id, t.category, t.tier, t.group_id::float8 AS group_id,
      t.via AS channel, t.brand_id::float8 AS brand_id, NULL AS language, a.source, a.id::float8 AS imported_id
    FROM ${importedAnswers} a LEFT JOIN tickets t ON t.id = a.ticket_id WHERE a.id > ${after} ORDER BY a.id LIMIT ${pageSize}`;
}
