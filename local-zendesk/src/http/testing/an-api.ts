// Starts the API of an account for tests.
import express from 'express';
import supertest from 'supertest';
import { expectOk } from '../../account/result.ts';
import { anAccount, type TestAccount } from '../../account/testing/an-account.ts';
import { createZendeskApi, type ZendeskApiOptions } from '../create-zendesk-api.ts';

export interface TestApi extends TestAccount {
  app: express.Express;
  /** Calls as the admin, with global scopes. */
  as: Caller;
  /** Calls with a token of these scopes, for the admin or somebody else. */
  withScopes: (scopes: readonly string[], userId?: number) => Caller;
  anonymous: Caller;
  /** `POST /oauth/tokens` with a JSON body. */
  grant: (body: object) => supertest.Test;
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

interface Caller {
  (method: Method, path: string, body?: object): supertest.Test;
}

/** Limits are wide unless given, so that only tests about limits meet them. */
export function anApi(options: Partial<ZendeskApiOptions> = {}): TestApi {
  const test = anAccount();
  const { account } = test;
  const limits = { account: 100_000, ticketUpdates: 100_000, incremental: 1_000, ...options.limits };
  const router = createZendeskApi({ account, searchLagMs: 0, jobs: { stepMs: 5 }, ...options, limits });
  const app = express().use(router);
  const client = expectOk(
    account.oauth.createClient(
      { identifier: 'deskwright', secret: 'secret', user_id: test.admin.id },
      { id: test.admin.id },
    ),
  );
  const callWith =
    (authorization: string | null): Caller =>
    (method, path, body) => {
      const request = supertest(app)[method](`/api/v2${path}`);
      if (authorization !== null) request.set('authorization', authorization);
      return body === undefined ? request : request.send(body);
    };
  const withScopes = (scopes: readonly string[], userId = test.admin.id): Caller =>
    callWith(`Bearer ${account.oauth.issueToken({ client, scopes, userId, lifeMs: 365 * 86_400_000 }).token}`);
  const grant = (body: object): supertest.Test => supertest(app).post('/oauth/tokens').send(body);
  return { ...test, app, as: withScopes(['read', 'write']), withScopes, anonymous: callWith(null), grant };
}
