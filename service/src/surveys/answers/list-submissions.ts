// Reads what was submitted about a ticket, by a customer or to surveys of a time, with the verdict on each.
import type { SurveyKind } from '@deskwright/shared';
import { and, desc, eq, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../platform/storage/database.ts';
import { hashAddress } from '../hash-address.ts';
import { invitations, responses, surveySubmissions } from '../tables.ts';
import { REASON_TEXTS, type ReasonId, type Verdict } from './judge.ts';

export interface ListedSubmission {
  readonly id: number;
  readonly invitationId: number;
  readonly survey: SurveyKind;
  /** Null: it is about no ticket. */
  readonly ticketId: number | null;
  /** The Zendesk user. */
  readonly customerId: number;
  readonly at: Date;
  /** How often the same was sent; see `keepSubmission`. */
  readonly times: number;
  readonly score: number;
  readonly hasComment: boolean;
  readonly verdict: Verdict;
  readonly points: number;
  /** Sentences. */
  readonly reasons: readonly string[];
  /** It is the invitation's answer. */
  readonly counts: boolean;
}

/** All that is given must fit. */
export interface WhichSubmissions {
  readonly ticketId?: number | undefined;
  readonly invitationId?: number | undefined;
  /** The id of a Zendesk user, or the address that a survey was sent to. */
  readonly customer?: number | string | undefined;
  readonly survey?: SurveyKind | undefined;
  /** Sent from then on, and before. */
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

/** The newest `most`, the oldest of them first, without the customer's words. */
export async function listSubmissions(
  db: Database,
  which: WhichSubmissions,
  most: number,
): Promise<ListedSubmission[]> {
  const { id, invitationId, at, times, score, comment, verdict, points, reasons } = surveySubmissions;
  const rows = await db
    .select({
      id,
      invitationId,
      survey: invitations.survey,
      ticketId: invitations.ticketId,
      customerId: invitations.requesterId,
      at,
      times,
      score,
      hasComment: sql<boolean>`${comment} <> ''`,
      verdict,
      points,
      reasons,
      counts: sql<boolean>`coalesce(${responses.submissionId} = ${id}, false)`,
    })
    .from(surveySubmissions)
    .innerJoin(invitations, eq(invitations.id, invitationId))
    .leftJoin(responses, eq(responses.invitationId, invitationId))
    .where(conditionOf(which))
    .orderBy(desc(id))
    .limit(most);
  return rows.toReversed().map((row) => ({
    ...row,
    reasons: row.reasons.map((reason) => REASON_TEXTS[reason as ReasonId] ?? reason),
  }));
}

function conditionOf({ ticketId, invitationId, customer, survey, from, to }: WhichSubmissions): SQL | undefined {
  const { at } = surveySubmissions;
  const address = typeof customer === 'string' ? customer.trim().toLowerCase() : null;
  return and(
    ticketId === undefined ? undefined : eq(invitations.ticketId, ticketId),
    invitationId === undefined ? undefined : eq(invitations.id, invitationId),
    typeof customer === 'number' ? eq(invitations.requesterId, customer) : undefined,
    address === null ? undefined : inArray(invitations.recipient, [address, hashAddress(address)]),
    survey === undefined ? undefined : eq(invitations.survey, survey),
    from === undefined ? undefined : gte(at, from),
    to === undefined ? undefined : lt(at, to),
  );
}
