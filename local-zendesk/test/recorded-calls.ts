// Lists the calls whose answers were recorded, by operation.
import { until } from '../src/testing/until.ts';
import type { RecordedAccount } from './recorded-account.ts';
import type { RecordedClient } from './recorded-client.ts';
import { ruleCalls } from './recorded-rule-calls.ts';
import type { Answer, RecordedCalls } from './recorded-shapes.ts';

const UNKNOWN = 999_999_999;

/** A hundred and one things, one more than a bulk call takes. */
const tooMany = (fields: object): readonly object[] => Array.from({ length: 101 }, () => fields);

type JobBody = { job_status: { id: string; status: string } };

/** A job's answers on the way and at its end. */
async function followJob({ call }: RecordedClient, started: Answer): Promise<readonly Answer[]> {
  const path = `/job_statuses/${(started.body as JobBody).job_status.id}`;
  const seen = [await call('GET', path)];
  await until(async () => {
    const answer = await call('GET', path);
    seen.push(answer);
    return (answer.body as JobBody).job_status.status === 'completed';
  });
  return seen;
}

const newValue = (name: string, made: number, key: string): string =>
  name === 'email' ? `new${made}@northwind.test` : `new ${made} ${key}`;

/** Things with a list, a form of their own and the usual five calls; `PUT` and `DELETE` also against what is not there. */
function crudCalls(client: RecordedClient, path: string, key: string, fields: object): RecordedCalls {
  const { call, make } = client;
  const changed = { [key]: fields };
  let made = 0;
  // Names must be unique where they name something: the number keeps them apart.
  const next = () => {
    made += 1;
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, value === '<new>' ? newValue(name, made, key) : value]),
    );
  };
  const another = () => make(path, key, next());
  return {
    [`POST /api/v2${path} 201`]: async () => [await call('POST', path, { [key]: next() })],
    [`PUT /api/v2${path}/:id 200`]: async () => [
      await call('PUT', `${path}/${(await another()).id}`, { [key]: next() }),
    ],
    [`PUT /api/v2${path}/:id 404`]: async () => [await call('PUT', `${path}/${UNKNOWN}`, changed)],
    [`DELETE /api/v2${path}/:id 204`]: async () => [await call('DELETE', `${path}/${(await another()).id}`)],
    [`DELETE /api/v2${path}/:id 404`]: async () => [await call('DELETE', `${path}/${UNKNOWN}`)],
    [`DELETE /api/v2${path}/destroy_many 204`]: async () => [
      await call('DELETE', `${path}/destroy_many?ids=${(await another()).id}`),
    ],
  };
}

function ticketCalls(client: RecordedClient, { ticket, withFile }: RecordedAccount): RecordedCalls {
  const { call, make, upload } = client;
  const fields = { subject: 'New', comment: { body: 'Text' } };
  const another = async () => (await make('/tickets', 'ticket', fields)).id;
  const get = (path: string) => call('GET', path);
  const deleted = async () => {
    const id = await another();
    await call('DELETE', `/tickets/${id}`);
    return id;
  };
  const attachmentOf = async (id: number) => {
    const { comments } = (await get(`/tickets/${id}/comments`)).body as {
      comments: { id: number; attachments: { id: number }[] }[];
    };
    return `/tickets/${id}/comments/${comments[0]?.id}/attachments/${comments[0]?.attachments[0]?.id}/redact`;
  };
  const uploaded = async () => {
    const answer = await upload('/uploads?filename=b.txt', 'hello');
    return { answer, token: (answer.body as { upload?: { token: string } }).upload?.token };
  };
  return {
    'GET /api/v2/tickets 200': async () => [await get('/tickets?per_page=1'), await get('/tickets?page[size]=1')],
    'GET /api/v2/tickets/:id 200': async () => [await get(`/tickets/${ticket.id}`)],
    'GET /api/v2/tickets/:id/comments 200': async () => [await get(`/tickets/${withFile.id}/comments?page[size]=100`)],
    'GET /api/v2/tickets/show_many 200': async () => [await get(`/tickets/show_many?ids=${ticket.id}`)],
    'GET /api/v2/ticket_audits 200': async () => [await get('/ticket_audits')],
    'GET /api/v2/tags 200': async () => [await get('/tags?page[size]=1'), await get('/tags')],
    'POST /api/v2/tickets 201': async () => {
      const { token } = await uploaded();
      return [await call('POST', '/tickets', { ticket: { ...fields, comment: { body: 'Text', uploads: [token] } } })];
    },
    'PUT /api/v2/tickets/:id 200': async () => [
      await call('PUT', `/tickets/${await another()}`, { ticket: { subject: 'Renamed' } }),
    ],
    'PUT /api/v2/tickets/:id 404': async () => [await call('PUT', `/tickets/${UNKNOWN}`, { ticket: fields })],
    'DELETE /api/v2/tickets/:id 204': async () => [await call('DELETE', `/tickets/${await another()}`)],
    'DELETE /api/v2/tickets/:id 404': async () => [await call('DELETE', `/tickets/${UNKNOWN}`)],
    'DELETE /api/v2/tickets/destroy_many 200': async () => [
      await call('DELETE', `/tickets/destroy_many?ids=${await another()}`),
    ],
    'POST /api/v2/tickets/create_many 200': async () => [
      await call('POST', '/tickets/create_many', { tickets: [fields] }),
    ],
    'POST /api/v2/tickets/create_many 400': async () => [
      await call('POST', '/tickets/create_many', { tickets: tooMany(fields) }),
    ],
    'PUT /api/v2/tickets/update_many 200': async () => [
      await call('PUT', `/tickets/update_many?ids=${ticket.id}`, { ticket: { subject: 'Many' } }),
    ],
    'PUT /api/v2/deleted_tickets/:id/restore 200': async () => [
      await call('PUT', `/deleted_tickets/${await deleted()}/restore`),
    ],
    'PUT /api/v2/deleted_tickets/:id/restore 404': async () => [
      await call('PUT', `/deleted_tickets/${UNKNOWN}/restore`),
    ],
    'DELETE /api/v2/deleted_tickets/:id 200': async () => [await call('DELETE', `/deleted_tickets/${await deleted()}`)],
    'POST /api/v2/uploads 201': async () => [(await uploaded()).answer],
    'DELETE /api/v2/uploads/:token 204': async () => [await call('DELETE', `/uploads/${(await uploaded()).token}`)],
    'PUT /api/v2/tickets/:id/comments/:id/attachments/:id/redact 200': async () => [
      await call('PUT', await attachmentOf(withFile.id)),
    ],
    'GET /api/v2/incremental/tickets 200': async () => [await get('/incremental/tickets?start_time=1')],
    'GET /api/v2/incremental/tickets/cursor 200': async () => [await get('/incremental/tickets/cursor?start_time=1')],
    'GET /api/v2/job_statuses/:hash 200': async () => [
      ...(await followJob(
        client,
        await call('POST', '/users/create_many', { users: [{ name: 'Job' }, { name: '' }] }),
      )),
      ...(await followJob(client, await call('PUT', `/users/update_many?ids=${UNKNOWN}`, { user: { notes: 'x' } }))),
      ...(await followJob(client, await call('DELETE', `/deleted_tickets/${await deleted()}`))),
    ],
  };
}

