import request from 'supertest';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { createApp } from '../../platform/http/app.ts';
import { type Database, openDatabase } from '../../platform/storage/database.ts';
import { createTcpProxy } from '../../platform/testing/tcp-proxy.ts';
import { createInbox } from './inbox.ts';
import { signedHeaders } from './testing/an-envelope.ts';
import { createWebhookHandler } from './webhook-handler.ts';

let database: TestDatabase;
let throughProxy: Database;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await throughProxy.$client.end();
  await database.drop();
});

const quiet = () => undefined;
const logger = { debug: quiet, info: quiet, warn: quiet, error: quiet, child: () => logger };

test('while the database is unavailable senders are asked to retry, and are served when it is back', async () => {
  const gate = await createTcpProxy(database.url);
  throughProxy = openDatabase(gate.url);
  const inbox = createInbox({
    pool: throughProxy.$client,
    announce: async () => undefined,
    stopwatch: () => performance.now(),
    logger,
  });
  const post = createWebhookHandler({ inbox, secrets: ['s'], logger, clock: Date.now });
  const app = createApp({ open: [], routes: [{ path: '/webhooks/zendesk', post }] }, logger);
  const send = (n: number) => {
    const body = JSON.stringify({ ticket_id: n });
    return request(app)
      .post('/webhooks/zendesk')
      .set(signedHeaders('s', body, { invocation: `i-${n}` }))
      .send(body);
  };

  await send(1).expect(200);
  await gate.shut();
  const refused = await send(2).expect(503).expect('retry-after', '30');
  expect(refused.body).toMatchObject({ error: 'database_away' });

  await gate.open();
  await send(2).expect(200);
  const { rows } = await database.db.$client.query('SELECT invocation_id FROM inbox ORDER BY id');
  expect(rows).toEqual([{ invocation_id: 'i-1' }, { invocation_id: 'i-2' }]);
  await gate.shut();
});
