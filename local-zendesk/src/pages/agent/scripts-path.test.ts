import express from 'express';
import request from 'supertest';
import { html } from '../html.ts';
import { layout } from '../layout.ts';
import { browserAssets } from './browser-assets.ts';

test('names scripts by a hash of their content, so that browsers can cache them', async () => {
  const page = layout({ title: 'x', section: 'agent', refreshS: 30, body: html`x` });
  const [, path = ''] = /src="(\/assets\/agent\/[0-9a-f]{16}\/keep-fresh\.js)"/.exec(page) ?? [];
  const app = express().use(browserAssets());
  const { headers } = await request(app).get(path).expect(200);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  await request(app).get('/assets/agent/0123456789abcdef/keep-fresh.js').expect(404);
  await request(app).get(path.replace('keep-fresh.js', '..%2f..%2fpackage.json')).expect(404);
});
