// Checks which people a CSV file of a campaign names, in the forms in which spreadsheets and other programs export it.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../../testing/test-database.ts';
import { people } from '../../directory/tables.ts';
import { readPeopleFile } from './read-people-file.ts';

let database: TestDatabase;
let folder: string;
beforeAll(async () => {
  database = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'deskwright-people-'));
  for (const id of [601, 602, 603])
    await database.db
      .insert(people)
      .values({ id, name: 'Ana', email: `customer-${id}@example.com`, role: 'end-user', fetchedAt: new Date() });
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function read(content: string | Uint8Array) {
  const path = join(folder, 'people.csv');
  await writeFile(path, content);
  return readPeopleFile(database.db, path);
}

test.each([
  ['a comma in a name between semicolons', 'name;email\nDíaz, Ana;customer-601@example.com\n'],
  ['a semicolon in a name between commas', 'name,email\nDíaz; Ana,customer-601@example.com\n'],
  ['tabs', 'name\temail\nDíaz, Ana; b\tcustomer-601@example.com\n'],
  ['bars', 'name|email\nDíaz, Ana|customer-601@example.com\n'],
  ['Excel’s line of the separator', 'sep=;\r\nname;email\r\nDíaz, Ana;customer-601@example.com\r\n'],
  [
    'a line of the separator that disagrees with the header',
    'sep=;\nname, or company;email\nA, b;customer-601@example.com',
  ],
  ['a quote within a name', 'name,email\nO"Neil,customer-601@example.com\n'],
  ['a quoted name that goes on', 'name,email\n"Ana" Díaz,customer-601@example.com\n'],
  ['lines of an old Mac', 'name,email\rAna,customer-601@example.com\r'],
  ['a line of the separator of an old Mac', 'sep=;\rname;email\rAna;customer-601@example.com\r'],
  ['empty lines before the header', '\r\n\r\nname;email\r\nDíaz, Ana;customer-601@example.com\r\n'],
  ['a header in other words', 'Name,User ID,E-mail\nAna,601,\n'],
  ['a byte order mark', '\uFEFFemail;name\ncustomer-601@example.com;Díaz, Ana\n'],
])('it reads %s', async (_name, text) => {
  const found = { requesterIds: [601], unknownLines: [], unreadableLines: [] };
  expect(await read(text)).toEqual(found);
  expect(await read(Buffer.from(`\uFEFF${text.replace('\uFEFF', '')}`, 'utf16le'))).toEqual(found);
});

test('lines of nobody and lines with too many cells are told apart, by their number in the file', async () => {
  const text =
    'sep=,\nname,email\nDíaz, Ana,customer-601@example.com\nBo,customer-602@example.com,\nCy\nDi,di@example.com\n';
  expect(await read(text)).toEqual({ requesterIds: [602], unknownLines: [5, 6], unreadableLines: [3] });
});

test('a file without people, or without a column of them, is refused with what to do', async () => {
  await expect(read('name\nAna\n')).rejects.toThrow('has neither a column user_id nor email');
  await expect(read('user_id\n')).rejects.toThrow('names nobody');
  await expect(read('')).rejects.toThrow('names nobody');
  await expect(read('name,email\n"Ana,customer-601@example.com\n')).rejects.toThrow('cannot be read as CSV');
});
