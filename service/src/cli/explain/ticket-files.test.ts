import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { runExplainTickets } from '../explain-tickets.ts';
import { shopPolicy } from './testing/shop-policy.ts';

const POLICY = shopPolicy(`
  - id: refund
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: [rückerstattung, возврат] }] }
    actions: { category: refund }
`);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-files-'));
  await writeFile(join(folder, 'policy.yaml'), POLICY);
});
afterAll(() => rm(folder, { recursive: true }));

async function explain(bytes: string | Uint8Array | null, encoding?: string) {
  const file = join(folder, 'tickets');
  await rm(file, { force: true, recursive: true });
  if (bytes === null) await mkdir(file);
  else await writeFile(file, bytes);
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await runExplainTickets({
    file,
    encoding,
    policyPath: join(folder, 'policy.yaml'),
    json: true,
    out: (line) => lines.push(line),
    err: (line) => errors.push(line),
  });
  const rows = lines.map((line) => JSON.parse(line) as { row: number; id: unknown; category: string });
  return { code, errors: errors.join('\n'), rows, categories: rows.map(({ category }) => category) };
}

const CSV = 'subject,description\r\nHilfe,Wo bleibt meine Rückerstattung?\r\n';
const utf16 = (text: string) => Buffer.from(text, 'utf16le');
const TICKET = { id: 7, subject: 'Hilfe', description: 'Rückerstattung' };

it.each<[string, string | Uint8Array]>([
  ['UTF-8', CSV],
  ['UTF-8 with byte order mark', `\ufeff${CSV}`],
  ['UTF-16 LE', utf16(`\ufeff${CSV}`)],
  ['UTF-16 LE without mark', utf16(CSV)],
  ['UTF-16 BE', utf16(`\ufeff${CSV}`).swap16()],
  ['UTF-16 BE without mark', utf16(CSV).swap16()],
  ['gzip', gzipSync(CSV)],
  ['semicolons', '\ufeffsubject;description\r\nHilfe;Ja, meine Rückerstattung\r\n'],
  ['semicolons named by sep=', 'sep=;\r\nsubject;description\r\n"Ja; hallo";Rückerstattung\r\n'],
  ['tabs, in UTF-16, as Excel writes "Unicode text"', utf16('\ufeffsubject\tdescription\r\na\tRückerstattung\r\n')],
  ['one column, and commas without quotes', 'message\nJa, bitte: Rückerstattung; danke\n'],
  ['odd names of columns', ' "Ticket ID" , Ticket_Subject,"DESCRIPTION ",x\n7,"a","Rückerstattung",y\n'],
  ['line breaks in quotes', 'subject,description\na,"erste\r\n\r\nRückerstattung, ""ja"""\n'],
  ['line ends of old Macs', 'subject,description\rHilfe,Rückerstattung\r'],
  ['quotes within a text', 'subject,description\nEr sagte "ja",Rückerstattung "jetzt"\n'],
  ['empty lines before and between', '\n\nsubject,description\n\nHilfe,Rückerstattung\n\n'],
  ['JSON Lines', `${JSON.stringify(TICKET)}\n`],
  ['JSON Lines with a line separator in a text', '{"subject":"a\u2028b","description":"Rückerstattung"}\n'],
  ['a list in JSON', JSON.stringify([TICKET])],
  ['a list in JSON, over several lines', JSON.stringify([TICKET], null, 2)],
  ['a page of the API', JSON.stringify({ tickets: [TICKET], next_page: null, count: 1 })],
  ['a page of the API, over several lines', JSON.stringify({ tickets: [TICKET], next_page: null }, null, 1)],
  ['an answer of the search', JSON.stringify({ results: [TICKET] })],
  ['one ticket over several lines', JSON.stringify({ ticket: TICKET }, null, 2)],
  ['JSON in UTF-16', utf16(`\ufeff${JSON.stringify([TICKET])}`)],
  ['JSON after empty lines', `\ufeff\n\n  ${JSON.stringify([TICKET])}`],
  ['a channel that is a number', JSON.stringify({ ...TICKET, via: { channel: 33, source: {} } })],
  ['fields that are null or empty', JSON.stringify({ ...TICKET, priority: '', type: null, via: null, tags: null })],
  ['a ticket without subject', '{"id":1,"subject":null,"raw_subject":"Hilfe","description":"Rückerstattung"}'],
])('reads %s', async (_, bytes) => {
  expect(await explain(bytes)).toMatchObject({ code: 0, errors: '', categories: ['refund'] });
});

it('reads a line of three megabytes', async () => {
  const long = `subject,description\nHilfe,"Rückerstattung ${'a'.repeat(3_000_000)}"\n`;
  expect((await explain(long)).categories).toEqual(['refund']);
});

it('reads one page per line', async () => {
  const page = JSON.stringify({ tickets: [TICKET, TICKET] });
  expect((await explain(`${page}\n${page}\n`)).rows.map(({ row }) => row)).toEqual([1, 2, 3, 4]);
});

