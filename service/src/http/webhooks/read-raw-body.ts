// Which bytes did the sender send?
import type { IncomingMessage } from 'node:http';

export type RawBody = { ok: true; bytes: Buffer } | { ok: false; problem: 'too_large' | 'encoded' | 'cut_off' };

/**
 * Reads a body as it came, at most `maxBytes`; a compressed one is refused, because nobody should unpack what nobody has
 * signed. What is too much is read and dropped, so that the sender gets to hear why. Never rejects.
 */
export function readRawBody(request: IncomingMessage, maxBytes: number): Promise<RawBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const encoding = request.headers['content-encoding'];
    if (encoding !== undefined && encoding !== 'identity') return refuse('encoded');
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse('too_large');
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else refuse('too_large');
    });
    request.on('end', () => {
      const [only] = chunks;
      resolve({ ok: true, bytes: chunks.length === 1 && only ? only : Buffer.concat(chunks) });
    });
    request.on('error', () => refuse('cut_off'));
    request.on('close', () => refuse('cut_off'));

    function refuse(problem: 'too_large' | 'encoded' | 'cut_off'): void {
      chunks.length = 0;
      request.removeAllListeners('data').resume();
      resolve({ ok: false, problem });
    }
  });
}
