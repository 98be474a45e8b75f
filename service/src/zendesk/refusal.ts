// Classifies a refusal of Zendesk and describes it.
import { readRetryAfter } from '../platform/errors/external-error.ts';
import { ZendeskError, type ZendeskErrorKind } from './zendesk.ts';
import type { Answer } from './zendesk-call.ts';

/** For a 429 without `retry-after`: Zendesk's rate limits are reset every minute. */
const DEFAULT_BUSY_MS = 60_000;

/** The error for an answer that is not a success. `call` is method and path without query. */
export function refusalOf(call: string, answer: Answer): ZendeskError {
  const kind = kindOf(answer);
  const words = [wordsOf(answer.body), call.includes(WEBHOOKS) ? messageOf(answer.body) : '']
    .filter(Boolean)
    .join(': ');
  const lacksScope = answer.status === 403 && namesScopes(answer.body);
  const message = `${call} answered ${answer.status}${words ? ` ${words}` : ''}${lacksScope ? ' (scope missing)' : ''}`;
  const waitMs = kind === 'busy' ? (readRetryAfter(answer.headers.get('retry-after')) ?? DEFAULT_BUSY_MS) : null;
  return new ZendeskError(kind, message, answer.status, waitMs, lacksScope || undefined);
}

/** Without a valid login Zendesk answers `users/me` with 200 and the "Anonymous user", whose id is null: equivalent to a 401. */
export function anonymousRefusal(call: string, answer: Answer): ZendeskError | null {
  const user = call.includes('/users/me') ? asObject(asObject(answer.body)?.user) : null;
  return user && user.id === null
    ? new ZendeskError('forbidden', `${call} answered as anonymous user: the login is not valid`, 401)
    : null;
}

/** An answer that does not come from Zendesk's API (a redirect, a proxy's page, an unknown status) counts as `unavailable`. */
function kindOf({ status, headers, body }: Answer): ZendeskErrorKind {
  // Too many background jobs: its status is not documented, its error name is.
  if (codeOf(body) === 'TooManyJobs') return 'busy';
  switch (status) {
    case 429:
      return 'busy';
    case 503:
      return headers.has('retry-after') ? 'busy' : 'unavailable';
    case 409:
      return 'conflict';
    case 404:
    case 410:
      return isAboutTheRecord(headers, body) ? 'not_found' : 'unavailable';
    case 401:
    case 402:
    case 403:
    case 451:
      return 'forbidden';
    case 400:
    case 413:
    case 422:
      return 'rejected';
    default:
      return 'unavailable';
  }
}

/** Zendesk also answers 404 for an unknown path (`InvalidEndpoint`) and for an account that does not exist ("No help desk at ..."). */
function isAboutTheRecord(headers: Headers, body: unknown): boolean {
  if (headers.get('content-type')?.startsWith('text/html')) return false;
  const { error } = asObject(body) ?? {};
  const title = asObject(error)?.title;
  return error !== 'InvalidEndpoint' && !(typeof title === 'string' && title.startsWith('No help desk'));
}

/** "You are missing the following required scopes: write", or an equivalent OAuth error. */
function namesScopes(body: unknown): boolean {
  const { error, description } = asObject(body) ?? {};
  return [error, description, asObject(error)?.message].some((text) => typeof text === 'string' && /scope/i.test(text));
}

/** Zendesk's error code and, for refused records, which field and why. */
function wordsOf(body: unknown): string {
  const details = (asObject(body)?.details ?? null) as unknown;
  const complaints = Object.entries(asObject(details) ?? {}).flatMap(([field, list]) =>
    (Array.isArray(list) ? list : []).map((one) => complaintOf(field, asObject(one)?.description)),
  );
  return [codeOf(body), complaints.length > 0 ? `(${complaints.slice(0, 3).join('; ')})` : null]
    .filter((part) => part !== null)
    .join(' ');
}

/** What is refused there is an event type or an address, never a customer's word; and how Zendesk refuses an event type is not documented. */
const WEBHOOKS = '/api/v2/webhooks';

function messageOf(body: unknown): string {
  const { error, errors } = asObject(body) ?? {};
  const said = asObject(error)?.message ?? asObject(Array.isArray(errors) ? errors[0] : null)?.title;
  return typeof said === 'string' ? said.slice(0, 200) : '';
}

/** Fields whose error messages cannot quote a customer. */
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

/** The known error formats: `error` as text or object, or `errors[0].code`. Free text is left out. */
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
