import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createZendesk } from './create-zendesk.ts';
import { SILENT } from './testing/zendesk-fixtures.ts';
import type { Zendesk } from './zendesk.ts';

const USER = { id: 7, name: 'Lena', email: 'lena@northwind.test', role: 'agent', suspended: false, locale: 'de' };
const PEM = '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n';

/** A Zendesk with exactly these answers; values other than text are sent as JSON. */
async function withAnswers<T>(answers: Record<string, unknown>, work: (zendesk: Zendesk) => Promise<T>): Promise<T> {
  const server = createServer((request, response) => {
    const answer = answers[String(request.url).split('?')[0] ?? ''];
    if (answer === undefined || typeof answer === 'number') {
      response.writeHead(answer ?? 404, { 'content-type': 'application/json' }).end('{"error":"RecordNotFound"}');
    } else if (typeof answer === 'string') {
      response.writeHead(200, { 'content-type': 'application/x-pem-file' }).end(answer);
    } else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  try {
    return await work(
      createZendesk({
        baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        apiToken: { email: 'desk@northwind.test', token: 'token' },
        clock: Date.now,
        logger: SILENT,
        limits: { backoffMs: 1 },
      }),
    );
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

const memberships = { group_memberships: [{ group_id: 11 }, { group_id: 12 }], next_page: null };

test('an agent comes with groups and with the ticket access of the custom role', async () => {
  const answers = {
    '/api/v2/users/7.json': { user: { ...USER, active: true, organization_id: 5, custom_role_id: 9 } },
    '/api/v2/users/7/group_memberships.json': memberships,
    '/api/v2/custom_roles/9.json': {
      custom_role: { configuration: { ticket_access: 'within-groups', ticket_editing: true } },
    },
  };
  expect(await withAnswers(answers, (zendesk) => zendesk.showAgent(7))).toEqual({
    ...USER,
    active: true,
    organization_id: 5,
    ticket_restriction: null,
    custom_role_id: 9,
    ticket_access: 'within-groups',
    role_rights: { edit_tickets: true, edit_tags: false, assign_to_any_group: false },
    group_ids: [11, 12],
  });
});

test.each([403, 404, { custom_role: { configuration: { ticket_access: 'within-teams' } } }])(
  'a role that cannot be read or says what we do not know (%j) gives no access of its own',
  async (role) => {
    const answers = {
      '/api/v2/users/7.json': { user: { ...USER, custom_role_id: 9, ticket_restriction: 'groups' } },
      '/api/v2/users/7/group_memberships.json': memberships,
      '/api/v2/custom_roles/9.json': role,
    };
    expect(await withAnswers(answers, (zendesk) => zendesk.showAgent(7))).toMatchObject({
      ticket_access: null,
      ticket_restriction: 'groups',
    });
  },
);

test('an unknown restriction is read as the narrowest, not as none', async () => {
  const answers = {
    '/api/v2/users/7.json': { user: { ...USER, ticket_restriction: 'brand' } },
    '/api/v2/users/7/group_memberships.json': memberships,
  };
  expect(await withAnswers(answers, (zendesk) => zendesk.showAgent(7))).toMatchObject({
    ticket_restriction: 'requested',
  });
});

test('the key of an app comes as text; an HTML page in its place counts as no key', async () => {
  const read = (answers: Record<string, unknown>) => withAnswers(answers, (zendesk) => zendesk.readAppKey(3));
  expect(await read({ '/api/v2/apps/3/public_key.pem': PEM })).toBe(PEM);
  await expect(read({ '/api/v2/apps/3/public_key.pem': '<html>Sign in</html>' })).rejects.toMatchObject({
    kind: 'unavailable',
  });
  await expect(read({})).rejects.toMatchObject({ kind: 'not_found' });
});

const at = (day: number) => `2026-11-0${day}T10:00:00Z`;
const identity = (value: string, primary: boolean, created_at: string, updated_at = created_at) => ({
  type: 'email',
  value,
  primary,
  created_at,
  updated_at,
});

test.each([
  ['one of the beginning', [identity('kim@mail.test', true, at(1))], null],
  ['a new one in its place', [identity('kim@mail.test', true, at(3))], at(3)],
  ['one that was changed', [identity('kim@mail.test', true, at(1), at(4))], at(4)],
  [
    'another beside the first',
    [identity('old@mail.test', false, at(1)), identity('kim@mail.test', true, at(2))],
    at(2),
  ],
])('the address of a user is the primary one, with its last change: %s', async (_what, identities, changed) => {
  const answers = {
    '/api/v2/users/7.json': { user: { ...USER, created_at: at(1) } },
    '/api/v2/users/7/identities.json': { identities },
  };
  const changedAt = changed === null ? null : new Date(changed).toISOString();
  await withAnswers(answers, async (zendesk) => {
    expect(await zendesk.showAddress(7)).toEqual({ email: 'kim@mail.test', changedAt });
    expect(await zendesk.showAddress(8)).toBeNull();
  });
});
