// Creates Zendesk's REST API for an account.
import { createHash, randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Request, type RequestHandler, type Response, Router } from 'express';
import { ulid } from 'ulid';
import type { Account } from '../account/account.ts';
import { type Apps, createApps } from '../apps/create-apps.ts';
import type { Deliveries } from '../webhooks/deliveries.ts';
import { createRoutes } from './all-routes.ts';
import { answerCall, isWebhookPath, replyHeaders } from './answer-call.ts';
import { grantToken } from './auth/grant-token.ts';
import type { Call, Reply, Route } from './call.ts';
import { WatchedQuery } from './ignored-keys.ts';
import { createAppJobs } from './jobs/app-jobs.ts';
import { createJobs, type JobOptions } from './jobs/jobs.ts';
import { createLimits, DEFAULT_LIMITS, type LimitNumbers } from './limits/limits.ts';
import { readUpload } from './read-upload.ts';
import { failed, invalidEndpoint } from './replies.ts';
import { productAppRoutes } from './routes/app-installations.ts';
import { createSearchIndex } from './search/search-index.ts';

/** Answers instead of the API: with a reply, or never (`hang`). Null lets the call through. */
export type Gate = (request: Request) => Reply | 'hang' | null;

export interface ZendeskApiOptions {
  account: Account;
  gate?: Gate;
  /** Shared with the agent workspace, which shows the installed apps; by default the API has its own. */
  apps?: Apps;
  /** The webhook sender's log and test delivery; without one there are none. */
  deliveries?: Deliveries;
  /** Calls per minute and so on; Zendesk's own limits by default. */
  limits?: Partial<LimitNumbers>;
  jobs?: JobOptions;
  /** How long a change stays unknown to search, in milliseconds of the account's clock; default 30 seconds. */
  searchLagMs?: number;
}

/** With an ETag, by which Express answers 304 to who has the same already. */
function sendJson(response: Response, text: string): void {
  const tag = createHash('sha1').update(text).digest('base64url');
  response.set('etag', `W/"${tag}"`).type('json').send(text);
}

function send(request: Request, response: Response, reply: Reply): void {
  const path = request.originalUrl;
  response.status(reply.status).set({ ...replyHeaders(path, reply), ...reply.headers });
  if (reply.text !== undefined) return void response.type(reply.text.type).send(reply.text.content);
  // Express would add a charset and an ETag, which webhooks lack; an ETag is for successes only.
  if (isWebhookPath(path)) response.setHeader('content-type', 'application/json');
  if (reply.body === undefined) response.end();
  else if (isWebhookPath(path)) response.end(JSON.stringify(reply.body));
  else if (reply.status < 300) sendJson(response, JSON.stringify(reply.body));
  else response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(reply.body));
}

const gateKeeper =
  (gate: Gate): RequestHandler =>
  (request, response, next) => {
    const reply = gate(request);
    if (reply === null) next();
    else if (reply !== 'hang') send(request, response, reply);
  };

/** `/tickets/1.json` and `/tickets/1` are the same, and so are two slashes and one. */
const withoutJsonEnding: RequestHandler = (request, _response, next) => {
  const [path = '', search] = request.url.split(/\?(.*)/s);
  const plain = path.replace(/\.json$/, '').replace(/\/{2,}/g, '/');
  request.url = search === undefined ? plain : `${plain}?${search}`;
  next();
};

/** The body of an upload is a file, whatever type it says it has. */
const unlessUpload =
  (parse: RequestHandler): RequestHandler =>
  (request, response, next) =>
    /^\/uploads\b/.test(request.url) ? next() : parse(request, response, next);

const onBadBody: ErrorRequestHandler = (error: { status?: number }, request, response, next) => {
  const status = error.status ?? 500;
  if (status >= 500) return next(error);
  send(
    request,
    response,
    status === 413
      ? failed(413, 'PayloadTooLarge', 'Payload too large')
      : { status: 422, body: { error: 'Unprocessable Entity', message: 'Server could not parse JSON' } },
  );
};

type Shared = Pick<Call, 'account' | 'jobs' | 'searchIndex' | 'deliveries' | 'limits' | 'apps' | 'appJobs'>;

