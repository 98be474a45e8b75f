// The mails of `testing/returned-mails` are written as the named programs write them. What a file's name begins with is what follows.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MailReport } from './mail-report.ts';
import { readMailReport } from './read-mail-report.ts';

const FOLDER = join(import.meta.dirname, 'testing/returned-mails');
const ID = '<survey.41.7.1795453200@surveys.northwind.test>';
const address = expect.arrayContaining(['ana@customers.test']);

const FOLLOWS: Record<string, Partial<MailReport>> = {
  gone: { kind: 'bounce', permanent: true, addresses: address, messageId: ID },
  passing: { kind: 'bounce', permanent: false, addresses: address, messageId: ID },
  complaint: { kind: 'complaint', messageId: ID },
  nothing: { kind: 'other' },
};

test.each(readdirSync(FOLDER).map((file) => [file]))('%s', async (file) => {
  const mail = readFileSync(join(FOLDER, file), 'utf8').replaceAll('\n', '\r\n');
  const follows = FOLLOWS[file.split('-')[0] ?? ''];
  expect(follows).toBeDefined();
  expect(await readMailReport(Buffer.from(mail))).toMatchObject(follows ?? {});
});
