// What can the sidebar ask of the service?
import type {
  CorrectCategory,
  Escalate,
  NewTicketGuidance,
  Session,
  TicketCard,
  TickStep,
} from '@deskwright/shared/contract';
import { keepAccess } from './keep-access.ts';
import { readAnswer } from './read-answer.ts';
import { type Answer, refused } from './refusal.ts';

/** Longer than the slowest answer worth waiting for. */
const PATIENCE_MS = 15_000;

export interface Service {
  card(ticketId: number): Promise<Answer<TicketCard>>;
  correctCategory(ticketId: number, body: CorrectCategory): Promise<Answer<TicketCard>>;
  undoCorrection(ticketId: number, correctionId: number): Promise<Answer<TicketCard>>;
  tickStep(ticketId: number, stepId: string, body: TickStep): Promise<Answer<TicketCard>>;
  escalate(ticketId: number, body: Escalate): Promise<Answer<TicketCard>>;
  guidance(): Promise<Answer<NewTicketGuidance>>;
  /** `fetch` with the agent's token, for the live stream. What is refused without an answer throws. */
  readonly fetch: (url: string | URL, init: RequestInit) => Promise<Response>;
}

export function createService(deps: { fetch: typeof fetch; now: () => number; session: Session }): Service {
  const access = keepAccess(deps);

  /** One 401 is answered with a renewed token; a second one is the service's last word. */
  async function send(url: string | URL, init: RequestInit): Promise<Answer<Response>> {
    const token = await access.token();
    if (!token.ok) return token;
    const response = await withToken(url, init, token.value);
    if (response.status !== 401) return { ok: true, value: response };
    const renewed = await access.after(token.value);
    return renewed.ok ? { ok: true, value: await withToken(url, init, renewed.value) } : renewed;
  }

  function withToken(url: string | URL, init: RequestInit, token: string): Promise<Response> {
    const headers = { ...(init.headers as Record<string, string> | undefined), authorization: `Bearer ${token}` };
    return deps.fetch(url, { ...init, headers });
  }

  async function call<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
    const json = body === undefined ? {} : { body: JSON.stringify(body) };
    const headers = {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    };
    const patience = new AbortController();
    const over = setTimeout(() => patience.abort(), PATIENCE_MS);
    try {
      const sent = await send(path, { method, headers, signal: patience.signal, ...json });
      return sent.ok ? await readAnswer<T>(sent.value) : sent;
    } catch {
      return refused('unreachable'); // No network, no answer in time: `fetch` throws for both.
    } finally {
      clearTimeout(over);
    }
  }

  return {
    card: (ticketId) => call('GET', `/api/tickets/${ticketId}/card`),
    correctCategory: (ticketId, body) => call('PUT', `/api/tickets/${ticketId}/category`, body),
    undoCorrection: (ticketId, id) => call('DELETE', `/api/tickets/${ticketId}/corrections/${id}`),
    tickStep: (ticketId, stepId, body) =>
      call('PUT', `/api/tickets/${ticketId}/steps/${encodeURIComponent(stepId)}`, body),
    escalate: (ticketId, body) => call('POST', `/api/tickets/${ticketId}/escalations`, body),
    guidance: () => call('GET', '/api/guidance'),
    async fetch(url, init) {
      const sent = await send(url, init);
      if (sent.ok) return sent.value;
      throw new Error(`No access: ${sent.refusal.kind}`);
    },
  };
}
