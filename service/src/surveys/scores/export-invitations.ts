// Defines the export of everybody who was to be surveyed: asked or not and why, answered or not.
import { type SQL, sql } from 'drizzle-orm';
import { type Export, iso, OF_CUSTOMERS } from './export-pages.ts';
import { PLACE } from './read-survey-cells.ts';

const COLUMNS = [
  'invitation_id',
  'survey',
  'cause',
  'campaign_id',
  'round',
  'state',
  'reason',
  'due_at',
  'sent_at',
  'expires_at',
  'reminder',
  'reminder_reason',
  'answered',
  'score',
  'last_submitted_score',
  'submissions',
  'ticket_id',
  'requester_id',
  'category',
  'tier',
  'group_id',
  'channel',
  'brand',
  'language',
] as const;

/**
 * `answered`: an answer counts; `score` is cleaned, `last_submitted_score` raw: as submitted last, whoever sent it; null: nothing was submitted.
 * `reason`: one of the reasons that `deskwright surveys skipped` explains. `brand`: the campaign's by name, else the ticket's by id.
 */
export const INVITATIONS_EXPORT: Export = {
  columns: COLUMNS,
  parts: [{ query: pageOf, key: 'invitation_id' }],
};

function pageOf(after: number, pageSize: number): SQL {
  return sql`SELECT i.id::float8 AS invitation_id, i.survey, i.cause, i.campaign_id::float8 AS campaign_id, i.round, i.state, i.reason,
      ${iso('i.due_at')} AS due_at, ${iso('i.sent_at')} AS sent_at, ${iso('i.expires_at')} AS expires_at, i.reminder, i.reminder_reason,
      r.invitation_id IS NOT NULL AS answered, r.score, coalesce(last.score, r.score) AS last_submitted_score, coalesce(last.n, 0)::float8 AS submissions,
      i.ticket_id::float8 AS ticket_id, i.requester_id::float8 AS requester_id, i.category, ${PLACE.tier} AS tier, ${PLACE.groupId}::float8 AS group_id,
      ${PLACE.channel} AS channel, ${PLACE.brand} AS brand, i.locale AS language
    FROM (SELECT * FROM invitations i WHERE i.id > ${after} AND ${OF_CUSTOMERS} ORDER BY i.id LIMIT ${pageSize}) i
    LEFT JOIN responses r ON r.invitation_id = i.id LEFT JOIN tickets t ON t.id = i.ticket_id
    LEFT JOIN LATERAL (SELECT (array_agg(u.score ORDER BY u.at DESC, u.id DESC))[1] AS score, count(*) AS n FROM survey_submissions u
      WHERE u.invitation_id = i.id) last ON true
    ORDER BY i.id`;
}
