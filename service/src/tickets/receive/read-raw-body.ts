// Reads the raw bytes of a request.
import type { IncomingMessage } from 'node:http';
import type { BodyBudget } from '../../platform/http/request-body.ts';

export type RawBody = { ok: true; bytes: Buffer } | { ok: false; problem: BodyProblem };
type BodyProblem = 'too_large' | 'encoded' | 'cut_off' | 'overloaded';

/** A chunk also needs an object: a sender of single bytes must not exceed the limit. */
const PIECE_BYTES = 256;

/**
 * Reads a raw body of at most `maxBytes`; a compressed one is refused, because nothing should be decompressed before its signature is
 * verified. The memory is reserved from `budget` and released at the end; if it is used up the problem is `overloaded`. A refused
 * body is read and discarded, so that the sender receives the answer. Never rejects.
 */
export function readRawBody(request: IncomingMessage, maxBytes: number, budget: BodyBudget): Promise<RawBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let held = 0;
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return refuse('encoded');
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse('too_large');
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) return refuse('too_large');
      const holds = chunk.length + PIECE_BYTES;
      if (!budget.take(holds)) return refuse('overloaded');
      held += holds;
      chunks.push(chunk);
    });
    request.on('end', () => {
      const [only] = chunks;
      finish({ ok: true, bytes: chunks.length === 1 && only ? only : Buffer.concat(chunks) });
    });
    request.on('error', () => refuse('cut_off'));
    request.on('close', () => refuse('cut_off'));

    function refuse(problem: BodyProblem): void {
      chunks.length = 0;
      request.removeAllListeners('data').resume();
      finish({ ok: false, problem });
    }

    function finish(body: RawBody): void {
      budget.giveBack(held);
      held = 0;
      resolve(body);
    }
  });
}
