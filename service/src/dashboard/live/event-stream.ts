// Writes events to one page; a page that reads slowly gets the newest only.
import type { Response } from 'express';

export interface EventStream {
  /** Sends it, or keeps it until the page has read what was sent before; one that waits already is dropped for it. */
  send(event: Buffer): void;
  /** Shows that the connection lives. Ends it if the page has read nothing for `deafAfterMs`. */
  beat(): void;
  /** Sends a last event, and ends the stream. */
  end(event?: Buffer): void;
}

/** Milliseconds after which a browser that lost the stream reconnects. */
const RETRY_MS = 2_000;
const BEAT = Buffer.from(': still here\n\n');

/** Server-sent events (HTML standard, 9.2). `stopwatch`: milliseconds, of any beginning. */
export function openEventStream(
  response: Response,
  { deafAfterMs, stopwatch }: { deafAfterMs: number; stopwatch: () => number },
): EventStream {
  let newest: Buffer | null = null;
  /** Null: the page keeps up. */
  let fullSince: number | null = null;

  const write = (event: Buffer): void => {
    if (!response.write(event)) fullSince = stopwatch();
  };
  response.on('drain', () => {
    fullSince = null;
    const event = newest;
    newest = null;
    if (event !== null && !response.writableEnded) write(event);
  });

  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    // Buffering proxies would delay events.
    'x-accel-buffering': 'no',
  });
  write(Buffer.from(`retry: ${RETRY_MS}\n\n`));
  return {
    send: (event) => {
      if (response.writableEnded) return;
      if (fullSince === null) write(event);
      else newest = event;
    },
    beat: () => {
      if (fullSince === null) {
        if (!response.writableEnded) write(BEAT);
      } else if (stopwatch() - fullSince >= deafAfterMs) response.destroy();
    },
    end: (event) => {
      if (response.writableEnded) return;
      if (event === undefined) response.end();
      else response.end(event);
    },
  };
}

export function asEvent(event: string, data: unknown): Buffer {
  return Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
