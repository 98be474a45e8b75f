// Creates the client of a Zendesk account.
import { z } from 'zod';
import type { Logger } from '../platform/logging/logger.ts';
import { type AccountObjects, createAccountObjects } from './account-objects.ts';
import { type Authorization, createApiTokenAuthorization, createOAuthAuthorization } from './authorization.ts';
import { createEndpoints, type OnOutage } from './endpoints.ts';
import { stamp, textOrNone, zendeskId } from './field-shapes.ts';
import { createAccountBucket, ZENDESK_LIMITS, type ZendeskLimits } from './limits.ts';
import { createNodeZendeskClient } from './node-zendesk-client.ts';
import { createIsEndpointAway } from './outages.ts';
import { createAgentCalls, createPeopleCalls } from './people-calls.ts';
import { createReadList, readShape } from './read-shape.ts';
import { createRuleCalls } from './rule-calls.ts';
import { createSendOnce, type SendOnce } from './send-once.ts';
import { type AccountSetup, type AccountStaff, readAccountSetup, readAccountStaff } from './setup-calls.ts';
import { createTicketCalls } from './ticket-calls.ts';
import { createTransport, type Transport } from './transport.ts';
import type { OnListRead } from './unreadable-record.ts';
import type { Zendesk } from './zendesk.ts';
import type { ZendeskCall } from './zendesk-call.ts';

export interface ZendeskOptions {
  /** `https://acme.zendesk.com`, without a trailing slash. */
  baseUrl: string;
  oauth?: { clientId: string; clientSecret: string } | undefined;
  /** Stops working on 2027-04-30: used only if no OAuth client is given, and with a warning. */
  apiToken?: { email: string; token: string } | undefined;
  /** What an OAuth token is asked for; default: what the service needs. */
  scope?: string | undefined;
  fetch?: typeof fetch;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  limits?: Partial<ZendeskLimits>;
  /** Called after every HTTP exchange, including retries and token requests. */
  onCall?: (call: ZendeskCall) => void;
  /** Called after every read of a list, with the records that could not be read. */
  onListRead?: OnListRead;
  /** Called for endpoints that fail for every record. */
  onOutage?: OnOutage;
  /** From 0 to 1, for jitter. */
  random?: () => number;
}

export type { AccountSetup, AccountStaff };

export type ZendeskClient = Zendesk & {
  objects: AccountObjects;
  readSetup: () => Promise<AccountSetup>;
  readStaff: () => Promise<AccountStaff>;
};

/** Opens no connection yet; `me()` checks the login. Throws if no login is given. */
export function createZendesk(options: ZendeskOptions): ZendeskClient {
  const limits = { ...ZENDESK_LIMITS, ...options.limits };
  const warnOfIgnored = createIgnoredWarning(options.logger);
  const bucket = createAccountBucket(options.clock);
  const endpoints = createEndpoints(options.clock, options.onOutage ?? (() => undefined));
  const send = createSendOnce({
    baseUrl: options.baseUrl,
    fetch: options.fetch ?? fetch,
    timeoutMs: limits.timeoutMs,
    clock: options.clock,
    bucket,
    onCall: (call) => {
      endpoints.note(call);
      if (call.ignored.length > 0) warnOfIgnored(call);
      options.onCall?.(call);
    },
  });
  const authorization = createAuthorization(options, limits, send);
  const random = options.random ?? Math.random;
  const transport = createTransport({ send, authorization, bucket, endpoints, limits, random });
  const resources = createNodeZendeskClient(options.baseUrl, transport);
  const readList = createReadList(options.onListRead ?? (() => undefined));
  return {
    scarceMs: bucket.scarceMs,
    isEndpointDown: createIsEndpointAway(transport, endpoints),
    ...createTicketCalls(resources, transport, readList),
    ...createRuleCalls(transport),
    ...createSkipCalls(transport),
    ...createPeopleCalls(resources, transport, readList),
    ...createAgentCalls(resources, transport, readList),
    objects: createAccountObjects(transport, readList),
    readSetup: () => readAccountSetup(transport),
    readStaff: () => readAccountStaff(transport),
  };
}

/** Once per kind of call and set of names: an ignored `safe_update` would otherwise fill the log with every write. */
function createIgnoredWarning(logger: Logger): (call: ZendeskCall) => void {
  const logged = new Set<string>();
  return ({ method, route, ignored }) => {
    const what = `${method} ${route} ${ignored.join(' ')}`;
    if (logged.has(what)) return;
    logged.add(what);
    logger.warn({ method, route, ignored }, 'Zendesk ignored some of our parameters although it reported success');
  };
}

function createAuthorization(options: ZendeskOptions, limits: ZendeskLimits, send: SendOnce): Authorization {
  if (options.oauth) {
    return createOAuthAuthorization({
      ...options.oauth,
      ...(options.scope !== undefined && { scope: options.scope }),
      post: (path, body) => send('POST', path, body, null),
      clock: options.clock,
      renewBeforeMs: limits.renewBeforeMs,
    });
  }
  if (options.apiToken) return createApiTokenAuthorization(options.apiToken, options.logger);
  throw new Error('createZendesk needs an OAuth client (or, until 2027-04-30, an API token).');
}

/** The most that Zendesk gives (ListSkips). */
const PAGE = 100;

const pageShape = z.object({
  skips: z.array(z.unknown()),
  meta: z.object({ has_more: z.boolean().catch(false), after_cursor: z.string().nullish() }).nullish(),
});

/** The ticket that Zendesk puts into each skip is left out: the projection knows it. */
const skipShape = z.object({
  id: zendeskId,
  ticket_id: zendeskId,
  user_id: zendeskId,
  created_at: stamp,
  reason: textOrNone.catch(null).transform((reason) => reason ?? ''),
});

/** Reads which tickets agents skipped in guided mode, and why. */
function createSkipCalls(transport: Transport): Pick<Zendesk, 'listSkips'> {
  return {
    async listSkips(cursor) {
      const query = new URLSearchParams({ 'page[size]': String(PAGE), sort_order: 'asc' });
      if (cursor !== null) query.set('page[after]', cursor);
      const { body } = await transport('GET', `/api/v2/skips.json?${query.toString()}`);
      const { skips, meta } = readShape(pageShape, body, 'list skips');
      return {
        skips: skips.flatMap((skip) => skipShape.safeParse(skip).data ?? []),
        cursor: meta?.after_cursor ?? null,
        hasMore: meta?.has_more ?? false,
      };
    },
  };
}
