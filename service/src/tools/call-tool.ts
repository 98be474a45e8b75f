// Calls one tool for an agent: composes its request, sends it, and extracts what is shown.
import type { ToolAnswer, ToolFailure } from '@deskwright/shared/contract';
import type { CalledOn } from '../sidebar/index.ts';
import { composeQuestion, type RequestContext, type ToolRequest } from './compose-request.ts';
import { readAnswer } from './read-answer.ts';
import { type Sent, sendRequest } from './send-request.ts';
import type { Tool } from './tool.ts';

/** By the name in the policy: `shop` of TOOL_SECRET_SHOP. */
export type ToolSecrets = Readonly<Record<string, string>>;

export const isSetUp = ({ request: { secret } }: Pick<Tool, 'request'>, secrets: ToolSecrets): boolean =>
  secret === undefined || Object.hasOwn(secrets, secret);

export interface CallDeps {
  secrets: ToolSecrets;
  fetch: typeof fetch;
  /** Epoch milliseconds. */
  clock: () => number;
}

export function contextOf(
  { ticket, requester, agent }: Pick<CalledOn, 'ticket' | 'requester' | 'agent'>,
  inputs: Readonly<Record<string, string>>,
): RequestContext {
  const { requesterId } = ticket;
  const customer =
    requesterId === null ? null : { id: requesterId, name: requester?.name ?? null, email: requester?.email ?? null };
  return { ticketId: ticket.id, customer, agent, inputs };
}

/** What would be sent, with the names of the headers only. */
export function dryRun(tool: Tool, { method, url, headers, body }: ToolRequest, context: RequestContext): ToolAnswer {
  const question = composeQuestion(tool, context);
  return { kind: 'dry_run', method, address: url, headers: Object.keys(headers), body, question };
}

/** What a read answers; null for `json`: it found nothing or failed. */
export interface ReadResult {
  readonly answer: Exclude<ToolAnswer, { kind: 'dry_run' }>;
  readonly json: unknown;
  readonly status: number | null;
}

export async function readTool(deps: CallDeps, tool: Tool, request: ToolRequest): Promise<ReadResult> {
  const sent = await send(deps, tool, request);
  const asOf = new Date(deps.clock()).toISOString();
  if (sent.kind === 'failed') {
    const { why, status } = sent;
    if (status === 404) return { answer: { kind: 'nothing', asOf }, json: null, status };
    return { answer: { kind: 'failed', why, status }, json: null, status };
  }
  const { status, json, unread } = sent;
  if (unread !== null) return { answer: { kind: 'failed', why: unread, status }, json: null, status };
  const fields = readAnswer(tool, json);
  if (fields.length === 0) return { answer: { kind: 'nothing', asOf }, json, status };
  return { answer: { kind: 'found', asOf, staleSince: null, fields }, json, status };
}

/** Without the secret that it needs, nothing is sent. @param idempotencyKey of a write */
export async function send(
  { secrets, fetch }: CallDeps,
  { request: { secret, timeout_seconds: seconds, largest_answer_kb: kilobytes } }: Tool,
  request: ToolRequest,
  idempotencyKey?: string,
): Promise<Sent> {
  const found = secret === undefined ? null : (secrets[secret] ?? undefined);
  if (found === undefined) return { kind: 'failed', why: 'not_set_up', status: null, isUndone: true };
  return sendRequest(request, {
    secret: found,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    timeoutMs: seconds * 1_000,
    largestBytes: kilobytes * 1_024,
    fetch,
  });
}

/** In English, for the ticket's note. */
export const FAILURES: Readonly<Record<ToolFailure, string>> = {
  not_set_up: 'its secret is not set up',
  unreachable: 'the other system could not be reached, or ended the connection',
  timed_out: 'the other system did not answer in time',
  refused: 'the other system refused it',
  broken: 'the other system answered with an error',
  redirected: 'the other system answered with a redirect, which is not followed',
  too_large: 'the answer is too large',
  not_json: 'the answer is not JSON',
  outdated: 'it had waited too long, the policy no longer has it, or the ticket has another customer now',
  not_allowed: 'when it was to be sent, the agent might not use it any more, or the customer was not verified any more',
};
