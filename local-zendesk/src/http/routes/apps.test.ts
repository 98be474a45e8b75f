import supertest from 'supertest';
import { aPackage, zipOf } from '../../apps/testing/a-package.ts';
import { until } from '../../testing/until.ts';
import { anApi, type TestApi } from '../testing/an-api.ts';

const parameters = [
  { name: 'service_url', type: 'url', required: true },
  { name: 'api_token', type: 'text', secure: true },
];
const settings = { service_url: 'https://desk.example', api_token: 's3cret' };

/** Calls outside `/api/v2` and those with files, as an admin's tools send them. */
function asTool(api: TestApi, userId = api.admin.id) {
  const [client] = api.account.oauth.clients();
  if (client === undefined) throw new Error('The test account has an OAuth client.');
  const { token } = api.account.oauth.issueToken({ client, scopes: ['read', 'write'], userId });
  const call = (method: 'get' | 'post' | 'put' | 'delete', path: string) =>
    supertest(api.app)[method](path).set('authorization', `Bearer ${token}`);
  const upload = (zip: Buffer) => call('post', '/api/v2/apps/uploads.json').attach('uploaded_data', zip, 'app.zip');
  async function jobOf(reply: supertest.Response) {
    const status = () => call('get', `/api/v2/apps/job_statuses/${reply.body.job_id}`);
    let job = await status();
    await until(async () => {
      job = await status();
      return job.body.status !== 'queued';
    });
    return job.body;
  }
  async function create(manifest = {}) {
    const { body } = await upload(zipOf(aPackage({ parameters, ...manifest })));
    return jobOf(await call('post', '/api/apps.json').send({ upload_id: body.id, name: 'Weather' }));
  }
  return { call, upload, jobOf, create };
}

describe('uploading an app', () => {
  it('accepts a valid package, and refuses an invalid one with the validator’s message', async () => {
    const { call } = asTool(anApi());
    const validate = (zip: Buffer) => call('post', '/api/v2/apps/validate').attach('file', zip, 'app.zip');
    expect((await validate(zipOf(aPackage()))).status).toBe(200);
    const wrong = await validate(
      zipOf(aPackage({ author: null, location: { support: { ticket_sidebar: 'http://a.b' } } })),
    );
    expect(wrong.status).toBe(422);
    expect(wrong.body.description).toBe(
      'Missing required field in manifest: author\n' +
        'http://a.b is either an invalid location URI, refers to a missing asset, or does not use HTTPS.',
    );
    const noZip = await validate(Buffer.from('<html>'));
    expect(noZip.body.description).toBe('The uploaded file is not a valid zip file');
  });

  it('creates the app in a job, with a number as its id, and an update keeps the id', async () => {
    const tool = asTool(anApi());
    const job = await tool.create();
    expect(job).toMatchObject({ status: 'completed', app_id: expect.any(Number) });
    const { body: uploaded } = await tool.upload(zipOf(aPackage({ parameters, version: '3.0.0' })));
    const put = await tool.call('put', `/api/v2/apps/${job.app_id}`).send({ upload_id: uploaded.id });
    expect(await tool.jobOf(put)).toMatchObject({ status: 'completed', app_id: job.app_id });
    const owned = await tool.call('get', '/api/v2/apps/owned.json');
    expect(owned.body.apps).toMatchObject([
      { id: job.app_id, name: 'Weather', version: '3.0.0', visibility: 'private' },
    ]);
  });

  it('fails the job of an invalid package with the validator’s message', async () => {
    expect(await asTool(anApi()).create({ frameworkVersion: '1.0' })).toMatchObject({
      status: 'failed',
      message: '1.0 is not a valid framework version. Available versions are: 2.0.',
      app_id: null,
    });
  });

  it('gives admins the public key, and deleting an app deletes all its installations', async () => {
    const tool = asTool(anApi());
    const { app_id } = await tool.create();
    const key = await tool.call('get', `/api/v2/apps/${app_id}/public_key.pem`);
    expect(key.text ?? String(key.body)).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    await tool.call('post', '/api/support/apps/installations.json').send({ app_id, settings });
    expect((await tool.call('delete', `/api/v2/apps/${app_id}`)).status).toBe(204);
    expect((await tool.call('get', '/api/support/apps/installations.json')).body.installations).toEqual([]);
    expect((await tool.call('get', `/api/v2/apps/${app_id}/public_key.pem`)).status).toBe(404);
  });
});

describe('installing an app', () => {
  it('accepts the id as text, fills in the settings, and never shows the secure ones', async () => {
    const tool = asTool(anApi());
    const { app_id } = await tool.create();
    const made = await tool
      .call('post', '/api/support/apps/installations.json')
      .send({ app_id: String(app_id), settings: { name: 'Weather', ...settings } });
    expect([made.status, made.body.app_id]).toEqual([200, app_id]);
    const { id } = made.body;
    const put = await tool
      .call('put', `/api/support/apps/installations/${id}.json`)
      .send({ settings: { name: 'Wind', service_url: 'https://new.example' }, enabled: false });
    expect(put.body).toMatchObject({ settings: { name: 'Wind', service_url: 'https://new.example' }, enabled: false });
    const list = await tool.call('get', '/api/support/apps/installations.json');
    expect(list.body.installations).toMatchObject([{ id, app_id, product: 'support' }]);
    expect(JSON.stringify([made.body, put.body, list.body])).not.toContain('s3cret');
    expect((await tool.call('get', `/api/chat/apps/installations/${id}.json`)).status).toBe(404);
    expect((await tool.call('delete', `/api/support/apps/installations/${id}.json`)).status).toBe(204);
    expect((await tool.call('get', `/api/v2/apps/installations/${id}.json`)).status).toBe(404);
  });

  it('refuses with 422 a missing required setting or an unknown app', async () => {
    const tool = asTool(anApi());
    const { app_id } = await tool.create();
    const install = (body: object) => tool.call('post', '/api/support/apps/installations.json').send(body);
    const missing = await install({ app_id, settings: {} });
    expect([missing.status, missing.body.details]).toEqual([
      422,
      { settings: [{ description: 'Settings: service_url is required', error: 'BlankValue' }] },
    ]);
    expect((await install({ app_id: 1, settings })).status).toBe(422);
  });

  it('is for admins only, and for known products', async () => {
    const api = anApi();
    const asAgent = asTool(api, api.agent.id);
    for (const path of ['/api/v2/apps/owned.json', '/api/support/apps/installations.json']) {
      expect((await asAgent.call('get', path)).status).toBe(403);
      expect((await supertest(api.app).get(path)).status).toBe(401);
    }
    expect((await asAgent.upload(zipOf(aPackage()))).status).toBe(403);
    expect((await asTool(api).call('get', '/api/shop/apps/installations.json')).status).toBe(404);
  });
});
