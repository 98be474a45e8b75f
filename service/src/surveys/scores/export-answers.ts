// Reads all answers that count, page by page, for an export.
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '../../platform/storage/database.ts';
import { CUSTOMER_SURVEYS } from './read-survey-cells.ts';

/** Columns of the export, in order. Times are ISO 8601 in UTC. */
export const ANSWER_COLUMNS = [
  'invitation_id',
  'survey',
  'score',
  'last_submitted_score',
  'comment',
  'drivers',
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
] as const;

type Value = string | number | boolean | null | readonly string[];
export type ExportedAnswer = Readonly<Record<(typeof ANSWER_COLUMNS)[number], Value>>;

const PAGE = 5_000;

/** In the order of the invitations; only one page is in memory. Without the pulse, whose answers carry no name. */
export async function* exportAnswers(db: Queryable, pageSize = PAGE): AsyncGenerator<readonly ExportedAnswer[]> {
  for (let after = 0; ; ) {
    const { rows } = await db.execute<ExportedAnswer & Record<string, unknown>>(pageOf(after, pageSize));
    if (rows.length > 0) yield rows;
    if (rows.length < pageSize) return;
    after = Number(rows.at(-1)?.invitation_id);
  }
}

function pageOf(after: number, pageSize: number): SQL {
  const iso = (column: string): SQL =>
    sql`to_char(${sql.raw(column)} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return sql`SELECT i.id::float8 AS invitation_id, i.survey, r.score, coalesce(last.score, r.score) AS last_submitted_score, r.comment, r.drivers, r.may_contact,
      ${iso('r.answered_at')} AS answered_at, ${iso('r.changed_at')} AS changed_at, ${iso('i.sent_at')} AS sent_at,
      i.ticket_id::float8 AS ticket_id, i.requester_id::float8 AS requester_id, i.category, t.tier, t.group_id::float8 AS group_id,
      t.via AS channel, t.brand_id::float8 AS brand_id, i.locale AS language
    FROM responses r JOIN invitations i ON i.id = r.invitation_id LEFT JOIN tickets t ON t.id = i.ticket_id
    LEFT JOIN LATERAL (SELECT u.score FROM survey_submissions u WHERE u.invitation_id = i.id ORDER BY u.at DESC, u.id DESC LIMIT 1) last ON true
    WHERE i.id > ${after} AND i.survey IN (${sql.join(
      CUSTOMER_SURVEYS.map((survey) => sql`${survey}`),
      sql`, `,
    )})
    ORDER BY i.id LIMIT ${pageSize}`;
}