it('reads a character that is split between two chunks of the file', async () => {
  const long = `message\n${'x'.repeat(65_536 - 'message\n\nRü'.length)}\nRückerstattung\n`;
  expect((await explain(long)).categories).toEqual(['other', 'refund']);
});

it('refuses the ANSI file that Excel writes, before anything is decided', async () => {
  const ansi = Buffer.from(`message\nhallo\n${'x\n'.repeat(100_000)}R\u00fcckerstattung\n`, 'latin1');
  const { code, errors, rows } = await explain(ansi);

  expect({ code, rows }).toEqual({ code: 2, rows: [] });
  expect(errors).toMatch(/line 100003 is not valid UTF-8.*"CSV UTF-8".*--encoding windows-1252/);
});

it('reads an ANSI file whose encoding is named', async () => {
  expect((await explain(Buffer.from(CSV, 'latin1'), 'windows-1252')).categories).toEqual(['refund']);
  const cyrillic = Buffer.concat([Buffer.from('message\n'), Buffer.from([0xe2, 0xee, 0xe7, 0xe2, 0xf0, 0xe0, 0xf2])]);
  expect((await explain(cyrillic, 'windows-1251')).categories).toEqual(['refund']);
});

it('warns of characters that were lost earlier', async () => {
  expect((await explain('message\nR\ufffdckerstattung\n')).errors).toMatch(/Row 1 has "\ufffd".*as UTF-8/);
});

it.each([
  ['\u00c3\u00bc', 'R\u00c3\u00bcckerstattung'],
  ['\u00c3\u0178', 'Stra\u00c3\u0178e'],
  ['\u00e2\u20ac\u2122', 'I don\u00e2\u20ac\u2122t'],
])('warns of letters that a program read in another encoding (%s)', async (shown, text) => {
  expect((await explain(`message\n${text}\n`)).errors).toMatch(`Row 1 has "${shown}" where`);
});

it('does not mistake Portuguese and Romanian letters for lost characters', async () => {
  expect((await explain('message\nNÃO RECEBI; CÂMARA, INFORMAÇÃO. âncora "ROMÂNĂ"\n')).errors).toBe('');
});

it.each<[string, string | Uint8Array | null, RegExp]>([
  ['a folder', null, /is a folder/],
  ['nothing', '', /has no tickets/],
  ['blanks', ' \n\n', /has no tickets/],
  ['an empty list', '[]', /has no tickets/],
  ['a page without tickets', '{"tickets":[]}', /has no tickets/],
  ['a workbook', Buffer.from('PK\x03\x04xyz', 'latin1'), /workbook.*save it as "CSV UTF-8"/],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x6d, 0, 0, 0]), /UTF-32; save it as UTF-8/],
  ['UTF-16 that breaks off', utf16(CSV).subarray(0, -1), /not valid in its encoding/],
  ['gzip that breaks off', gzipSync(CSV).subarray(0, -9), /damaged or incomplete gzip file/],
  ['a page that breaks off', '{\n "tickets": [\n  {"id":1,\n', /line 4: not valid JSON/],
  ['two columns of one name', 'message,Message\na,b\n', /two columns are named "message"/],
])('refuses %s', async (_, bytes, message) => {
  const { code, errors, rows } = await explain(bytes);

  expect({ code, rows }).toEqual({ code: 2, rows: [] });
  expect(errors).toMatch(message);
});

it.each([
  ['JSON Lines', ['{"id":1,"subject":"a"}', '{"id":2,', '[3', '{"id":4,"subject":"d"}'], [2, 3]],
  [
    'JSON Lines whose first record is broken',
    ['{"id":1,', '{"id":2,"subject":"a"}', '7', '{"id":4,"subject":"d"}'],
    [1, 3],
  ],
  ['an unknown status', ['{"subject":"a","status":"asleep"}', '{"subject":"b"}'], [1]],
  ['a field of the wrong type', ['{"subject":"a","tags":7}', '{"subject":7}', '{"subject":"b"}'], [1, 2]],
  ['CSV with other numbers of columns', ['subject,description', 'a,b', 'a,b,c', 'a', 'a,b'], [3, 4]],
  ['CSV with a quote in the wrong place', ['subject,description', '"a"b",c', 'a,b'], []],
])('continues after unreadable records and names their lines: %s', async (_, lines, odd) => {
  const { code, errors, rows } = await explain(`${lines.join('\n')}\n`);

  expect([...errors.matchAll(/line (\d+)/g)].map(([, line]) => Number(line))).toEqual(odd);
  expect(code).toBe(odd.length === 0 ? 0 : 2);
  expect(rows).toHaveLength(lines.length - odd.length - (lines[0]?.startsWith('{') ? 0 : 1));
});

it('names the position of an unreadable ticket in a list', async () => {
  const { code, errors, rows } = await explain(JSON.stringify({ tickets: [TICKET, { id: 8 }, TICKET] }));

  expect({ code, ids: rows.map(({ id }) => id) }).toEqual({ code: 2, ids: [7, 7] });
  expect(errors).toMatch(/line 1, ticket 2: the ticket has neither subject nor description/);
});
