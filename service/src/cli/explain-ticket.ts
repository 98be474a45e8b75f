// Prints the history of one ticket.
import type { Policy } from '@deskwright/shared';
import { asc, eq } from 'drizzle-orm';
import { readWords } from '../decide/text/read-text.ts';
import { readGroups } from '../directory/directory.ts';
import { outbox } from '../platform/outbox/tables.ts';
import type { Database } from '../platform/storage/database.ts';
import { invitations, responses } from '../surveys/index.ts';
import { decisions, describeShadow, dueDecisions, inbox, readDecisions, tickets } from '../tickets/index.ts';
import { listQueue } from '../views/index.ts';
import { clockOf, readPolicyInForce } from './clock.ts';
import { describeReasons } from './explain/describe-reasons.ts';
import { describeSurvey, readWhatHoldsSurveys } from './explain/describe-survey.ts';
import { describeAgentActions, describeLeftOut, readAgentActions } from './explain/describe-ticket.ts';
import { explainObserved } from './explain/explain-observed.ts';
import type { ReadRuleChanges } from './explain/read-rule-changes.ts';
import { describeRuleChange, type JudgedRuleChange, judgeRuleChanges } from './explain/rule-changes.ts';
import { describeWords, type MarkStyle, readStoredWords } from './explain/words.ts';

export interface ExplainTicketOptions {
  db: Database;
  /** Null: the ticket whose customer has waited longest. */
  ticketId: number | null;
  json: boolean;
  /** Asks Zendesk what its own rules changed on a ticket. */
  readRules: ReadRuleChanges;
  /** How the customer's words are shown with what conditions saw in them; null: they are not shown. */
  words: MarkStyle | null;
  out: (line: string) => void;
}

type Story = Awaited<ReturnType<typeof readStory>> & {
  zendeskRules: { changes: readonly JudgedRuleChange[]; missing: string | null };
};

/** Prints what happened to the ticket and why. Exit code 0, or 1 if the ticket is unknown. Customers' words are only shown with `words`. */
export async function explainTicket({
  db,
  ticketId: asked,
  json,
  readRules,
  words: style,
  out,
}: ExplainTicketOptions): Promise<number> {
  const ticketId = asked ?? (await listQueue(db, { limit: 1 }))[0]?.id;
  if (ticketId === undefined) {
    out(
      json
        ? JSON.stringify({ ticket: null })
        : 'No customer is waiting. To explain a ticket, give its number: deskwright explain 42',
    );
    return 1;
  }
  const stored = await readStory(db, ticketId);
  if (!stored.ticket) {
    out(
      json
        ? JSON.stringify({ ticket: null })
        : `Ticket ${ticketId} is not known here. No webhook has line of it and the import has not brought it; tickets that were solved before the first import are not brought in.`,
    );
    return 1;
  }
  const policy = await readPolicyInForce(db);
  const groups = await readGroups(db);
  const groupOf = (tier: string) => groups.get(policy?.tiers.find(({ id }) => id === tier)?.group ?? '') ?? null;
  const { changes, missing } = await readRules(ticketId);
  const story = { ...stored, zendeskRules: { changes: judgeRuleChanges(changes, stored.decisions, groupOf), missing } };
  const words = style && (await readStoredWords(db, ticketId, policy, new Date()));
  if (json) out(JSON.stringify({ ...story, ...(words && { words }) }));
  else {
    for (const line of describe(story, policy, groups)) out(line);
    if (words) for (const line of describeWords(words, style)) out(line);
  }
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
        detail: invitations.detail,
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

function* describe(
  {
    ticket,
    leftOut,
    nextDecisionAt,
    events,
    decisions: log,
    agentActs,
    effects,
    surveys,
    surveysHeldBy,
    zendeskRules,
  }: Story,
  policy: Policy | null,
  groups: ReadonlyMap<string, number>,
): Generator<string> {
  if (!ticket) return;
  const now = new Date();
  const clock = clockOf(policy);
  yield `Ticket ${ticket.id}: ${ticket.gone ?? ticket.status}, category ${ticket.category ?? 'none yet'}, tier ${ticket.tier ?? 'none yet'}${ticket.placedBy === 'human' ? ', overridden by a person' : ''}`;
  yield ticket.waitingSince
    ? `The customer has been waiting since ${clock.print(ticket.waitingSince)}.`
    : 'The customer is not waiting.';
  if (nextDecisionAt)
    yield `Will be decided again at ${clock.print(nextDecisionAt)}, when a condition on time may change its result.`;
  if (leftOut && leftOut.said !== '') yield `Parts of the first message that rules ignore: ${leftOut.said}.`;
  yield `Times are those of ${clock.timeZone}.`;
  yield '';
  yield 'Events received';
  if (events.length === 0) yield '  none; the import added the ticket';
  for (const event of events) {
    yield `  ${clock.print(event.at ?? event.receivedAt)}  ${event.type.padEnd(32)} ${event.state}${event.outcome ? ` (${event.outcome.replaceAll('_', ' ')})` : ''}${event.error ? `: ${event.error}` : ''}`;
  }
  yield '';
  yield 'Decisions';
  const last = log.at(-1);
  for (const decision of log) {
    yield `  ${clock.print(decision.decidedAt)}  ${decision.outcome.replaceAll('_', ' ').padEnd(14)} ${decision.sentence}${decision.trigger === 'time' ? ' (time passed)' : ''}`;
    if (decision.shadow) yield `  ${' '.repeat(37)}${describeShadow(decision.shadow)}`;
  }
  if (last) yield* ['', `Decided ${clock.printWithZone(last.decidedAt)}, because`, ...describeReasons(last.decision)];
  const actions = describeAgentActions(agentActs, policy);
  if (actions.length > 0) yield* ['', 'What agents did in the sidebar', ...actions];
  yield '';
  yield 'Effects, and what Zendesk’s own triggers and automations changed';
  const changes = [
    ...effects.map(describeEffect),
    ...zendeskRules.changes.map(describeRule(groups)),
    ...surveys.map((survey) => ({
      at: survey.sentAt ?? survey.dueAt,
      text: `${survey.survey.padEnd(16)} ${survey.state}: ${describeSurvey(survey, { holds: surveysHeldBy, now, clock })}`,
    })),
  ];
  for (const { at, text } of changes.toSorted((a, b) => a.at.getTime() - b.at.getTime()))
    yield `  ${clock.print(at)}  ${text}`;
  if (changes.length === 0) yield '  nothing';
  if (zendeskRules.missing !== null)
    yield `  What Zendesk’s own triggers and automations changed is ${zendeskRules.changes.length > 0 ? 'not complete' : 'missing'}: ${zendeskRules.missing}.`;
}

function describeEffect({ finishedAt, at, kind, state, observed, error }: Story['effects'][number]) {
  const why = observed ?? error;
  return { at: finishedAt ?? at, text: `${kind.padEnd(16)} ${state}${why ? `: ${why}` : ''}` };
}

const describeRule = (groups: ReadonlyMap<string, number>) => (change: JudgedRuleChange) => ({
  at: new Date(change.at),
  text: describeRuleChange(change, (id) => [...groups].find(([, known]) => String(known) === id)?.[0] ?? `group ${id}`),
});
