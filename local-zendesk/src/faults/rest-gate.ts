// Answers a REST call with an injected fault.
import type { Reply } from '../http/call.ts';
import type { Gate } from '../http/create-zendesk-api.ts';
import { failed } from '../http/replies.ts';
import type { RestFaultState, RestFaults } from './rest-faults.ts';

/** Stands before the REST API and the OAuth endpoint; lets a call through unless a rule applies. */
export function restGate(faults: RestFaults): Gate {
  return ({ method, originalUrl }) => {
    const rule = faults.decide(method, originalUrl.split('?')[0] ?? '');
    return rule === null ? null : badAnswer(rule);
  };
}

/** Zendesk sends `retry-after` with every 429, and sometimes with 503. */
function badAnswer({ answer, retry_after }: RestFaultState): Reply | 'hang' {
  switch (answer) {
    case 'timeout':
      return 'hang';
    case 429:
      return {
        ...failed(429, 'APIRateLimitExceeded', 'Number of allowed API requests per minute exceeded'),
        headers: { 'retry-after': String(retry_after ?? 1) },
      };
    case 500:
      return failed(500, 'InternalError', 'Sorry, something went wrong.');
    case 503:
      return {
        ...failed(503, 'ServiceUnavailable', 'Service unavailable, please try again.'),
        ...(retry_after === undefined ? {} : { headers: { 'retry-after': String(retry_after) } }),
      };
  }
}
