// Fakes the service at the level of HTTP.
import type { ApiRefusal, PageSession } from '@deskwright/shared/contract';
import { NOW } from './card-builders.ts';

interface FakeCall {
  readonly method: string;
  readonly path: string;
  /** `?range=7d`; empty without one. */
  readonly search: string;
  readonly body: unknown;
  readonly token: string | null;
}

export type FakeAnswer =
  | { readonly status: number; readonly body: unknown; readonly headers?: Record<string, string> }
  | 'no network'
  | 'never';

export interface FakeService {
  readonly fetch: typeof fetch;
  readonly calls: readonly FakeCall[];
  /** Sets the answer of a call such as `GET /api/tickets/42/card`; replaces an earlier one. */
  answer(call: string, answer: FakeAnswer | ((call: FakeCall) => FakeAnswer)): void;
  /** Sends an event to all live streams. */
  live(event: 'ticket' | 'policy'): void;
  /** Tells all live streams who else has the ticket open. */
  viewers(names: readonly string[]): void;
  /** Sends an event with its data to all live streams. */
  stream(event: string, data: unknown): void;
  /** Breaks the connections of the live streams. */
  breakStream(): void;
  readonly streams: number;
}

export function aSession(parts: Partial<PageSession> = {}): PageSession {
  return {
    accessToken: 'access-1',
    accessExpiresAt: new Date(NOW + 5 * 60_000).toISOString(),
    renewal: 'renewal-1',
    version: '0.1.0 (build 1a2b3c4d5e6f)',
    agent: { id: 7, name: 'Ann Miller', locale: 'en-US' },
    ...parts,
  };
}

export function ok(body: unknown, status = 200): FakeAnswer {
  return { status, body };
}

export function refusal(status: number, error: ApiRefusal['error'], more: Partial<ApiRefusal> = {}): FakeAnswer {
  return { status, body: { error, message: error, ...more } };
}

export function aService(): FakeService {
  const answers = new Map<string, FakeAnswer | ((call: FakeCall) => FakeAnswer)>();
  const calls: FakeCall[] = [];
  const streams = new Set<ReadableStreamDefaultController<Uint8Array>>();

  function openStream(signal: AbortSignal | null | undefined): Response {
    let own: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        own = controller;
        streams.add(controller);
      },
      cancel: () => void streams.delete(own),
    });
    signal?.addEventListener('abort', () => streams.delete(own));
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  function send(event: { event: string; names?: readonly string[] }): void {
    stream(event.event, event);
  }

  function stream(event: string, data: unknown): void {
    const bytes = new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    for (const one of streams) one.enqueue(bytes);
  }

  return {
    calls,
    answer: (call, answer) => void answers.set(call, answer),
    live: (event) => send({ event }),
    viewers: (names) => send({ event: 'viewers', names }),
    stream,
    breakStream() {
      for (const stream of streams) stream.error(new TypeError('network error'));
      streams.clear();
    },
    get streams() {
      return streams.size;
    },
    async fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input, 'http://service.test');
      const call: FakeCall = {
        method: init?.method ?? 'GET',
        path: url.pathname,
        search: url.search,
        body: typeof init?.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined,
        token: new Headers(init?.headers).get('authorization'),
      };
      calls.push(call);
      const found = answers.get(`${call.method} ${call.path}`);
      const answer = typeof found === 'function' ? found(call) : found;
      if (answer === undefined && (call.path === '/api/live' || call.path === '/api/dashboard/live'))
        return openStream(init?.signal);
      if (answer === 'never') return new Promise<never>(() => undefined);
      if (answer === undefined || answer === 'no network') throw new TypeError('Failed to fetch');
      if (answer.status === 204) return new Response(null, { status: 204 });
      return readAtOnce(
        Response.json(answer.body, { status: answer.status, headers: answer.headers ?? {} }),
        answer.body,
      );
    },
  };
}

/** Reading a real body takes an unknown number of turns of the event loop, but tests check right after the agent's action. */
function readAtOnce(response: Response, body: unknown): Response {
  return Object.assign(response, { json: async (): Promise<unknown> => JSON.parse(JSON.stringify(body)) });
}
