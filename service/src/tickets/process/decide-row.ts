// Decides a ticket from its row in the projection, inside the ticket's transaction, and records the decision and its effects.
import type { Decision, Priority, Status, TicketFacts, TicketType } from '@deskwright/shared';
import { decideByMode } from '../../decide/decide-by-mode.ts';
import { explainSentence } from '../../decide/explain-sentence.ts';
import { readWords } from '../../decide/text/read-text.ts';
import type { Queryable } from '../../platform/storage/database.ts';
import type { PolicyInForce } from '../../policy/policy-in-force.ts';
import { type LoggedDecision, packDecision } from '../decision-log/packed-decision.ts';
import { rulesToPackBy } from '../decision-log/policy-rules.ts';
import { type ShadowOutcome, shadowOutcome } from '../decision-log/shadow-outcome.ts';
import type { TicketRow, TicketSnapshot } from '../projection/ticket-row.ts';
import { decisions } from '../tables.ts';
import { recordTicketChanges, type TicketChange } from '../write/ticket-change.ts';
import { supersedeWaitingDecisions } from '../write/withdraw-changes.ts';
import type { PipelineDeps } from './deps.ts';
import { isEmptyChange, type Plan, planChange } from './plan-change.ts';
import type { StatementBatch } from './statement-batch.ts';

/** Names for ids, as far as the rules use them. */
export interface Names {
  group: string | null;
  assignee: string | null;
  requester: string | null;
  requesterEmail: string | null;
  organization: string | null;
  brand: string | null;
  form: string | null;
  language: string | null;
}

/** Facts from the projection: no read of Zendesk. `comment` is the customer's newest public one. Times in epoch milliseconds. */
export function loadFacts(row: TicketRow, comment: string | null, names: Names, now: number): TicketFacts {
  return Object.freeze({
    now,
    ticketId: row.id,
    ...readWords(row.subject, row.description, comment),
    tags: row.tags,
    status: row.status as Status,
    priority: row.priority as Priority | null,
    type: row.type as TicketType | null,
    via: row.via,
    ...names,
    createdAt: row.createdAt.getTime(),
    waitingSince: row.waitingSince?.getTime() ?? null,
    customFields: row.customFields ?? {},
  });
}

/** Looks names up in the directory. A requester costs a read of Zendesk at most once an hour, and only if a rule uses the name. */
export async function namesFor({ directory, policy }: PipelineDeps, ticket: TicketSnapshot): Promise<Names> {
  const { asks } = policy.current().compiled;
  const askPerson = asks.has('requester') || asks.has('requester_email') || asks.has('language');
  const requester = askPerson && ticket.requesterId !== null ? await directory.person(ticket.requesterId) : null;
  if (ticket.groupId !== null && directory.nameOf('group', ticket.groupId) === null) await directory.refresh('unknown');
  return {
    group: directory.nameOf('group', ticket.groupId),
    assignee: directory.emailOfAgent(ticket.assigneeId),
    requester: requester?.name ?? null,
    requesterEmail: requester?.email ?? null,
    organization: directory.nameOf('organization', ticket.organizationId),
    brand: directory.nameOf('brand', ticket.brandId),
    form: directory.nameOf('form', ticket.formId),
    language: requester?.locale ?? null,
  };
}

interface DecideRow {
  because: DecisionCause;
  inForce: PolicyInForce;
  row: TicketRow;
  lastCustomerComment: string | null;
  names: Names;
  /** False: it is known that no change of an earlier decision is open. */
  hasOpenDecisions: boolean;
}

/** What the policy wants for the ticket, and the change that requires. Nothing is written. @param now epoch milliseconds */
export function planDecision(
  directory: Pick<PipelineDeps['directory'], 'groupId'>,
  { inForce, row, lastCustomerComment, names }: Pick<DecideRow, 'inForce' | 'row' | 'lastCustomerComment' | 'names'>,
  now: number,
  superseded: readonly TicketChange[] = [],
): { decision: Decision; sentence: string; plan: Plan; shadow: ShadowOutcome | null } {
  const { policy, compiled } = inForce;
  const facts = loadFacts(row, lastCustomerComment, names, now);
  const byMode = decideByMode(facts, compiled);
  const decision = keepOverride(byMode.decision, row);
  const sentence = explainSentence(decision, policy);
  const group = policy.tiers.find((tier) => tier.id === decision.tier.value)?.group;
  const plan = planChange({
    row,
    decision,
    acts: byMode.acts,
    tierGroupId: group ? directory.groupId(group) : null,
    note: policy.zendesk.decision_note ? sentence : null,
    superseded,
  });
  const isDecided = plan.outcome !== 'not_open' && row.placedBy === 'policy';
  return { decision, sentence, plan, shadow: isDecided && byMode.shadow ? shadowOutcome(byMode, row) : null };
}

