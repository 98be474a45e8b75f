// Reads the candidates of a campaign, with reasons that exclude them.
import { type ConditionGroup, SURVEY_KINDS } from '@deskwright/shared';
import { eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { compileRuleSet } from '../../decide/rules/rule-set.ts';
import { readBrands, readGroups } from '../../directory/directory.ts';
import { people } from '../../directory/tables.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import { loadFacts, type Names, tickets } from '../../tickets/index.ts';
import { hashedAddress } from '../hash-address.ts';
import { isSuppressed } from '../is-unsubscribed.ts';
import type { NameOf } from '../names-asked.ts';
import { addPolicyDuration, isInSample, type SurveyPolicy } from '../survey-policy.ts';
import type { CancelReason } from '../why-not-send.ts';
import type { Candidate } from './plan-campaign.ts';

export interface CohortAsk {
  readonly survey: 'nps' | 'pulse';
  readonly policy: SurveyPolicy;
  /** Only these users; null: everybody, by the policy's conditions. */
  readonly requesterIds: readonly number[] | null;
  /** The name in Zendesk of a brand; then only those whose newest ticket has it, unless they are named. Null: it does not matter. */
  readonly brand: string | null;
  /** The campaign whose next round is planned; null: a new one. Who is in another of the same survey is not asked twice. */
  readonly campaignId: number | null;
  readonly now: Date;
  /** Of organizations and forms, which are not stored; called if conditions use them. @throws Error when they are not known yet */
  readonly nameOf: NameOf;
}

/** Customers (of a pulse: agents) whom Zendesk has shown us, by id; of a list also its agents, with the reason. */
export async function readCandidates(tx: Queryable, ask: CohortAsk): Promise<Candidate[]> {
  const { survey, policy, requesterIds, brand, campaignId } = ask;
  // No ticket has the brand 0: of one that Zendesk no longer has nobody is asked.
  const brandId = brand === null || requesterIds !== null ? null : ((await readBrands(tx)).get(brand) ?? 0);
  const asksAgents = SURVEY_KINDS[survey].asks === 'agents';
  const address = sql`lower(trim(p.email))`;
  const hashed = hashedAddress(address);
  const reached = sql`i.sent_at IS NOT NULL AND i.state IN ('sending', 'sent', 'answered', 'parked')`;
  const ofOther = sql`i.survey = ${survey} AND i.campaign_id <> ${campaignId ?? 0}`;
  const ofThis = sql`i.requester_id = p.id AND i.campaign_id = ${campaignId}`;
  const { rows } = await tx.execute<PersonRow>(sql`
    SELECT p.id::float8 AS id, coalesce(${address}, '') AS email, p.time_zone AS "timeZone", p.suspended,
      p.role <> 'end-user' AS "isAgent", ${isSuppressed(sql`p.id`, address)} AS unsubscribed,
      greatest(
        (SELECT max(i.sent_at) FROM invitations i WHERE i.requester_id = p.id AND ${reached}),
        (SELECT max(i.sent_at) FROM invitations i WHERE i.recipient IN (${address}, ${hashed}) AND ${reached}),
        (SELECT max(z.asked_at) FROM zendesk_surveys z WHERE z.requester_id = p.id)) AS "lastAsked",
      EXISTS (SELECT FROM invitations i WHERE i.requester_id = p.id AND i.state = 'scheduled' AND ${ofOther}) AS "waitsInOther",
      (SELECT max(i.sent_at) FROM invitations i WHERE i.requester_id = p.id AND ${ofOther} AND ${reached}) AS "lastInOther",
      (SELECT max(i.sent_at) FROM invitations i WHERE ${ofThis} AND ${reached}) AS "lastTurn",
      EXISTS (SELECT FROM invitations i WHERE ${ofThis} AND i.reason = 'over_quota'
        AND i.id > (SELECT coalesce(max(i.id), 0) FROM invitations i WHERE ${ofThis} AND ${reached})) AS "isLeftOver",
      least(p.created_at, (SELECT min(t.created_at) FROM tickets t WHERE t.requester_id = p.id)) AS "firstSeen"
    FROM people p
    WHERE ((p.role <> 'end-user') = ${asksAgents} OR ${requesterIds !== null}) AND (p.staff_until IS NULL OR NOT ${asksAgents})
      AND (${requesterIds === null} OR p.id = ANY(${sql.param(`{${(requesterIds ?? []).join(',')}}`)}::bigint[]))
      AND (${brandId}::bigint IS NULL OR ${brandId}::bigint = (SELECT t.brand_id FROM tickets t
        WHERE t.requester_id = p.id AND t.gone IS NULL ORDER BY t.created_at DESC, t.id DESC LIMIT 1))
    ORDER BY p.id`);
  const conditions = survey === 'nps' && requesterIds === null ? policy.surveys.nps?.conditions : undefined;
  const cohort = conditions === undefined ? null : await findByTicket(tx, rows, conditions, ask);
  const sample = survey === 'nps' && requesterIds === null ? policy.surveys.nps?.sample : undefined;
  const whyNotChosen = (row: PersonRow): CancelReason | null => {
    if (cohort?.has(row.id) === false) return 'outside_cohort';
    return sample === undefined || isInSample(sample, survey, row.id) ? null : 'sampled_out';
  };
  return rows.map((row) => ({
    requesterId: row.id,
    email: row.email,
    timeZone: row.timeZone,
    reason: (row.isAgent && !asksAgents ? 'requester_is_agent' : null) ?? whyNotChosen(row) ?? whyNot(row),
    rest: restOf(row, policy, survey),
    lastTurn: row.lastTurn === null ? null : new Date(row.lastTurn),
    isLeftOver: row.isLeftOver,
  }));
}

interface PersonRow extends Record<string, unknown> {
  id: number;
  email: string;
  timeZone: string | null;
  suspended: boolean;
  isAgent: boolean;
  unsubscribed: boolean;
  lastAsked: Date | string | null;
  waitsInOther: boolean;
  lastInOther: Date | string | null;
  firstSeen: Date | string | null;
  lastTurn: Date | string | null;
  isLeftOver: boolean;
}

function whyNot({ suspended, email, unsubscribed, waitsInOther }: PersonRow): CancelReason | null {
  if (suspended) return 'requester_suspended';
  if (email === '') return 'no_email';
  if (unsubscribed) return 'unsubscribed';
  return waitsInOther ? 'in_other_campaign' : null;
}

function restOf(
  { lastAsked, lastInOther, firstSeen }: PersonRow,
  policy: SurveyPolicy,
  survey: CohortAsk['survey'],
): Candidate['rest'] {
  const { contact_at_most_every: every, rest_for_new_customers: forNew } = policy.surveys;
  const cadence = policy.surveys[survey]?.every ?? '0m';
  const rests = [
    ...(lastInOther
      ? [{ until: addPolicyDuration(new Date(lastInOther), cadence, policy), reason: 'in_other_campaign' as const }]
      : []),
    ...(lastAsked
      ? [{ until: addPolicyDuration(new Date(lastAsked), every, policy), reason: 'contacted_recently' as const }]
      : []),
    ...(firstSeen && SURVEY_KINDS[survey].asks === 'customers'
      ? [{ until: addPolicyDuration(new Date(firstSeen), forNew, policy), reason: 'new_customer' as const }]
      : []),
  ];
  return rests.toSorted((a, b) => b.until.getTime() - a.until.getTime())[0] ?? null;
}

const CHUNK = 1_000;
const assignees = alias(people, 'assignee');

/** The ids of those whose newest ticket fits, as it is stored. */
async function findByTicket(
  tx: Queryable,
  rows: readonly PersonRow[],
  conditions: ConditionGroup,
  { now, nameOf }: Pick<CohortAsk, 'now' | 'nameOf'>,
): Promise<ReadonlySet<number>> {
  const rules = compileRuleSet([conditions]);
  const byId = (names: ReadonlyMap<string, number>) => new Map([...names].map(([name, id]) => [id, name]));
  const groups = byId(await readGroups(tx));
  const brands = byId(await readBrands(tx));
  const named = (kind: 'organization' | 'form', id: number | null) => (rules.asks.has(kind) ? nameOf(kind, id) : null);
  const fitting = new Set<number>();
  for (let from = 0; from < rows.length; from += CHUNK) {
    const ids = rows.slice(from, from + CHUNK).map(({ id }) => id);
    const isNewest = sql`${tickets.id} = (SELECT t.id FROM tickets t
      WHERE t.requester_id = ${people.id} AND t.gone IS NULL ORDER BY t.created_at DESC, t.id DESC LIMIT 1)`;
    const newest = await tx
      .select({ ticket: tickets, person: people, assignee: assignees.email })
      .from(people)
      .innerJoin(tickets, isNewest)
      .leftJoin(assignees, eq(assignees.id, tickets.assigneeId))
      .where(inArray(people.id, ids));
    for (const { ticket, person, assignee } of newest) {
      const group = groups.get(ticket.groupId ?? 0) ?? null;
      const names: Names = {
        group,
        assignee,
        brand: brands.get(ticket.brandId ?? 0) ?? null,
        organization: named('organization', ticket.organizationId),
        form: named('form', ticket.formId),
        requester: person.name,
        requesterEmail: person.email,
        language: person.locale,
      };
      const facts = loadFacts(ticket, null, names, now.getTime());
      if (rules.answer(facts).distances[0] === 0) fitting.add(person.id);
    }
  }
  return fitting;
}
