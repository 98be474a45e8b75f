import express from 'express';
import request from 'supertest';
import { expectOk } from '../../account/result.ts';
import { findStaff } from '../../actions/agent-actions.ts';
import { aNewTicket, aNorthwind } from '../../testing/a-northwind.ts';
import { agentRouter } from './agent-router.ts';

function aWorkspace(as = 'priya@northwind.test') {
  const account = aNorthwind();
  const agent = findStaff(account, as);
  if (agent === undefined) throw new Error(`no ${as}`);
  const app = express().use(agentRouter(account));
  const cookie = `local_zendesk_agent=${agent.id}`;
  return {
    account,
    agent,
    app,
    get: (path: string) => request(app).get(path).set('cookie', cookie),
    post: (path: string, form: Record<string, string>) =>
      request(app).post(path).set('cookie', cookie).type('form').send(form),
  };
}

const form = (given: Record<string, string> = {}) => ({
  seen: JSON.stringify({ status: 'new', priority: null, group_id: null, assignee_id: null, tags: [] }),
  do: 'save',
  comment: '',
  public: 'yes',
  status: 'new',
  priority: '',
  group_id: '',
  assignee_id: '',
  tags: '',
  ...given,
});

test('asks a new visitor to choose an agent, and remembers the choice', async () => {
  const { app, agent } = aWorkspace();
  await request(app).get('/agent').expect(303).expect('location', '/agent/who');
  const page = await request(app).get('/agent/who').expect(200);
  expect(page.text).toContain('Priya Nair');
  const chosen = await request(app)
    .post('/agent/who')
    .type('form')
    .send({ id: String(agent.id) })
    .expect(303);
  expect(chosen.headers['set-cookie']?.[0]).toMatch(/HttpOnly; SameSite=Lax/i);
});

test('customers cannot sign in', async () => {
  const { app, account } = aWorkspace();
  const { requester_id } = aNewTicket(account);
  const answer = await request(app).get('/agent').set('cookie', `local_zendesk_agent=${requester_id}`);
  expect(answer.headers['location']).toBe('/agent/who');
});

test('a view shows its tickets in its stored order', async () => {
  const { account, get } = aWorkspace();
  const base = Date.now();
  aNewTicket(account, { subject: 'the older one', at: base - 100_000 });
  aNewTicket(account, { subject: 'the newer one', at: base - 50_000 });
  const view = account.views.list()[0];
  if (view === undefined) throw new Error('no view');
  const orderOf = async () => {
    const { text } = await get(`/agent/views/${view.id}`).expect(200);
    return text.indexOf('the older one') < text.indexOf('the newer one') ? 'oldest first' : 'newest first';
  };
  expect(await orderOf()).toBe('newest first');
  const output = { ...view.output, sort_by: 'created', sort_order: 'asc' as const };
  expectOk(account.views.update(view.id, { output }, { id: account.ownerId }));
  expect(await orderOf()).toBe('oldest first');
});

test('a list reloads by itself unless paused; a ticket never does', async () => {
  const { account, get } = aWorkspace();
  const { id } = aNewTicket(account);
  const view = account.views.list()[0]?.id ?? 0;
  expect((await get(`/agent/views/${view}`)).text).toContain('http-equiv="refresh"');
  expect((await get(`/agent/views/${view}?still=1`)).text).not.toContain('http-equiv="refresh"');
  expect((await get(`/agent/tickets/${id}`)).text).not.toContain('http-equiv="refresh"');
});

test('shows the conversation of a ticket, with notes set apart, and escapes typed markup', async () => {
  const { account, agent, get } = aWorkspace();
  const { id } = aNewTicket(account, { subject: '<b>bold</b>', message: '<img src=x onerror=alert(1)>' });
  expectOk(account.tickets.update(id, { comment: { body: 'between us', public: false } }, { id: agent.id }));
  const { text } = await get(`/agent/tickets/${id}`).expect(200);
  expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(text).not.toMatch(/<img|<b>/);
  expect(text).toMatch(/Internal note[\s\S]*between us/);
});

