// Reads the raw bytes of a request.
import type { IncomingMessage } from 'node:http';
import type { BodyBudget } from '../../platform/http/request-body.ts';

export type RawBody = { ok: true; bytes: Buffer } | { ok: false; problem: BodyProblem };
type BodyProblem = 'too_large' | 'encoded' | 'cut_off' | 'overloaded';

/** A piece takes an object besides its bytes: a sender who sends them one by one must not get around the bound. */
const PIECE_BYTES = 256;

/**
 * Reads a body as it came, at most `maxBytes`; a compressed one is refused, because nobody should unpack what nobody has
 * signed. What is held meanwhile is taken from `budget` and given back at the end; if it is used up the problem is `overloaded`. What is
 * refused is read and dropped, so that the sender gets to hear why. Never rejects.
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