function callOf(shared: Shared, request: Request, response: Response): Omit<Call, 'caller' | 'by'> {
  const origin = `${request.protocol}://${request.get('host') ?? 'localhost'}`;
  const [, search = ''] = request.originalUrl.split(/\?(.*)/s);
  const params = Object.entries(request.params).map(([name, value]) => [name, String(value)]);
  return {
    ...shared,
    params: Object.fromEntries(params) as Record<string, string>,
    query: new WatchedQuery(search),
    body: request.body as unknown,
    ignored: [],
    headers: {
      authorization: request.get('authorization'),
      'idempotency-key': request.get('idempotency-key'),
      'content-type': request.get('content-type'),
    },
    bytes: () => readBytes(request, response),
    upload: (field) => readUpload(request, response, field),
    path: request.originalUrl.replace(/^\/api\/v2/, ''),
    url: (path) => `${origin}/api/v2${path}`,
  };
}

/** One router per first word: Express tries patterns one after the other, and there are nearly two hundred. */
function routerOf(routes: readonly Route[], shared: Shared): Router {
  const all = Router();
  const byFirstWord = new Map<string, Router>();
  for (const route of routes) {
    const [, word = '', rest = '/'] = /^\/([^/]+)(.*)$/.exec(route.path) ?? [];
    const router = byFirstWord.get(word) ?? Router({ mergeParams: true });
    byFirstWord.set(word, router);
    router[route.method](rest || '/', async (request, response) => {
      send(request, response, await answerCall(callOf(shared, request, response), route));
    });
  }
  for (const [word, router] of byFirstWord) all.use(`/${word}`, router);
  return all;
}

/** A router with `/api/v2/*`, the `/api/<product>/apps/*` of ZCLI and `/oauth/tokens`; everything else is left to others. */
export function createZendeskApi(options: ZendeskApiOptions): Router {
  const { account, gate, deliveries = NO_DELIVERIES, searchLagMs = 30_000 } = options;
  const shared: Shared = {
    account,
    deliveries,
    jobs: createJobs(account.clock, () => ulid(account.clock.now()).toLowerCase(), options.jobs),
    apps:
      options.apps ??
      createApps({ account, clock: account.clock, url: () => `https://${account.subdomain}.zendesk.com` }),
    appJobs: createAppJobs(randomUUID),
    searchIndex: createSearchIndex(account, searchLagMs),
    limits: createLimits(account.clock, { ...DEFAULT_LIMITS, ...options.limits }),
  };
  const api = routerOf(createRoutes(), shared);
  api.use((request, response) => send(request, response, invalidEndpoint()));

  const router = Router();
  const guard = gate === undefined ? [] : [gateKeeper(gate)];
  const parse = [
    unlessUpload(express.json({ limit: '2mb', type: ['application/json', 'application/*+json'] })),
    unlessUpload(express.urlencoded({ extended: false })),
  ];
  router.post(['/oauth/tokens', '/oauth/tokens.json'], ...guard, ...parse, (request, response) =>
    send(request, response, grantToken(account, request.body as unknown)),
  );
  // Whoever has the address may read a file, as at Zendesk; the browser must not run it.
  router.get('/attachments/token/:key', (request, response) => {
    const attachment = account.uploads.byKey(request.params.key);
    if (attachment === undefined) return void response.sendStatus(404);
    response.attachment(attachment.file_name).setHeader('content-type', attachment.content_type);
    response.set({ 'x-content-type-options': 'nosniff', 'content-security-policy': 'sandbox' });
    response.end(attachment.content);
  });
  router.use('/api/v2', ...guard, withoutJsonEnding, ...parse, api);
  router.use('/api', ...guard, withoutJsonEnding, ...parse, routerOf(productAppRoutes, shared));
  router.use(onBadBody);
  return router;
}

/** For an API without a webhook sender: an empty log, and test deliveries that are not sent. */
const NO_DELIVERIES: Deliveries = {
  invocations: () => [],
  attempts: () => null,
  test: async () => ({ status_code: 0, headers: [], payload: 'Failed: no webhook sender' }),
};

/** Zendesk's limit of one attachment. */
const parse = express.raw({ type: () => true, limit: '50mb' });

/** Reads nothing until it is called. Null: more than 50 MB. @throws Error when the body ends early. */
function readBytes(request: Request, response: Response): Promise<Uint8Array | null> {
  return new Promise((resolve, reject) => {
    parse(request, response, (error?: unknown) => {
      if (error instanceof Error) {
        if ('status' in error && error.status === 413) resolve(null);
        else reject(error);
        return;
      }
      resolve(Buffer.isBuffer(request.body) ? request.body : new Uint8Array());
    });
  });
}
