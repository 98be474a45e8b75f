// Lets an agent check the customer's answers to the policy's questions. Neither the agent nor the page ever gets the right answers.
import type { Policy } from '@deskwright/shared';
import type { CheckAnswers } from '@deskwright/shared/contract';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Database } from '../../platform/storage/database.ts';
import {
  type Agent,
  type AgentAction,
  aRequestId,
  DONE,
  defineAction,
  refuse,
  whyNotAllowed,
} from '../../sidebar/index.ts';
import { tickets } from '../../tickets/index.ts';
import { type CallDeps, readTool } from '../call-tool.ts';
import { composeRequest } from '../compose-request.ts';
import { isNumber, readFromAnswer, writeJson } from '../read-answer.ts';
import { readCustomer } from '../read-customer.ts';
import { toolOf } from '../tool.ts';
import { isSameAnswer, normal, type RightAnswer } from './is-same-answer.ts';
import { recordOutcome, refuseLocked } from './record-outcome.ts';
import { verificationChallenges } from './tables.ts';
import { lockCustomer, lockedUntil } from './tries.ts';

interface AnswerDeps extends CallDeps {
  db: Database;
}

/** The right answers by question, of one customer. Null: the other system did not give one. */
interface RightAnswers {
  readonly requesterId: number;
  readonly byQuestion: ReadonlyMap<string, readonly RightAnswer[]> | null;
}

/** `POST /api/tickets/:id/verification/answers`: all must be right; three wrong tries lock. */
export function checkAnswers(deps: AnswerDeps): AgentAction {
  return defineAction({
    name: 'check_answers',
    method: 'post',
    path: '/verification/answers',
    body: z.strictObject({
      answers: z.record(z.string().max(40), z.string().max(500)),
      requestId: aRequestId,
    }) satisfies z.ZodType<CheckAnswers>,
    permission: { right: 'edit' },
    prepare: async ({ policy, directory, ticketId, agent }) =>
      whyNotAllowed({ policy, directory }, { right: 'edit' }, agent) ? null : readRight(deps, policy, ticketId, agent),
    findRepeated: async (tx, { ticketId, agent }, { requestId }) => {
      const isSame = eq(verificationChallenges.requestId, requestId);
      const [tried] = await tx.select().from(verificationChallenges).where(isSame);
      if (!tried) return null;
      const isTheirs = tried.method === 'questions' && tried.ticketId === ticketId && tried.agentId === agent.id;
      return isTheirs && tried.wrong === 0 ? DONE : refuse('conflict', 'These answers were checked already.');
    },
    perform: async ({ tx, ticket, agent, policy, prepared, now }, { answers, requestId }) => {
      const questions = policy.verification?.questions ?? [];
      if (questions.length === 0) return refuse('not_found', 'The policy has no questions for verification.');
      const missing = questions.filter(({ id }) => normal(answers[id] ?? '') === '').map(({ id }) => id);
      if (missing.length > 0) return refuse('fields_missing', 'Ask all questions.', { fields: missing });
      const right = prepared as RightAnswers | null;
      const { requesterId } = ticket;
      if (requesterId === null) return refuse('no_address', 'The ticket has no customer.');
      await lockCustomer(tx, requesterId);
      const locked = await lockedUntil(tx, requesterId, now);
      if (locked) return refuseLocked(locked);
      if (right?.requesterId !== requesterId || right.byQuestion === null)
        return refuse('unavailable', 'The system that knows the answers does not give them now.');
      const [challenge] = await tx
        .insert(verificationChallenges)
        .values({
          requestId,
          ticketId: ticket.id,
          requesterId,
          agentId: agent.id,
          method: 'questions',
          state: 'ended',
          askedAt: now,
        })
        .onConflictDoNothing()
        .returning({ id: verificationChallenges.id });
      if (!challenge) return refuse('conflict', 'These answers were checked already.');
      // Each is compared, so that the time tells nothing of which one is wrong.
      const isRight = questions
        .map(({ id }) => isOneOf(answers[id] ?? '', right.byQuestion?.get(id) ?? []))
        .every((each) => each);
      const about = { tx, policy, ticketId: ticket.id, requesterId, agent, now };
      return recordOutcome({ ...about, method: 'questions', challengeId: challenge.id, isRight });
    },
  });
}

async function readRight(
  deps: AnswerDeps,
  policy: Policy,
  ticketId: number,
  agent: Agent,
): Promise<RightAnswers | null> {
  const [ticket] = await deps.db
    .select({ requesterId: tickets.requesterId })
    .from(tickets)
    .where(eq(tickets.id, ticketId));
  const customer = await readCustomer(deps.db, ticket?.requesterId ?? null);
  if (!customer || (await lockedUntil(deps.db, customer.id, new Date(deps.clock())))) return null;
  const questions = policy.verification?.questions ?? [];
  const bodies = new Map<string, Promise<unknown>>();
  const ask = (toolId: string): Promise<unknown> => {
    const asked = bodies.get(toolId) ?? readJson(deps, policy, toolId, { ticketId, customer, agent });
    bodies.set(toolId, asked);
    return asked;
  };
  const found = await Promise.all(
    questions.map(async ({ id, tool, path }) => {
      const values = readFromAnswer(path, await ask(tool)).flatMap((value) =>
        typeof value === 'string' || isNumber(value) ? [{ text: writeJson(value), isNumber: isNumber(value) }] : [],
      );
      return [id, values] as const;
    }),
  );
  // A question that nobody could answer rightly must not lock the customer.
  const isKnown = found.every(([, values]) => values.some(({ text }) => normal(text) !== ''));
  return { requesterId: customer.id, byQuestion: isKnown ? new Map(found) : null };
}

async function readJson(
  deps: AnswerDeps,
  policy: Policy,
  toolId: string,
  about: Omit<Parameters<typeof composeRequest>[1], 'inputs'>,
): Promise<unknown> {
  const tool = toolOf(policy, toolId);
  const composed = tool && composeRequest(tool, { ...about, inputs: {} });
  if (!tool || !composed || 'missing' in composed) return null;
  return (await readTool(deps, tool, composed.request)).json ?? null;
}

/** Each is compared, so that the time tells nothing of which one it is. */
const isOneOf = (given: string, right: readonly RightAnswer[]): boolean =>
  right.map((each) => isSameAnswer(given, each)).some((each) => each);
