// What kind of refusal is this answer, and what may be said about it?
import type { Answer } from './answer.ts';
import { ZendeskError, type ZendeskErrorKind } from './zendesk.ts';

/** What a 429 without `retry-after` means: Zendesk's buckets are refilled every minute. */
const DEFAULT_BUSY_MS = 60_000;

/** The error for an answer that is no success. `call` is method and path without query. */
export function refusalOf(call: string, answer: Answer): ZendeskError {
  const kind = kindOf(answer);
  const words = wordsOf(answer.body);
  const message = `${call} answered ${answer.status}${words ? ` ${words}` : ''}`;
  return new ZendeskError(kind, message, answer.status, kind === 'busy' ? retryAfterMs(answer.headers) : null);
}

function kindOf({ status, headers, body }: Answer): ZendeskErrorKind {
  if (status === 429 || (status === 503 && headers.has('retry-after'))) return 'busy';
  // Too many background jobs: which status it comes with is not documented, its name is.
  if (codeOf(body) === 'TooManyJobs') return 'busy';
  if (status === 409) return 'conflict';
  if (status === 404 || status === 410) return 'not_found';
  if (status === 401 || status === 403) return 'forbidden';
  if (status >= 500 || status === 408) return 'unavailable';
  return 'rejected';
}

function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : DEFAULT_BUSY_MS;
}

/** Zendesk's code and, for refused records, which field and why. */
function wordsOf(body: unknown): string {
  const details = (asObject(body)?.details ?? null) as unknown;
  const complaints = Object.entries(asObject(details) ?? {}).flatMap(([field, list]) =>
    (Array.isArray(list) ? list : []).map((one) => complaintOf(field, asObject(one)?.description)),
  );
  return [codeOf(body), complaints.length > 0 ? `(${complaints.slice(0, 3).join('; ')})` : null]
    .filter((part) => part !== null)
    .join(' ');
}

/** Fields whose complaints cannot quote a customer. */
const QUOTABLE = new Set([
  'base',
  'status',
  'group',
  'group_id',
  'assignee',
  'priority',
  'tags',
  'type',
  'safe_update',
]);

function complaintOf(field: string, description: unknown): string {
  return QUOTABLE.has(field) && typeof description === 'string' ? `${field}: ${description.slice(0, 120)}` : field;
}

/** The envelopes of 4.9: `error` as text or object, or `errors[0].code`. Free text is left out. */
function codeOf(body: unknown): string | null {
  const { error, errors } = asObject(body) ?? {};
  const candidate =
    typeof error === 'string'
      ? error
      : (asObject(error)?.title ?? (Array.isArray(errors) ? asObject(errors[0])?.code : undefined));
  return typeof candidate === 'string' && /^[\w' ]{1,60}$/.test(candidate) ? candidate : null;
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}
