// Runs a plain receiver: Express, the signature over the raw body, one row per request, then 200.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import express from 'express';
import pg from 'pg';

const { DATABASE_URL, SECRET = '' } = process.env;
const pool = new pg.Pool({ connectionString: DATABASE_URL });
const app = express();
app.disable('x-powered-by');
app.use(
  express.json({ limit: '1mb', verify: (request, _response, bytes) => Object.assign(request, { rawBody: bytes }) }),
);

app.post('/webhooks/zendesk', async (/** @type {express.Request & { rawBody?: Buffer }} */ request, response) => {
  const timestamp = request.get('x-zendesk-webhook-signature-timestamp') ?? '';
  const given = Buffer.from(request.get('x-zendesk-webhook-signature') ?? '');
  const expected = Buffer.from(
    createHmac('sha256', SECRET)
      .update(timestamp)
      .update(request.rawBody ?? '')
      .digest('base64'),
  );
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    response.status(401).json({ error: 'bad signature' });
    return;
  }
  const { id, type, subject, time } = request.body;
  await pool.query(
    `INSERT INTO inbox (batch, invocation_id, envelope_id, type, ticket_id, occurred_at, body)
     VALUES (0, $1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [request.get('x-zendesk-webhook-invocation-id'), id, type, Number(subject.split(':')[2]), time, request.body],
  );
  response.json({ status: 'accepted' });
});

const server = createServer(app).listen(0, '127.0.0.1', () =>
  process.send?.({ port: /** @type {import('node:net').AddressInfo} */ (server.address()).port }),
);
process.on('disconnect', () => process.exit(0));
