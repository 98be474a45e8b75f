// Tests each tool of the example policy against the local Zendesk's back office.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BACK_OFFICE_SECRET, backOfficeRouter, createBackOffice } from '@deskwright/local-zendesk';
import { loadPolicy, type Policy } from '@deskwright/shared';
import express from 'express';
import { examplePolicyText } from '../../testing/pipeline-deps.ts';
import { readTool, send } from './call-tool.ts';
import { composeRequest, type RequestContext } from './compose-request.ts';
import { toolOf } from './tool.ts';

const server = createServer(express().use(backOfficeRouter(createBackOffice(() => Date.UTC(2026, 2, 1)))));
let policy: Policy;
let base: string;
beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const loaded = loadPolicy(examplePolicyText().replaceAll('http://127.0.0.1:4601', base), 'deskwright.yaml');
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  policy = loaded.policy;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const deps = { secrets: { back_office: BACK_OFFICE_SECRET }, fetch, clock: () => Date.UTC(2026, 2, 1) };

function prepare(id: string, inputs: Record<string, string> = {}) {
  const tool = toolOf(policy, id);
  const customer = { id: 900, name: 'Robin', email: 'robin@shop.test' };
  const context: RequestContext = { ticketId: 42, customer, agent: { id: 2, email: 'lena@northwind.test' }, inputs };
  const composed = tool && composeRequest(tool, context);
  if (!tool || !composed || 'missing' in composed) throw new Error(`no request of ${id}`);
  return { tool, request: composed.request };
}
const reads = async (id: string, inputs?: Record<string, string>) => {
  const { tool, request } = prepare(id, inputs);
  return (await readTool(deps, tool, request)).answer;
};
const writes = (id: string, inputs: Record<string, string>, key: string) => {
  const { tool, request } = prepare(id, inputs);
  return send(deps, tool, request, key);
};

test.each([
  ['account', {}, 'Number', 'A-1001'],
  ['account_search', { account: 'A-1001' }, 'Address', 'robin@shop.test'],
  ['orders', {}, 'Orders', expect.stringMatching(/^NW-\d{5}$/)],
  ['order_status', { order: 'NW-12345' }, 'Parcel', 'PK12345'],
  ['track_package', { parcel: 'PK12345' }, 'Arrives', '2026-03-03'],
  ['log_files', { account: 'A-1001' }, 'Log', 'sign-in failed: wrong password'],
])('%s shows what the back office says', async (id, inputs, label, value) => {
  const answer = await reads(id, inputs);
  const fields = answer.kind === 'found' ? answer.fields : [];
  expect(fields.find((field) => field.label === label)?.values[0]).toEqual(value);
});

test('what the back office does not have is not found', async () => {
  expect(await reads('account_search', { account: 'A-9999' })).toMatchObject({ kind: 'nothing' });
});

test('a password is reset, access recovered and an account cancelled once for each key', async () => {
  await reads('account');
  expect(await writes('reset_password', {}, 'reset-1')).toMatchObject({ kind: 'accepted', json: { times: 1 } });
  expect(await writes('reset_password', {}, 'reset-1')).toMatchObject({ json: { times: 1 } });
  const recover = (key: string) => writes('recover_access', { account: 'A-1001' }, key);
  const recovered = { times: 1, sentTo: expect.stringMatching(/^phone number ending in \d\d$/) };
  for (const key of ['recover-1', 'recover-1'])
    expect(await recover(key)).toMatchObject({ kind: 'accepted', json: recovered });
  const cancel = (key: string) => writes('cancel_account', { account: 'A-1001', reason: 'moves away' }, key);
  expect(await cancel('cancel-1')).toMatchObject({ kind: 'accepted', json: { status: 'cancelled' } });
  expect(await cancel('cancel-1')).toMatchObject({ kind: 'accepted' });
  expect(await recover('recover-2')).toMatchObject({ kind: 'failed', why: 'refused', status: 409 });
  expect(await cancel('cancel-2')).toMatchObject({ kind: 'failed', why: 'refused', status: 409, isUndone: true });
});

test('a back office that is out of order is told as broken', async () => {
  const set = (fault: string) =>
    fetch(`${base}/backoffice/fault`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ fault }),
    });
  await set('error');
  expect(await reads('account')).toMatchObject({ kind: 'failed', why: 'broken', status: 503 });
  await set('none');
  expect(await reads('account')).toMatchObject({ kind: 'found' });
});