/** Returns the row after the decision, which the caller saves, and the decision with its id, even if a person has overridden it. */
export async function decideRow(
  batch: StatementBatch,
  deps: Pick<PipelineDeps, 'clock' | 'db' | 'directory'>,
  { because, hasOpenDecisions, ...asked }: DecideRow,
): Promise<{ row: TicketRow; outcome: Plan['outcome']; decision: Decision; change: TicketChange; id: number }> {
  const { inForce, row } = asked;
  // The same time for the facts and the record: later changes by time belong to the next decision.
  const now = deps.clock();
  const superseded = hasOpenDecisions ? await batch.query(supersedeWaitingDecisions, row.id) : [];
  await batch.reach('planned');
  const { decision, sentence, plan, shadow } = planDecision(deps.directory, asked, now, superseded);
  const logged = packDecision(decision, sentence, rulesToPackBy(deps.db, inForce, now));
  const recorded = { because, decision, shadow, logged, plan, policyHash: inForce.hash, now: new Date(now) };
  const id = await recordDecision(batch, recorded);
  return { row: rowAfter(row, recorded), outcome: plan.outcome, decision, change: plan.change, id };
}

/** If a person has overridden the policy, the decision says so and keeps the person's category. */
function keepOverride(decision: Decision, row: TicketRow): Decision {
  if (row.placedBy !== 'human') return decision;
  const reason = { by: 'human', what: 'category or group' } as const;
  return {
    ...decision,
    category: { value: row.category ?? decision.category.value, reason },
    tier: { value: row.tier ?? decision.tier.value, reason },
  };
}

/** What caused the decision. */
interface DecisionCause {
  ticketId: number;
  /** Null if it was not an event. */
  inboxId: number | null;
  /** An event type, or `import`, `repair`, `reread`, `time`, `sweep`. */
  cause: string;
}

interface Recorded {
  because: DecisionCause;
  decision: Decision;
  shadow: ShadowOutcome | null;
  /** As the log holds it. */
  logged: LoggedDecision;
  plan: Plan;
  policyHash: string;
  now: Date;
}

/** The idempotency key of what a decision changes. `decisionId`: in the decision log. */
export const changeKeyOf = (decisionId: number): string => `decision:${decisionId}`;

/** Writes the decision log and the effect, in the ticket's transaction. Returns the id of the decision. */
async function recordDecision(batch: StatementBatch, recorded: Recorded): Promise<number> {
  const { because, plan } = recorded;
  const id = await batch.query(logDecisions, recorded);
  if (!isEmptyChange(plan.change)) {
    await batch.query(recordTicketChanges, {
      key: changeKeyOf(id),
      ticketId: because.ticketId,
      cause: 'decision',
      change: plan.change,
    });
  }
  return id;
}

/** One decision for each of several tickets. Gives back their ids. */
async function logDecisions(tx: Queryable, all: readonly Recorded[]): Promise<number[]> {
  const rows = await tx
    .insert(decisions)
    .values(
      all.map(({ because, decision, shadow, logged, plan, policyHash, now }) => ({
        ticketId: because.ticketId,
        inboxId: because.inboxId,
        trigger: because.cause,
        policyHash,
        decidedAt: now,
        outcome: plan.outcome,
        category: decision.category.value,
        tier: decision.tier.value,
        priority: decision.priority.value,
        survey: decision.survey.value,
        ...logged,
        shadow,
      })),
    )
    .returning({ id: decisions.id, ticketId: decisions.ticketId });
  const ids = new Map(rows.map(({ id, ticketId }) => [ticketId, id]));
  return all.map(({ because }) => ids.get(because.ticketId) ?? 0);
}

/** The projection's row after the decision. */
function rowAfter(row: TicketRow, { decision, plan, policyHash, now }: Recorded): TicketRow {
  const decided = { ...row, wanted: plan.wanted ?? row.wanted, decidedAt: now, policyHash };
  const placed = plan.outcome === 'acted' || plan.outcome === 'unchanged';
  return placed ? { ...decided, category: decision.category.value, tier: decision.tier.value } : decided;
}