function peopleCalls(client: RecordedClient, account: RecordedAccount): RecordedCalls {
  const { call, make } = client;
  const { organization, customer, adminId, role, since } = account;
  const get = (path: string) => call('GET', path);
  const pages = async (path: string) => [await get(`${path}?per_page=1`), await get(`${path}?page[size]=100`)];
  const another = async () => (await make('/users', 'user', { name: 'Another' })).id;
  const company = async () => (await make('/organizations', 'organization', { name: `Company ${Math.random()}` })).id;
  return {
    ...crudCalls(client, '/users', 'user', { name: 'Zoe' }),
    ...crudCalls(client, '/groups', 'group', { name: 'Second' }),
    ...crudCalls(client, '/organizations', 'organization', { name: '<new>' }),
    'DELETE /api/v2/users/:id 200': async () => [await call('DELETE', `/users/${await another()}`)],
    'DELETE /api/v2/users/destroy_many 200': async () => [
      await call('DELETE', `/users/destroy_many?ids=${await another()}`),
    ],
    'DELETE /api/v2/organizations/destroy_many 200': async () => [
      await call('DELETE', `/organizations/destroy_many?ids=${await company()}`),
    ],
    'GET /api/v2/users 200': () => pages('/users'),
    'GET /api/v2/users/:id 200': async () => [await get(`/users/${adminId}`)],
    'GET /api/v2/users/me 200': async () => [await get('/users/me')],
    'GET /api/v2/users/show_many 200': async () => [await get(`/users/show_many?ids=${await another()}`)],
    'POST /api/v2/users/create_many 200': async () => [
      await call('POST', '/users/create_many', { users: [{ name: 'A' }] }),
    ],
    'POST /api/v2/users/create_many 400': async () => [
      await call('POST', '/users/create_many', { users: tooMany({ name: 'A' }) }),
    ],
    'PUT /api/v2/users/update_many 200': async () => [
      await call('PUT', `/users/update_many?ids=${customer.id}`, { user: { notes: 'x' } }),
    ],
    'GET /api/v2/incremental/users 200': async () => [await get(`/incremental/users?start_time=${since}`)],
    'GET /api/v2/incremental/users/cursor 200': async () => [
      await get(`/incremental/users/cursor?start_time=${since}`),
    ],
    'GET /api/v2/group_memberships 200': () => pages('/group_memberships'),
    'GET /api/v2/groups 200': () => pages('/groups'),
    'GET /api/v2/organizations 200': () => pages('/organizations'),
    'GET /api/v2/organizations/:id 200': async () => [await get(`/organizations/${organization.id}`)],
    'GET /api/v2/organizations/show_many 200': async () => [
      await get(`/organizations/show_many?ids=${organization.id}`),
    ],
    'POST /api/v2/organizations/create_many 200': async () => [
      await call('POST', '/organizations/create_many', { organizations: [{ name: 'Gamma' }] }),
    ],
    'POST /api/v2/organizations/create_many 400': async () => [
      await call('POST', '/organizations/create_many', { organizations: tooMany({ name: 'Gamma' }) }),
    ],
    'PUT /api/v2/organizations/update_many 200': async () => [
      await call('PUT', `/organizations/update_many?ids=${organization.id}`, { organization: { notes: 'x' } }),
    ],
    'GET /api/v2/custom_roles/:id 200': async () => [await get(`/custom_roles/${role}`)],
    'GET /api/v2/search/export 200': async () => [await get('/search/export?query=*&filter[type]=user&page[size]=100')],
  };
}

/** In an order in which each finds what it needs. */
export const recordedCalls = (client: RecordedClient, account: RecordedAccount): RecordedCalls => ({
  ...peopleCalls(client, account),
  ...ticketCalls(client, account),
  ...ruleCalls(client, account, crudCalls),
});
