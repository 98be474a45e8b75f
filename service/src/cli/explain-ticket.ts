// Prints the history of one ticket.
import type { ConditionTrace, Decision, Policy, Reason } from '@deskwright/shared';
import { asc, eq } from 'drizzle-orm';
import { readWords } from '../decide/text/read-text.ts';
import { outbox } from '../platform/outbox/tables.ts';
import type { Database } from '../platform/storage/database.ts';
import { lastGoodPolicy } from '../policy/last-good-policy.ts';
import { checkPolicyTexts } from '../policy/read-policy-file.ts';
import { invitations, responses } from '../surveys/index.ts';
import { decisions, dueDecisions, inbox, readDecisions, tickets } from '../tickets/index.ts';
import { listQueue } from '../views/index.ts';
import { describeSurvey, readWhatHoldsSurveys } from './explain/describe-survey.ts';
import { describeAgentActions, describeLeftOut, readAgentActions } from './explain/describe-ticket.ts';
import { explainObserved } from './explain/explain-observed.ts';

export interface ExplainTicketOptions {
  db: Database;
  /** Null: the ticket whose customer has waited longest. */
  ticketId: number | null;
  json: boolean;
  out: (line: string) => void;
}

type Story = Awaited<ReturnType<typeof readStory>>;

/** Prints what happened to the ticket and why. Exit code 0, or 1 if the ticket is unknown. Customers' words are not shown. */
export async function explainTicket({ db, ticketId: asked, json, out }: ExplainTicketOptions): Promise<number> {
  const ticketId = asked ?? (await listQueue(db, { limit: 1 }))[0]?.id;
  if (ticketId === undefined) {
    out(
      json
        ? JSON.stringify({ ticket: null })
        : 'No customer is waiting. To explain a ticket, give its number: deskwright explain 42',
    );
    return 1;
  }
  const story = await readStory(db, ticketId);
  if (!story.ticket) {
    out(
      json
        ? JSON.stringify({ ticket: null })
        : `Ticket ${ticketId} is not known here. No webhook has line of it and the import has not brought it; tickets that were solved before the first import are not brought in.`,
    );
    return 1;
  }
  if (json) out(JSON.stringify(story));
  else for (const line of tell(story, await readPolicyInForce(db))) out(line);
  return 0;
}

/** As the service loaded it last; null: it never did. */
async function readPolicyInForce(db: Database): Promise<Policy | null> {
  const kept = await lastGoodPolicy(db).read();
  const read = kept && checkPolicyTexts(kept.texts, 'policy', { runsTests: false });
  return read?.outcome === 'loaded' ? read.loaded.policy : null;
}

async function readStory(db: Database, ticketId: number) {
  const [row] = await db
    .select({
      id: tickets.id,
      status: tickets.status,
      category: tickets.category,
      tier: tickets.tier,
      placedBy: tickets.placedBy,
      waitingSince: tickets.waitingSince,
      gone: tickets.gone,
      tags: tickets.tags,
      subject: tickets.subject,
      description: tickets.description,
    })
    .from(tickets)
    .where(eq(tickets.id, ticketId));
  const [due] = await db.select().from(dueDecisions).where(eq(dueDecisions.ticketId, ticketId));
  return {
    ...(row === undefined ? { ticket: null, leftOut: null } : withoutWords(row)),
    /** When a condition on time may change its result, if nothing happens before. Null if a person has overridden the policy, since nothing would change. */
    nextDecisionAt: row && !row.gone && row.placedBy === 'policy' ? (due?.dueAt ?? null) : null,
    events: await db
      .select({
        id: inbox.id,
        at: inbox.occurredAt,
        receivedAt: inbox.receivedAt,
        type: inbox.type,
        state: inbox.state,
        outcome: inbox.outcome,
        error: inbox.error,
      })
      .from(inbox)
      .where(eq(inbox.ticketId, ticketId))
      .orderBy(asc(inbox.id)),
    decisions: await readDecisions(
      db,
      await db.select().from(decisions).where(eq(decisions.ticketId, ticketId)).orderBy(asc(decisions.id)),
    ),
    agentActs: await readAgentActions(db, ticketId),
    effects: await db
      .select({
        payload: outbox.payload,
        id: outbox.id,
        kind: outbox.kind,
        state: outbox.state,
        at: outbox.createdAt,
        finishedAt: outbox.finishedAt,
        attempts: outbox.attempts,
        error: outbox.lastError,
      })
      .from(outbox)
      .where(eq(outbox.ticketId, ticketId))
      .orderBy(asc(outbox.id))
      .then((rows) => explainObserved(db, rows)),
    surveys: await db
      .select({
        id: invitations.id,
        survey: invitations.survey,
        state: invitations.state,
        reason: invitations.reason,
        dueAt: invitations.dueAt,
        sentAt: invitations.sentAt,
        score: responses.score,
      })
      .from(invitations)
      .leftJoin(responses, eq(responses.invitationId, invitations.id))
      .where(eq(invitations.ticketId, ticketId))
      .orderBy(asc(invitations.id)),
    /** What keeps surveys that are due from being sent. */
    surveysHeldBy: await readWhatHoldsSurveys(db),
  };
}

