import express from 'express';
import request from 'supertest';
import { findStaff } from '../../actions/agent-actions.ts';
import { createZendeskApi } from '../../http/create-zendesk-api.ts';
import { aNewTicket, aNorthwind } from '../../testing/a-northwind.ts';
import { aFrame, someFrames } from '../../testing/some-frames.ts';
import { pageHeaders } from '../page-headers.ts';
import { agentRouter } from './agent-router.ts';

function aWorkspace() {
  const account = aNorthwind();
  const frames = someFrames(() => [aFrame({ url: 'https://app.test/sidebar', signed: true })]);
  const app = express()
    .use('/agent', pageHeaders)
    .use(agentRouter(account, { frames }))
    .use(createZendeskApi({ account }));
  const priya = findStaff(account, 'priya@northwind.test');
  if (priya === undefined) throw new Error('no Priya');
  const cookie = `local_zendesk_agent=${priya.id}`;
  return { account, frames, app, priya, cookie };
}

const proxied = {
  url: 'https://x.test/',
  type: 'GET',
  headers: {},
  contentType: null,
  data: null,
  secure: false,
  timeoutMs: null,
  jwt: null,
};

test('an app in the bar on the left opens by its number and by its name', async () => {
  const { account, cookie } = aWorkspace();
  const frames = someFrames(() => [aFrame({ url: 'https://app.test/page', location: 'nav_bar', title: 'Deskwright' })]);
  const app = express().use(agentRouter(account, { frames }));
  const opened = (name: string) => request(app).get(`/agent/apps/${name}`).set('cookie', cookie);
  for (const name of ['770', 'deskwright']) expect((await opened(name)).text).toContain('data-installation="770"');
  expect((await opened('other')).status).toBe(404);
});

test('signs a token only for the agent of the cookie and an app visible to them', async () => {
  const { app, cookie, frames, priya } = aWorkspace();
  const frame = { installationId: 770, location: 'ticket_sidebar', context: { ticketId: 7 } };
  await request(app).post('/agent/apps/token').send(frame).expect(401);
  await request(app)
    .post('/agent/apps/token')
    .set('cookie', cookie)
    .send({ ...frame, installationId: 9 })
    .expect(404);
  await request(app)
    .post('/agent/apps/token')
    .set('cookie', cookie)
    .send({ ...frame, location: 'nav_bar' })
    .expect(404);
  await request(app)
    .post('/agent/apps/token')
    .set('cookie', cookie)
    .send({ ...frame, location: 'the moon' })
    .expect(422);
  await request(app)
    .post('/agent/apps/token')
    .set('cookie', cookie)
    .set('origin', 'https://evil.test')
    .send(frame)
    .expect(403);
  expect(frames.signed).toEqual([]);
  const answer = await request(app).post('/agent/apps/token').set('cookie', cookie).send(frame).expect(200);
  expect(answer.body).toEqual({ token: `token-of-${priya.id}` });
  expect(frames.signed).toMatchObject([{ agentId: priya.id, context: { ticketId: 7 } }]);
});

test('the proxy sends requests for apps visible to the agent, to web addresses only', async () => {
  const { app, cookie, frames } = aWorkspace();
  const post = (body: object) => request(app).post('/agent/apps/proxy').set('cookie', cookie).send(body);
  await request(app).post('/agent/apps/proxy').send({ installationId: 770, request: proxied }).expect(401);
  await post({ installationId: 1, request: proxied }).expect(404);
  await post({ installationId: 770, request: { ...proxied, url: 'file:///etc/passwd' } }).expect(422);
  expect(frames.proxied).toEqual([]);
  await post({ installationId: 770, request: proxied }).expect(200);
  const filledLater = { ...proxied, url: '{{setting.shop_url}}/orders', secure: true };
  await post({ installationId: 770, request: filledLater }).expect(200);
  expect(frames.proxied.map(({ request: { url } }) => url)).toEqual([proxied.url, filledLater.url]);
});

test('calls the REST API as the agent, and anonymously without one', async () => {
  const { account, app, cookie, priya } = aWorkspace();
  const { id } = aNewTicket(account);
  const path = `/agent/apps/rest/api/v2/tickets/${id}.json`;
  await request(app).get(path).expect(401);
  const change = { ticket: { comment: { body: 'from an app', public: false } } };
  await request(app).put(path).set('cookie', cookie).set('origin', 'https://evil.test').send(change).expect(403);
  const answer = await request(app).put(path).set('cookie', cookie).send(change).expect(200);
  expect(answer.body).toMatchObject({
    ticket: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api\/v2\/tickets\//) },
  });
  expect(account.tickets.comments(id).at(-1)).toMatchObject({ body: 'from an app', author_id: priya.id });
});

test('limits a restricted agent’s apps to what the agent may see', async () => {
  const { account, app } = aWorkspace();
  const { id } = aNewTicket(account);
  const trainee = findStaff(account, 'trainee@northwind.test');
  const cookie = `local_zendesk_agent=${trainee?.id}`;
  await request(app).get(`/agent/apps/rest/api/v2/tickets/${id}.json`).set('cookie', cookie).expect(403);
  await request(app).get(`/agent/tickets/${id}`).set('cookie', cookie).expect(404);
  await request(app)
    .post(`/agent/tickets/${id}/skip`)
    .set('cookie', cookie)
    .type('form')
    .send({ reason: 'x' })
    .expect(404);
  expect(account.skips.list()).toEqual([]);
});

test('the page’s content policy allows frames from the app’s origin only, and none without an app', async () => {
  const { account, app, cookie } = aWorkspace();
  const { id } = aNewTicket(account);
  const ticket = await request(app).get(`/agent/tickets/${id}`).set('cookie', cookie).expect(200);
  expect(ticket.headers['content-security-policy']).toContain("script-src 'self'; ");
  expect(ticket.headers['content-security-policy']).toContain(
    "frame-src 'self' https://app.test http://localhost; form-action 'self' https://app.test",
  );
  const view = await request(app).get('/agent').set('cookie', cookie).redirects(1).expect(200);
  expect(view.headers['content-security-policy']).toContain(
    "connect-src 'self'; frame-src 'self'; form-action 'self'; ",
  );
});

test('serves the SDK to pages of any origin', async () => {
  const { app } = aWorkspace();
  const { headers, text } = await request(app).get('/zendesk_app_framework_sdk/2.0/zaf_sdk.min.js').expect(200);
  expect([headers['content-type'], headers['access-control-allow-origin']]).toEqual([
    'text/javascript; charset=utf-8',
    '*',
  ]);
  expect(text).toContain('window.ZAFClient');
});

test('sends no live updates without a signed-in agent', async () => {
  const { account, app } = aWorkspace();
  const { id } = aNewTicket(account);
  expect((await request(app).get(`/agent/tickets/${id}/live`)).status).toBe(204);
});
