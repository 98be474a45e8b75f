import { createServer } from 'node:http';
import express from 'express';
import request from 'supertest';
import { silentLogger } from '../../../testing/pipeline-deps.ts';
import { createApp } from './app.ts';

test('only a POST to exactly its path bypasses Express', async () => {
  const router = express.Router().use((_request, response) => void response.send('express'));
  const app = createApp(
    {
      open: [],
      routes: [
        { path: '/', router },
        { path: '/webhooks/zendesk', post: (_request, response) => response.end('webhook') },
      ],
    },
    silentLogger,
  );
  const server = createServer(app);
  const ask = async (method: 'get' | 'post', path: string) => (await request(server)[method](path)).text;

  expect([
    await ask('post', '/webhooks/zendesk'),
    await ask('post', '/webhooks/zendesk?attempt=2'),
    await ask('get', '/webhooks/zendesk'),
    await ask('post', '/webhooks/zendesk/more'),
    await ask('post', '/'),
  ]).toEqual(['webhook', 'webhook', 'express', 'express', 'express']);
});