/** Leaves out customers' words. */
function withoutWords<T extends { subject: string; description: string }>({ subject, description, ...ticket }: T) {
  const { fullText } = readWords(subject, description, null);
  const cuts = fullText?.cuts ?? [];
  return { ticket, leftOut: { cuts, said: fullText === undefined ? '' : describeLeftOut(fullText) } };
}

function* tell(
  { ticket, leftOut, nextDecisionAt, events, decisions: log, agentActs, effects, surveys, surveysHeldBy }: Story,
  policy: Policy | null,
): Generator<string> {
  if (!ticket) return;
  const now = new Date();
  yield `Ticket ${ticket.id}: ${ticket.gone ?? ticket.status}, category ${ticket.category ?? 'none yet'}, tier ${ticket.tier ?? 'none yet'}${ticket.placedBy === 'human' ? ', overridden by a person' : ''}`;
  yield ticket.waitingSince
    ? `The customer has been waiting since ${ticket.waitingSince.toISOString()}.`
    : 'The customer is not waiting.';
  if (nextDecisionAt)
    yield `Will be decided again at ${nextDecisionAt.toISOString()}, when a condition on time may change its result.`;
  if (leftOut && leftOut.said !== '') yield `Parts of the first message that rules ignore: ${leftOut.said}.`;
  yield '';
  yield 'Events received';
  if (events.length === 0) yield '  none; the import added the ticket';
  for (const event of events) {
    yield `  ${(event.at ?? event.receivedAt).toISOString()}  ${event.type.padEnd(32)} ${event.state}${event.outcome ? ` (${event.outcome.replaceAll('_', ' ')})` : ''}${event.error ? `: ${event.error}` : ''}`;
  }
  yield '';
  yield 'Decisions';
  const last = log.at(-1);
  for (const decision of log) {
    yield `  ${decision.decidedAt.toISOString()}  ${decision.outcome.replaceAll('_', ' ').padEnd(14)} ${decision.sentence}${decision.trigger === 'time' ? ' (time passed)' : ''}`;
  }
  if (last) yield* ['', `Decided ${inZone(last.decidedAt, policy)}, because`, ...describeReasons(last.decision)];
  const actions = describeAgentActions(agentActs, policy);
  if (actions.length > 0) yield* ['', 'What agents did in the sidebar', ...actions];
  yield '';
  yield 'Effects';
  for (const effect of effects) {
    const why = effect.observed ?? effect.error;
    yield `  ${(effect.finishedAt ?? effect.at).toISOString()}  ${effect.kind.padEnd(16)} ${effect.state}${why ? `: ${why}` : ''}`;
  }
  if (effects.length === 0) yield '  nothing';
  for (const survey of surveys) {
    yield `  ${(survey.sentAt ?? survey.dueAt).toISOString()}  ${survey.survey.padEnd(16)} ${survey.state}: ${describeSurvey(survey, surveysHeldBy, now)}`;
  }
}

/** On the policy's clock, or without a policy on this machine's: `2026-11-29 05:15:03 (America/New_York)`. */
function inZone(at: Date, policy: Policy | null): string {
  const timeZone = policy?.time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${at.toLocaleString('sv-SE', { timeZone })} (${timeZone})`;
}

function* describeReasons(decision: Decision): Generator<string> {
  const parts = {
    category: decision.category,
    tier: decision.tier,
    priority: decision.priority,
    survey: decision.survey,
  };
  for (const [name, part] of Object.entries(parts)) {
    yield `  ${name} ${part.value ?? 'unchanged'}: ${describeReason(part.reason)}`;
    if (part.reason.by === 'trigger')
      for (const condition of part.reason.conditions) yield `    ${describeCondition(condition)}`;
  }
  for (const tag of decision.tags) yield `  tag ${tag.value}: ${describeReason(tag.reason)}`;
  const miss = decision.nearestMiss;
  if (!miss) return;
  yield `  nearest policy trigger that did not fire: "${miss.title}" (${miss.triggerId}), by`;
  for (const condition of miss.missedBy) yield `    ${describeCondition(condition)}`;
}

function describeReason(reason: Reason): string {
  switch (reason.by) {
    case 'trigger':
      return `trigger "${reason.title}" (${reason.triggerId})`;
    case 'category':
      return `follows from the category ${reason.categoryId}`;
    case 'default':
      return `the policy's ${reason.key}`;
    case 'human':
      return `a person changed the ${reason.what}`;
    case 'nothing':
      return 'the policy does not set it';
  }
}

/** Words that a trigger found are the policy's own words, not the customer's; other values are fields such as status or group. */
function describeCondition({ field, operator, wanted, saw, held, inVain }: ConditionTrace): string {
  const line = `${held ? 'yes' : 'no '}  ${field} ${operator} ${JSON.stringify(wanted) ?? ''}  saw ${formatSeen(field, saw)}`;
  return inVain ? `${line}  (no effect: other conditions of its group did not hold)` : line;
}

const HOURS: ReadonlySet<string> = new Set(['waiting_hours', 'created_hours_ago']);

/** Formats hours for people: `0.0204` is `1 min`. */
function formatSeen(field: string, saw: unknown): string {
  if (!HOURS.has(field) || typeof saw !== 'number') return JSON.stringify(saw);
  const minutes = Math.floor(saw * 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