test('an agent replies, tags, sets group and status in one submit', async () => {
  const { account, agent, post } = aWorkspace();
  const { id } = aNewTicket(account);
  const group = account.groups.list().find(({ name }) => name === 'Support Tier 2')?.id;
  const changes = form({
    comment: 'On it!',
    status: 'open',
    group_id: String(group),
    tags: 'tent, leak',
    priority: 'high',
  });
  await post(`/agent/tickets/${id}`, changes).expect(303).expect('location', `/agent/tickets/${id}?saved=1`);
  expect(account.tickets.find(id)).toMatchObject({
    status: 'open',
    group_id: group,
    tags: ['leak', 'tent'],
    priority: 'high',
  });
  expect(account.tickets.comments(id).at(-1)).toMatchObject({ body: 'On it!', public: true, author_id: agent.id });
});

test('solving assigns the ticket, and takes an internal note along', async () => {
  const { account, agent, post } = aWorkspace();
  const { id } = aNewTicket(account);
  await post(`/agent/tickets/${id}`, form({ do: 'solve', comment: 'was easy', public: 'no' })).expect(303);
  expect(account.tickets.find(id)).toMatchObject({ status: 'solved', assignee_id: agent.id });
  expect(account.tickets.comments(id).at(-1)?.public).toBe(false);
});

test('an untouched field does not undo a change by someone else', async () => {
  const { account, post } = aWorkspace();
  const { id } = aNewTicket(account);
  const shown = form({ comment: 'hi', tags: 'mine' });
  expectOk(account.tickets.update(id, { priority: 'urgent', tags: ['theirs'] }, { id: account.ownerId }));
  await post(`/agent/tickets/${id}`, shown).expect(303);
  expect(account.tickets.find(id)).toMatchObject({ priority: 'urgent', tags: ['mine', 'theirs'] });
});

test('refuses a form without a valid token', async () => {
  const { account, post } = aWorkspace();
  const { id } = aNewTicket(account);
  const answer = await post(`/agent/tickets/${id}`, form({ seen: 'nonsense' }));
  expect([answer.status, answer.text]).toEqual([422, expect.stringContaining('seen')]);
});

test('keeps the typed text after an error', async () => {
  const { account, post } = aWorkspace();
  const { id } = aNewTicket(account);
  const stranger = account.users.findByEmail('ruth@northwind.test')?.id;
  const group = account.groups.list().find(({ name }) => name === 'Support Tier 1')?.id;
  const wrong = form({ comment: 'my long text', group_id: String(group), assignee_id: String(stranger) });
  const { text } = await post(`/agent/tickets/${id}`, wrong).expect(422);
  expect(text).toContain('my long text');
  expect(text).toContain('role="alert"');
  expect(account.tickets.comments(id)).toHaveLength(1);
});

test('refuses writes from another site', async () => {
  const { account, post } = aWorkspace();
  const { id } = aNewTicket(account);
  await post(`/agent/tickets/${id}`, form({ comment: 'spam' }))
    .set('origin', 'https://evil.test')
    .expect(403);
  expect(account.tickets.comments(id)).toHaveLength(1);
});

test('shows a clear page for a deleted ticket', async () => {
  const answer = await aWorkspace().get('/agent/tickets/999');
  expect([answer.status, answer.text]).toEqual([404, expect.stringContaining('no such ticket')]);
});

test('writes a custom field only when the agent changed it, and refuses an invalid value', async () => {
  const { account, post } = aWorkspace();
  const by = { id: account.ownerId };
  const order = expectOk(account.ticketFields.create({ type: 'integer', title: 'Order' }, by)).id;
  const gift = expectOk(account.ticketFields.create({ type: 'checkbox', title: 'Gift' }, by)).id;
  const { id } = aNewTicket(account);
  const values = () => account.tickets.find(id)?.custom_fields.filter((field) => [order, gift].includes(field.id));
  await post(`/agent/tickets/${id}`, form({ [`cf_${order}`]: '4711', [`cf_${gift}`]: 'true' })).expect(303);
  expect(values()).toEqual([
    { id: order, value: 4711 },
    { id: gift, value: true },
  ]);
  const { text } = await post(`/agent/tickets/${id}`, form({ [`cf_${order}`]: 'many', comment: 'kept' })).expect(422);
  expect(text).toContain('Order: is invalid');
  expect(text).toContain('value="many"');
});

test('an agent creates a ticket for a customer', async () => {
  const { account, agent, post } = aWorkspace();
  const fields = {
    ...form({ comment: 'She called.', tags: 'phone' }),
    subject: 'Tent',
    requester_email: 'new@mail.test',
  };
  const { headers } = await post('/agent/tickets/new', fields).expect(303);
  const ticket = account.tickets.list().at(-1);
  expect(headers['location']).toBe(`/agent/tickets/${ticket?.id}?saved=1`);
  expect(ticket).toMatchObject({
    subject: 'Tent',
    tags: ['phone'],
    requester_id: account.users.findByEmail('new@mail.test')?.id,
  });
  expect(account.tickets.comments(ticket?.id ?? 0)).toMatchObject([{ body: 'She called.', author_id: agent.id }]);
});

