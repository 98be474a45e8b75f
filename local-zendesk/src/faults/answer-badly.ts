// How does a REST call look that Zendesk answers badly?
import type { RequestHandler, Response } from 'express';
import type { RestFaultState, RestFaults } from './rest-faults.ts';

// Long after every sensible client gave up; then the connection is cut so that it does not stay for ever.
const HANG_MS = 120_000;

/** Stands before the REST API and the OAuth endpoint; lets a call through unless a rule strikes. */
export function answerBadly(faults: RestFaults): RequestHandler {
  return (request, response, next) => {
    const rule = faults.decide(request.method, request.originalUrl.split('?')[0] ?? '');
    if (rule === null) next();
    else fail(rule, response);
  };
}

function fail(rule: RestFaultState, response: Response) {
  switch (rule.answer) {
    case 'timeout': {
      const cut = setTimeout(() => response.destroy(), HANG_MS);
      cut.unref();
      response.on('close', () => clearTimeout(cut));
      return;
    }
    case 429:
      response.set('retry-after', String(rule.retry_after ?? 1));
      response
        .status(429)
        .json({ error: 'APIRateLimitExceeded', description: 'Number of allowed API requests per minute exceeded' });
      return;
    case 500:
      response.status(500).json({ error: 'InternalError', description: 'Sorry, something went wrong.' });
      return;
    case 503:
      if (rule.retry_after !== undefined) response.set('retry-after', String(rule.retry_after));
      response.status(503).json({ error: 'ServiceUnavailable', description: 'Service unavailable, please try again.' });
      return;
  }
}
