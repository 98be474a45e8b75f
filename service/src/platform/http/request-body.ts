// Reads the bodies of forms and API calls, within one memory limit for all that are being read.
import express, { type RequestHandler } from 'express';

/** One memory budget for all pages of the process; webhooks have their own, so that pages cannot keep them out. */
const BODY_BUDGET = createBodyBudget(32_000_000);
/** Seconds. */
const COME_BACK = 30;

/** Reads JSON of at most `maxBytes`, not compressed: what it unpacks to is in no head. Answers 503 while too many bodies are being read. */
export function parseJson(maxBytes: number): RequestHandler[] {
  return [takeBudget(maxBytes), express.json({ limit: maxBytes, inflate: false })];
}

/** The same for a form of at most `maxFields`. Answers 503 while too many bodies are being read. */
export function parseForm(maxBytes: number, maxFields: number): RequestHandler[] {
  return [
    takeBudget(maxBytes),
    express.urlencoded({ extended: false, inflate: false, limit: maxBytes, parameterLimit: maxFields }),
  ];
}

/** Takes what the head announces; a body without a length may become as large as is allowed. */
function takeBudget(maxBytes: number): RequestHandler {
  return (request, response, next) => {
    const length = request.headers['content-length'];
    const isChunked = request.headers['transfer-encoding'] !== undefined;
    let held = isChunked ? maxBytes : Math.min(Number(length ?? 0), maxBytes);
    if (!BODY_BUDGET.take(held)) {
      const message = 'Too many requests are being read. Try again in half a minute.';
      return void response.status(503).set('retry-after', String(COME_BACK)).json({ error: 'unavailable', message });
    }
    const giveBack = (): void => {
      BODY_BUDGET.giveBack(held);
      held = 0;
    };
    // `close` of a request comes when its body was read or its sender hung up.
    request.once('close', giveBack);
    response.once('close', giveBack);
    next();
  };
}

/** Shared by all requests of a process; a stranger's slow uploads must not add up to all the memory there is. */
export interface BodyBudget {
  /** False: so many more bytes would exceed the budget. */
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
