import { createServer } from 'node:http';
import express from 'express';
import request from 'supertest';
import { webhooksFirst } from './webhooks-first.ts';

test('only a POST to the address of webhooks goes past the application', async () => {
  const app = express().use((_request, response) => void response.send('application'));
  const server = createServer(webhooksFirst((_request, response) => response.end('webhook'), app));
  const ask = async (method: 'get' | 'post', path: string) => (await request(server)[method](path)).text;

  expect([
    await ask('post', '/webhooks/zendesk'),
    await ask('get', '/webhooks/zendesk'),
    await ask('post', '/webhooks/zendesk/more'),
    await ask('post', '/'),
  ]).toEqual(['webhook', 'application', 'application', 'application']);
});
