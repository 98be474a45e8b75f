// Builds answers in Zendesk's envelopes.
import type { Refusal, Result } from '../account/result.ts';
import type { Reply } from './call.ts';

export const ok = (body: unknown, headers?: Reply['headers']): Reply => ({
  status: 200,
  body,
  ...(headers && { headers }),
});

/** What is named first in the body and has an address: `{"ticket": {"url": "..."}}`. */
function locationOf(body: unknown): Record<string, string> {
  const [first] = Object.values(body as Record<string, unknown>);
  const url = typeof first === 'object' && first !== null && 'url' in first ? first.url : undefined;
  return typeof url === 'string' ? { location: url } : {};
}

/** With `Location`, the address of what was made, where it has one. */
export const created = (body: unknown, headers?: Reply['headers']): Reply => ({
  status: 201,
  body,
  headers: { ...locationOf(body), ...headers },
});
/** A 200 that names its address like a creation; only groups and triggers answer an update so. */
export const relocated = (body: unknown): Reply => ok(body, locationOf(body));
export const noContent = (): Reply => ({ status: 204 });

/** `{"error": "...", "description": "..."}`, the most common envelope. */
export const failed = (status: number, error: string, description: string): Reply => ({
  status,
  body: { error, description },
});

/** A bulk call with more than Zendesk takes; some endpoints add how many that is. */
export const tooMany = (beside: { max_count?: number } = {}): Reply => ({
  status: 400,
  body: { error: 'TooManyItems', description: 'Too many items for one call', ...beside },
});

export const notFound = (): Reply => failed(404, 'RecordNotFound', 'Not found');
export const invalidEndpoint = (): Reply => failed(404, 'InvalidEndpoint', 'Not found');

export const invalidAttribute = (message: string): Reply => ({
  status: 400,
  body: { error: { title: 'Invalid attribute', message } },
});

/** The envelope of the newer endpoints: `{"errors": [{code, title, detail}]}`. */
export const errors = (status: number, code: string, title: string, detail = title): Reply => ({
  status,
  body: { errors: [{ code, title, detail }] },
});

function refusalReply(refusal: Refusal): Reply {
  switch (refusal.kind) {
    case 'not_found':
      return notFound();
    case 'forbidden':
      return { status: 403, body: { error: { title: 'Forbidden', message: refusal.message } } };
    case 'stale':
      // The body of a stale stamp's 409 is not documented; clients must branch on the status.
      return failed(409, 'UpdateConflict', 'Safe Update prevented the update of this ticket');
    case 'invalid':
      return {
        status: 422,
        body: { error: 'RecordInvalid', description: 'Record validation errors', details: refusal.details },
      };
    case 'bad_value':
      return invalidAttribute(refusal.message);
  }
}

/** The success as `onOk` says it, the refusal in Zendesk's words. */
export const replyTo = <T>(result: Result<T>, onOk: (value: T) => Reply): Reply =>
  result.ok ? onOk(result.value) : refusalReply(result.refusal);
