import express from 'express';
import request from 'supertest';
import { expectOk } from '../../account/result.ts';
import { findStaff } from '../../actions/agent-actions.ts';
import { aNewTicket, aNorthwind } from '../../testing/a-northwind.ts';
import { agentRouter } from './agent-router.ts';

function aWorkspace() {
  const account = aNorthwind();
  const by = { id: account.ownerId };
  const organization = account.organizations.list()[0]!;
  const first = aNewTicket(account, { subject: 'first of hers', at: Date.now() - 100_000 });
  expectOk(account.users.update(first.requester_id, { organization_id: organization.id, tags: ['vip'] }, by));
  const second = aNewTicket(account, { subject: 'second of hers' });
  aNewTicket(account, { email: 'nils@mail.test', name: 'Nils', subject: 'of somebody else' });
  const app = express().use(agentRouter(account));
  return {
    account,
    organization,
    first,
    second,
    get: (path: string, as = 'priya@northwind.test') =>
      request(app)
        .get(path)
        .set('cookie', `local_zendesk_agent=${findStaff(account, as)?.id}`),
  };
}

test('a customer’s page shows who they are and lists their tickets, newest first', async () => {
  const { first, second, organization, get } = aWorkspace();
  const { text } = await get(`/agent/users/${first.requester_id}`).expect(200);
  for (const part of ['<h1 id="title">Rosa Lindqvist</h1>', 'rosa@mail.test', organization.name, 'vip']) {
    expect(text).toContain(part);
  }
  expect(text).not.toContain('of somebody else');
  const at = (id: number) => text.indexOf(`href="/agent/tickets/${id}"`);
  expect(at(second.id)).toBeGreaterThan(0);
  expect(at(first.id)).toBeGreaterThan(at(second.id));
});

test('an organization’s page lists the tickets of its people', async () => {
  const { second, organization, get } = aWorkspace();
  const { text } = await get(`/agent/organizations/${organization.id}`).expect(200);
  expect(text).toContain(`<h1 id="title">${organization.name}</h1>`);
  expect(text).toContain(`href="/agent/tickets/${second.id}"`);
  expect(text).not.toContain('of somebody else');
});

test('hides tickets from agents who may not see them, and answers 404 for unknown people', async () => {
  const { account, first, get } = aWorkspace();
  const priya = findStaff(account, 'priya@northwind.test')!;
  expectOk(account.users.update(priya.id, { ticket_restriction: 'assigned' }, { id: account.ownerId }));
  const { text } = await get(`/agent/users/${first.requester_id}`).expect(200);
  expect(text).not.toContain('of hers');
  await get('/agent/users/7').expect(404);
  await get('/agent/organizations/7').expect(404);
});

test('a ticket links to its requester and their organization', async () => {
  const { second, organization, get } = aWorkspace();
  const { text } = await get(`/agent/tickets/${second.id}`).expect(200);
  expect(text).toContain(`<a href="/agent/users/${second.requester_id}">Rosa Lindqvist</a>`);
  expect(text).toContain(`<a href="/agent/organizations/${organization.id}">${organization.name}</a>`);
});
