import { createServer } from 'node:http';
import request from 'supertest';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createApp } from './app.ts';
import { type Check, createHealthRouter } from './health.ts';

const CROWD = 50;

test('however many ask, the checks run once at a time and their result holds for a second', async () => {
  let now = 0;
  let [asked, runs] = [0, 0];
  let allAsked: (check: Check) => void = () => undefined;
  const first = new Promise<Check>((resolve) => {
    allAsked = resolve;
  });
  const check = async (): Promise<Check> => (++runs === 1 ? first : { ok: false, message: 'gone' });
  const router = createHealthRouter(
    { database: check },
    () => true,
    () => now,
  );
  const app = createApp({ open: [router], routes: [] }, silentLogger);
  const server = createServer((incoming, response) => {
    app(incoming, response);
    if (++asked === CROWD) allAsked({ ok: true });
  }).listen(0, '127.0.0.1');
  const ask = async () => (await request(server).get('/readyz')).body.checks.database as Check;
  try {
    const answers = await Promise.all(Array.from({ length: CROWD }, ask));
    expect(answers).toEqual(answers.map(() => ({ ok: true })));
    now = 500;
    expect(await ask()).toEqual({ ok: true });
    expect(runs).toBe(1);

    now = 5_000;
    expect(await ask()).toEqual({ ok: false, message: 'gone' });
    expect(runs).toBe(2);
  } finally {
    server.close();
  }
});
