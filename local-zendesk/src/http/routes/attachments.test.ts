// Tests uploading files, attaching them to comments and removing them.
import supertest from 'supertest';
import { anApi } from '../testing/an-api.ts';

interface Attachment {
  id: number;
  file_name: string;
  content_url: string;
  size: number;
  content_type: string;
}

function withFiles() {
  const api = anApi();
  api.aTicket();
  const send = async (query: string, content: string, type = 'text/plain') => {
    const token = api.account.oauth.issueToken({
      client: api.account.oauth.findClient('deskwright') ?? fail(),
      scopes: ['write'],
    }).token;
    const request = supertest(api.app).post(`/api/v2/uploads?${query}`).set('authorization', `Bearer ${token}`);
    return request.set('content-type', type).send(content);
  };
  const attachments = async (): Promise<Attachment[]> =>
    (await api.as('get', '/tickets/1/comments')).body.comments.at(-1).attachments;
  return { ...api, send, attachments };
}

const fail = (): never => {
  throw new Error('The test account has an OAuth client.');
};

it('adds two files under one token to a comment, once', async () => {
  const { as, send, attachments } = withFiles();
  const first = await send('filename=a.txt', 'hello');
  expect([first.status, first.headers['location']]).toEqual([201, first.body.upload.attachment.url]);
  const { token } = first.body.upload;
  const second = await send(`filename=b.json&token=${token}`, '{ "b": 1 }', 'application/json');
  expect(second.body.upload.attachments).toHaveLength(2);
  await as('put', '/tickets/1', { ticket: { comment: { body: 'See', uploads: [token] } } });
  expect(await attachments()).toMatchObject([
    { file_name: 'a.txt', size: 5, content_type: 'text/plain' },
    // As it was sent, blanks included.
    { file_name: 'b.json', size: 10, content_type: 'application/json' },
  ]);
  await as('put', '/tickets/1', { ticket: { comment: { body: 'Again', uploads: [token] } } });
  expect(await attachments()).toEqual([]);
});

it('serves the file at its address as a download', async () => {
  const { app, send } = withFiles();
  const { body } = await send('filename=a.html', '<script>1</script>', 'text/html');
  const { pathname } = new URL(body.upload.attachment.content_url);
  const file = await supertest(app).get(pathname).buffer();
  expect([file.status, file.text]).toEqual([200, '<script>1</script>']);
  expect(file.headers['content-disposition']).toContain('attachment');
  expect((await supertest(app).get('/attachments/token/guessed/')).status).toBe(404);
});

it('keeps a redacted file in place without name and content', async () => {
  const { app, as, send, attachments } = withFiles();
  const { token } = (await send('filename=card.txt', '4111')).body.upload;
  await as('put', '/tickets/1', { ticket: { comment: { body: 'See', uploads: [token] } } });
  const [before] = await attachments();
  const comment = (await as('get', '/tickets/1/comments')).body.comments.at(-1).id;
  const redacted = await as('put', `/tickets/1/comments/${comment}/attachments/${before?.id}/redact`);
  expect(redacted.headers['zendesk-ratelimit-per-ticket-updates']).toContain('total=30');
  expect(await attachments()).toMatchObject([{ id: before?.id, file_name: 'redacted.txt', size: 0 }]);
  const { pathname } = new URL(before?.content_url ?? '');
  expect((await supertest(app).get(pathname).buffer()).text).toBe('');
});

it('refuses an upload that is deleted or older than an hour', async () => {
  const { as, send, clock, attachments } = withFiles();
  const { token } = (await send('filename=a.txt', 'a')).body.upload;
  expect((await as('delete', `/uploads/${token}`)).status).toBe(204);
  expect((await as('delete', `/uploads/${token}`)).status).toBe(404);
  const late = (await send('filename=a.txt', 'a')).body.upload.token;
  clock.forward(3_600);
  await as('put', '/tickets/1', { ticket: { comment: { body: 'Late', uploads: [late] } } });
  expect(await attachments()).toEqual([]);
});