test.each([
  ['no requester', { requester_email: '' }],
  ['no text', { comment: ' ' }],
])('refuses a new ticket with %s, and creates nothing', async (_what, wrong) => {
  const { account, post } = aWorkspace();
  const fields = { ...form({ comment: 'She called.' }), requester_email: 'new@mail.test', ...wrong };
  const { text } = await post('/agent/tickets/new', fields).expect(422);
  expect(text).toContain('role="alert"');
  expect(account.tickets.list()).toEqual([]);
});

test('returns JSON to the page’s script: the next address, or an error', async () => {
  const { account, post } = aWorkspace();
  const { id } = aNewTicket(account);
  const json = (path: string, given: Record<string, string>) =>
    post(path, form(given)).set('accept', 'application/json');
  const saved = await json(`/agent/tickets/${id}?view=7&play=1`, { comment: 'hi' }).expect(200);
  expect(saved.body).toEqual({ ticketId: id, next: '/agent/play?view=7', stays: false });
  const stays = await json(`/agent/tickets/${id}?zcli_apps=true`, { comment: 'hi' }).expect(200);
  expect(stays.body).toEqual({ ticketId: id, next: `/agent/tickets/${id}?saved=1&zcli_apps=true`, stays: true });
  const refused = await json(`/agent/tickets/${id}`, { seen: 'x' }).expect(422);
  expect(refused.body).toEqual({ problem: expect.stringContaining('seen') });
});

test('asks for a reason when a ticket is skipped without one', async () => {
  const { account, get, post } = aWorkspace();
  const { id } = aNewTicket(account);
  const view = account.views.list()[0]?.id;
  const back = await post(`/agent/tickets/${id}/skip?view=${view}`, { reason: ' ' }).expect(303);
  const { text } = await get(String(back.headers['location'])).expect(200);
  expect(text).toContain('Say why you skip the ticket.');
  expect(account.skips.list()).toEqual([]);
});

test('plays a skipped ticket again after it changes', async () => {
  const { account, get, post } = aWorkspace();
  const { id } = aNewTicket(account, { at: Date.now() - 100_000 });
  const view = account.views.list()[0]?.id;
  const play = async () => (await get(`/agent/play?view=${view}&start=1`).expect(303)).headers['location'];
  expect(await play()).toContain(`/agent/tickets/${id}?`);
  await post(`/agent/tickets/${id}/skip?view=${view}`, { reason: 'lunch' }).expect(303);
  expect(await play()).toBe(`/agent/views/${view}?played=1`);
  const later = { id: account.ownerId, at: Date.now() + 5_000 };
  expectOk(account.tickets.update(id, { comment: { body: 'Hello?? Anybody there' } }, later));
  expect(await play()).toContain(`/agent/tickets/${id}?`);
});

test('keeps a known language and color scheme, and redirects only within the workspace', async () => {
  const { account, agent, post } = aWorkspace();
  const back = await post('/agent/language', { locale: 'fr', back: '/agent/tickets/7' }).expect(303);
  expect(back.headers['location']).toBe('/agent/tickets/7');
  expect(account.users.find(agent.id)?.locale).toBe('fr');
  await post('/agent/language', { locale: 'tlh' }).expect(303);
  expect(account.users.find(agent.id)?.locale).toBe('fr');
  const dark = await post('/agent/scheme', { scheme: 'dark', back: '//evil.test' }).expect(303);
  expect([dark.headers['location'], dark.headers['set-cookie']?.[0]]).toEqual([
    '/agent',
    expect.stringContaining('local_zendesk_scheme=dark'),
  ]);
});

test('shows the chosen color scheme, with or without JavaScript', async () => {
  const { app, agent, account } = aWorkspace();
  const { id } = aNewTicket(account);
  const cookie = `local_zendesk_agent=${agent.id}; local_zendesk_scheme=dark`;
  const { text } = await request(app).get(`/agent/tickets/${id}`).set('cookie', cookie).expect(200);
  expect(text).toContain('<option value="dark" selected>Dark</option>');
  expect(text).toContain('<option value="">As the system</option>');
});
