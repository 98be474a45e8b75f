// Serves the preview: a local page that follows the policy file while it is edited.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Policy } from '@deskwright/shared';
import { outcomeReader } from '../backtest/index.ts';
import { compilePolicy } from '../decide/compile-policy.ts';
import { decide } from '../decide/decide.ts';
import { explainSentence } from '../decide/explain-sentence.ts';
import { filesOf, readPolicyTexts } from '../policy/read-policy-file.ts';
import { watchFiles } from '../policy/watch-files.ts';
import { type ComputeDeps, computePreview, type Shown } from './compute.ts';
import { markWords } from './mark-words.ts';

export interface PreviewOptions extends Omit<ComputeDeps, 'show' | 'signal'> {
  /** 0: any free one. */
  readonly port: number;
  /** Called when what is shown could not be computed. */
  readonly onError: (error: unknown) => void;
}

export interface Preview {
  /** With the token: whoever knows it sees customers' words. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

// Read from the source folder, like the migrations: `tsc` copies no pages to `dist`.
const PAGE = new URL('../../src/preview/page/preview.html', import.meta.url);
const DEBOUNCE_MS = 60;
const POLL_MS = 1_000;
const KEEP_ALIVE_MS = 20_000;

/** @throws Error when the port is taken */
export async function startPreview(options: PreviewOptions): Promise<Preview> {
  const { policyPath, inPlaceOf, former, source, port, onError } = options;
  const token = randomBytes(24).toString('base64url');
  const page = await readFile(PAGE, 'utf8');
  const listeners = new Set<ServerResponse>();
  let shown: Shown | null = null;
  let policy: Policy | null = null;
  let running = new AbortController();
  let seen: string | null = null;

  const show = (next: Shown): void => {
    shown = next;
    for (const listener of listeners) send(listener, next);
  };
  const watch = watchFiles({ onMaybeChanged: () => void follow(), debounceMs: DEBOUNCE_MS, pollMs: POLL_MS });

  async function follow(): Promise<void> {
    try {
      const texts = await readPolicyTexts(policyPath, { inPlaceOf });
      watch.follow(filesOf(texts, policyPath, inPlaceOf));
      const now = JSON.stringify(texts, (_, value: unknown) => (value instanceof Map ? [...value] : value));
      if (now === seen) return;
      seen = now;
      running.abort();
      running = new AbortController();
      const { signal } = running;
      const computed = await computePreview({ ...options, show, signal });
      policy = computed ?? policy;
    } catch (error) {
      if (!isAbort(error)) onError(error);
    }
  }

  async function ticketAt(row: number): Promise<object | null> {
    const ticket = await source.find(row);
    if (ticket === undefined) return null;
    const { facts, id } = ticket;
    const explain = (of: Policy | undefined | null, name: string) => {
      if (!of) return null;
      const compiled = compilePolicy(of);
      const decision = decide(facts, compiled);
      return {
        name,
        sentence: explainSentence(decision, of),
        outcome: outcomeReader(of)(decision),
        ...markWords(facts, compiled, decision),
      };
    };
    return {
      id,
      row,
      label: ticket.label,
      before: explain(former?.policy, former?.name ?? ''),
      after: explain(policy, policyPath),
    };
  }

  const server = createServer((request, response) => {
    const nonce = randomBytes(16).toString('base64');
    for (const [name, value] of Object.entries(securityHeaders(nonce))) response.setHeader(name, value);
    const path = pathBehindToken(request, token);
    const row = /^ticket\/(\d{1,9})$/.exec(path ?? '')?.[1];
    if (path === null || request.method !== 'GET')
      answer(response, 403, 'text/plain', 'Open the address that the terminal shows.');
    else if (path === '') answer(response, 200, 'text/html; charset=utf-8', page.replaceAll('{{nonce}}', nonce));
    else if (path === 'events') listen(response);
    else if (row !== undefined)
      ticketAt(Number(row)).then(
        (found) => answer(response, found === null ? 404 : 200, 'application/json', JSON.stringify(found)),
        (error: unknown) => {
          onError(error);
          answer(response, 500, 'text/plain', 'The ticket cannot be read.');
        },
      );
    else answer(response, 404, 'text/plain', 'There is nothing here.');
  });

  function listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    listeners.add(response);
    const alive = setInterval(() => response.write(':\n\n'), KEEP_ALIVE_MS);
    response.on('close', () => {
      clearInterval(alive);
      listeners.delete(response);
    });
    if (shown !== null) send(response, shown);
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  void follow();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    stop: async () => {
      watch.stop();
      running.abort();
      server.close();
      server.closeAllConnections();
    },
  };
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const send = (listener: ServerResponse, shown: Shown): boolean => listener.write(`data: ${JSON.stringify(shown)}\n\n`);

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}

/**
 * The part of the address behind the token; null: the request is refused. The page shows customers' words, so an address that cannot be
 * guessed is needed. A name that points at 127.0.0.1 (DNS rebinding) and requests made by other pages are refused even with the token.
 */
function pathBehindToken(request: IncomingMessage, token: string): string | null {
  const { host = '', origin, 'sec-fetch-site': site } = request.headers;
  if (!/^(?:127\.0\.0\.1|localhost):\d{1,5}$/.test(host)) return null;
  if (Number(host.split(':')[1]) !== request.socket.localPort) return null;
  if (origin !== undefined && origin !== `http://${host}`) return null;
  const [, given = '', ...rest] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
  if (!isEqual(given, token)) return null;
  // The address may be opened from a terminal or a chat; everything else only by the page itself.
  const opened = rest.join('/') === '' && request.method === 'GET';
  if (!opened && site !== undefined && site !== 'same-origin') return null;
  return rest.join('/');
}

function isEqual(given: string, token: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(token)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The page loads nothing from outside and cannot be framed; its address, which has the token, is not passed on. */
const securityHeaders = (nonce: string): Readonly<Record<string, string>> => ({
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
});
