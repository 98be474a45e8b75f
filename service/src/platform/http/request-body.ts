// Reads the bodies of forms and API calls, within a shared memory limit.
import express, { type RequestHandler } from 'express';

/** One memory budget for all pages of the process; webhooks have their own, so that pages cannot block them. */
const BODY_BUDGET = createBodyBudget(32_000_000);
/** Seconds. */
const RETRY_AFTER = 30;

/** Reads uncompressed JSON of at most `maxBytes` (the headers do not tell the size after decompression). Answers 503 while too many bodies are being read. */
export function parseJson(maxBytes: number): RequestHandler[] {
  return [takeBudget(maxBytes), express.json({ limit: maxBytes, inflate: false })];
}

/** The same for a form with at most `maxFields` fields. Answers 503 while too many bodies are being read. */
export function parseForm(maxBytes: number, maxFields: number): RequestHandler[] {
  return [
    takeBudget(maxBytes),
    express.urlencoded({ extended: false, inflate: false, limit: maxBytes, parameterLimit: maxFields }),
  ];
}

/** Reserves the announced length; a body without one may become as large as allowed. */
function takeBudget(maxBytes: number): RequestHandler {
  return (request, response, next) => {
    const length = request.headers['content-length'];
    const isChunked = request.headers['transfer-encoding'] !== undefined;
    let held = isChunked ? maxBytes : Math.min(Number(length ?? 0), maxBytes);
    if (!BODY_BUDGET.take(held)) {
      const message = 'The service is busy. Try again in half a minute.';
      return void response.status(503).set('retry-after', String(RETRY_AFTER)).json({ error: 'unavailable', message });
    }
    const giveBack = (): void => {
      BODY_BUDGET.giveBack(held);
      held = 0;
    };
    // A request's `close` event is emitted when its body was read or its sender disconnected.
    request.once('close', giveBack);
    response.once('close', giveBack);
    next();
  };
}

/** Shared by all requests of a process; slow uploads by strangers must not use up the memory. */
export interface BodyBudget {
  /** False: these bytes would exceed the budget. */
  take: (bytes: number) => boolean;
  giveBack: (bytes: number) => void;
}

export function createBodyBudget(maxBytes: number): BodyBudget {
  let taken = 0;
  return {
    take: (bytes) => {
      if (taken + bytes > maxBytes) return false;
      taken += bytes;
      return true;
    },
    giveBack: (bytes) => {
      taken -= bytes;
    },
  };
}
