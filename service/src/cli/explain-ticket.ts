// Prints the story of one ticket.

import type { ConditionTrace, Decision, Reason } from '@deskwright/shared';
import { asc, eq } from 'drizzle-orm';
import { readWords } from '../decide/text/read-text.ts';
import { outbox } from '../platform/outbox/tables.ts';
import type { Database } from '../platform/storage/database.ts';
import { explainNotSent, invitations, type NotSentReason, responses } from '../surveys/index.ts';
import { decisions, dueDecisions, inbox, readDecisions, tickets } from '../tickets/index.ts';
import { listQueue } from '../views/index.ts';
import { agentActsOf, tellAgentActs } from './explain/agent-acts-of.ts';
import { sayLeftOut } from './explain/describe-ticket.ts';

export interface ExplainTicketOptions {
  db: Database;
  /** Null: the one whose customer has waited longest. */
  ticketId: number | null;
  json: boolean;
  out: (line: string) => void;
}

type Story = Awaited<ReturnType<typeof readStory>>;

/** Prints what happened to the ticket and why. Exit code 0, or 1 when we have never heard of it. Customers' words are not shown. */
export async function explainTicket({ db, ticketId: asked, json, out }: ExplainTicketOptions): Promise<number> {
  const ticketId = asked ?? (await listQueue(db, { limit: 1 }))[0]?.id;
  if (ticketId === undefined) {
    out(
      json
        ? JSON.stringify({ ticket: null })
        : 'No customer waits for us, so there is nothing to tell. Name a ticket: deskwright explain 42',
    );
    return 1;
  }
  const story = await readStory(db, ticketId);
  if (!story.ticket) {
    out(
      json
        ? JSON.stringify({ ticket: null })
        : `Ticket ${ticketId} is not known here. No webhook has told of it and the import has not brought it; tickets that were solved before the first import are not brought in.`,
    );
    return 1;
  }
  if (json) out(JSON.stringify(story));
  else for (const line of tell(story)) out(line);
  return 0;
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
    /** When a condition on time may answer otherwise, if nothing happens before. Nothing would come of it where a person has placed the ticket. */
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
    agentActs: await agentActsOf(db, ticketId),
    effects: await db
      .select({
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
      .orderBy(asc(outbox.id)),
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
  };
}

/** Customers' words are not shown; what of them decides nothing is. */
function withoutWords<T extends { subject: string; description: string }>({ subject, description, ...ticket }: T) {
  const { fullText } = readWords(subject, description, null);
  const cuts = fullText?.cuts ?? [];
  return { ticket, leftOut: { cuts, said: fullText === undefined ? '' : sayLeftOut(fullText) } };
}

function* tell({
  ticket,
  leftOut,
  nextDecisionAt,
  events,
  decisions: log,
  agentActs,
  effects,
  surveys,
}: Story): Generator<string> {
  if (!ticket) return;
  yield `Ticket ${ticket.id}: ${ticket.gone ?? ticket.status}, category ${ticket.category ?? 'none yet'}, tier ${ticket.tier ?? 'none yet'}${ticket.placedBy === 'human' ? ', placed by hand' : ''}`;
  yield ticket.waitingSince
    ? `The customer has been waiting since ${ticket.waitingSince.toISOString()}.`
    : 'Nobody waits for us.';
  if (nextDecisionAt)
    yield `Will be decided again at ${nextDecisionAt.toISOString()}, when a condition on time may change its answer.`;
  if (leftOut && leftOut.said !== '') yield `Of the first message these decide nothing: ${leftOut.said}.`;
  yield '';
  yield 'Events received';
  if (events.length === 0) yield '  nothing by webhook; the import brought it';
  for (const event of events) {
    yield `  ${(event.at ?? event.receivedAt).toISOString()}  ${event.type.padEnd(32)} ${event.state}${event.outcome ? ` (${event.outcome.replaceAll('_', ' ')})` : ''}${event.error ? `: ${event.error}` : ''}`;
  }
  yield '';
  yield 'Decisions';
  const last = log.at(-1);
  for (const decision of log) {
    yield `  ${decision.decidedAt.toISOString()}  ${decision.outcome.replaceAll('_', ' ').padEnd(14)} ${decision.sentence}${decision.trigger === 'time' ? ' (time had passed)' : ''}`;
  }
  if (last) yield* tellReasons(last.decision);
  const acts = tellAgentActs(agentActs);
  if (acts.length > 0) yield* ['', 'What agents did in the sidebar', ...acts];
  yield '';
  yield 'Effects';
  for (const effect of effects) {
    yield `  ${(effect.finishedAt ?? effect.at).toISOString()}  ${effect.kind.padEnd(16)} ${effect.state}${effect.error ? `: ${effect.error}` : ''}`;
  }
  if (effects.length === 0) yield '  nothing';
  for (const survey of surveys) {
    const what =
      survey.score === null
        ? survey.reason === null
          ? survey.sentAt === null
            ? `due ${survey.dueAt.toISOString()}`
            : 'no answer yet'
          : explainNotSent(survey.reason as NotSentReason)
        : `answered with ${survey.score}`;
    yield `  ${(survey.sentAt ?? survey.dueAt).toISOString()}  ${survey.survey.padEnd(16)} ${survey.state}: ${what}`;
  }
}

function* tellReasons(decision: Decision): Generator<string> {
  const parts = {
    category: decision.category,
    tier: decision.tier,
    priority: decision.priority,
    survey: decision.survey,
  };
  yield '';
  yield 'Why (last decision)';
  for (const [name, part] of Object.entries(parts)) {
    yield `  ${name} ${part.value ?? 'left alone'}: ${tellReason(part.reason)}`;
    if (part.reason.by === 'trigger')
      for (const condition of part.reason.conditions) yield `    ${tellCondition(condition)}`;
  }
  for (const tag of decision.tags) yield `  tag ${tag.value}: ${tellReason(tag.reason)}`;
  const miss = decision.nearestMiss;
  if (!miss) return;
  yield `  nearest trigger that missed: "${miss.title}" (${miss.triggerId}), by`;
  for (const condition of miss.missedBy) yield `    ${tellCondition(condition)}`;
}

function tellReason(reason: Reason): string {
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
      return 'nothing in the policy speaks about it';
  }
}

/** Words a trigger found are the policy's own words; other values are fields such as status or group. */
function tellCondition({ field, operator, wanted, saw, held, inVain }: ConditionTrace): string {
  const told = `${held ? 'yes' : 'no '}  ${field} ${operator} ${JSON.stringify(wanted) ?? ''}  saw ${tellSeen(field, saw)}`;
  return inVain ? `${told}  (not needed: what stands with it did not hold)` : told;
}

const HOURS: ReadonlySet<string> = new Set(['waiting_hours', 'created_hours_ago']);

/** Hours as people read them: `0.0204` is `1 min`. */
function tellSeen(field: string, saw: unknown): string {
  if (!HOURS.has(field) || typeof saw !== 'number') return JSON.stringify(saw);
  const minutes = Math.floor(saw * 60);
  const hours = Math.floor(minutes / 60);
  return hours === 0 ? `${minutes} min` : `${hours} h ${minutes % 60} min`;
}
