import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runExplainTickets } from './explain-tickets.ts';

const EXAMPLE = join(__dirname, '../../../config/deskwright.yaml');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-explain-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function explain(text: string | null, { json = true, policyPath = EXAMPLE } = {}) {
  const file = join(folder, 'tickets.txt');
  await rm(file, { force: true });
  if (text !== null) await writeFile(file, text);
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await runExplainTickets({
    file,
    policyPath,
    json,
    now: Date.UTC(2026, 10, 24),
    out: (line) => lines.push(line),
    err: (line) => errors.push(line),
  });
  return { code, lines, errors, rows: json ? lines.map((line): Row => JSON.parse(line) as Row) : [] };
}
interface Row {
  row: number;
  id: unknown;
  category: string;
  tier: string;
  priority: string | null;
  tags: string[];
  survey: string | null;
  leftOut: readonly { kind: string; start: number; end: number; text: string }[];
  reasons: { sentence: string; category: unknown; nearestMiss: unknown };
}

describe('deskwright explain --tickets', () => {
  it('prints one JSON line per message, with all decisions and reasons', async () => {
    const { code, rows } = await explain(
      'message,category,intent\n"I want my money back, ""now""",x,y\nhello to the shop,x,y\nhello there,x,y\n',
    );

    expect(code).toBe(0);
    expect(rows).toMatchObject([
      {
        row: 1,
        id: null,
        category: 'refunds',
        tier: 't1',
        priority: null,
        tags: ['money'],
        survey: 'ces',
        reasons: { category: { by: 'trigger', triggerId: 'refunds' } },
      },
      {
        row: 2,
        category: 'other',
        survey: 'csat',
        reasons: { category: { by: 'default' }, nearestMiss: { triggerId: 'outage' } },
      },
      { row: 3, category: 'other', reasons: { category: { by: 'default' }, nearestMiss: null } },
    ]);
    expect(rows[0]?.reasons.sentence).toBe(
      'Refunds, Tier 1: the text says "money back" (trigger "Asks for money back")',
    );
  });

  it('accepts subject and description, ids, a byte order mark, Windows line ends and quoted line breaks', async () => {
    const { rows } = await explain(
      '\ufeffID,Subject,Description\r\n7,Invoice,"two\nlines"\r\nab-8,,The app crashes\r\n',
    );

    expect(rows).toMatchObject([
      { row: 1, id: 7, category: 'invoices' },
      { row: 2, id: 'ab-8', category: 'bug' },
    ]);
  });

  it('accepts JSON Lines of Zendesk tickets', async () => {
    const { code, rows } = await explain(
      '{"id":42,"subject":"Refund","description":"please","status":"open"}\n\n{"ticket":{"id":43,"subject":"Hi"}}\n',
    );

    expect(code).toBe(0);
    expect(rows).toMatchObject([
      { row: 1, id: 42, category: 'refunds' },
      { row: 2, id: 43, category: 'other' },
    ]);
  });

  it('decides by the new part of a message, and shows what it left out', async () => {
    const message =
      'Where is it? See https://shop.test/refund\n\nOn 3 May 2026, at 10:15, Max <m@shop.test> wrote:\n> money back\n';
    const csv = `message\n"${message}"\nplain\n`;
    const { rows } = await explain(csv);

    expect(rows[0]?.category).not.toBe('refunds');
    expect(rows.map(({ leftOut }) => leftOut)).toEqual([
      [
        { kind: 'link', start: 17, end: 41, text: 'https://shop.test/refund' },
        {
          kind: 'quoted',
          start: 43,
          end: 105,
          text: 'On 3 May 2026, at 10:15, Max <m@shop.test> wrote:\n> money back',
        },
      ],
      [],
    ]);
    expect((await explain(csv, { json: false })).lines.join('\n')).toMatch(
      /left out: 1 link, quoted history \(2 lines\)/,
    );
  });

  it('says what triggers in shadow would have done', async () => {
    const policyPath = join(folder, 'shadow.yaml');
    const smallTeam = await readFile(EXAMPLE.replace('deskwright.yaml', 'small-team.yaml'), 'utf8');
    const plain = smallTeam.replaceAll(/, guidance: [^ }]+/g, '');
    await writeFile(policyPath, plain.replace('  - id: refund\n', '$&    mode: shadow\n'));
    const csv = 'message\nmoney back asap\n';
    const { lines } = await explain(csv, { json: false, policyPath });

    expect(lines.join('\n')).toMatch(
      /^row 1 {2}Other[^]*in shadow: would have set category refund .*\(trigger refund\)/,
    );
    expect((await explain(csv, { policyPath })).rows).toMatchObject([
      { category: 'other', acts: true, shadow: { to: { category: 'refund' }, triggers: ['refund'] } },
    ]);
  });

  it('prints the same as sentences', async () => {
    const { lines } = await explain('message\nmoney back asap\n', { json: false });

    expect(lines.join('\n')).toMatch(
      /^row 1 {2}Refunds, Tier 1: the text says "money back" .*; priority high; tags money; then CES/,
    );
  });

  it.each([
    ['a row with too many columns', 'message,x\na,b\na,b,c\n', /tickets\.txt, line 3: .*columns length is 2, got 3/],
    ['a quote that never ends', 'message\n"a\nb', /tickets\.txt, line 3: Quote Not Closed/],
    ['a line that is not JSON', '{"subject":"a"}\n{"subject"\n', /tickets\.txt, line 2: not valid JSON/],
    ['a line that is not a ticket', '{"subject":"a"}\n[]\n', /tickets\.txt, line 2: not a ticket/],
    ['no column with text', 'title,x\na,b\n', /line 1: it needs a column "message".*it has title, x/],
    ['no rows', 'message\n', /has no tickets/],
    ['nothing at all', '', /has no tickets/],
    ['no file', null, /Cannot read .*tickets\.txt/],
  ])('exits with 2 and says where, for %s', async (_, text, message) => {
    const { code, errors } = await explain(text);

    expect(code).toBe(2);
    expect(errors.join('\n')).toMatch(message);
  });

  it('prints the rows before an unreadable one', async () => {
    expect((await explain('{"subject":"a"}\n{"subject":"b"}\nx\n')).rows).toHaveLength(2);
  });

  it('exits with 2 for a policy that cannot be used', async () => {
    const policyPath = join(folder, 'policy.yaml');
    await writeFile(policyPath, 'version: 2\n');

    expect((await explain('message\na\n', { policyPath })).code).toBe(2);
    expect((await explain('message\na\n', { policyPath: join(folder, 'none.yaml') })).errors[0]).toMatch(/none\.yaml/);
  });

  it('waits for a slow reader, instead of keeping a big file in memory', async () => {
    const file = join(folder, 'big.csv');
    await writeFile(file, `message\n${'my tent leaks and I want my money back\n'.repeat(50_000)}`);
    let printed = 0;
    let waited = 0;

    await runExplainTickets({
      file,
      policyPath: EXAMPLE,
      json: true,
      out: () => printed++,
      err: () => {},
      drained: () => {
        waited++;
        return Promise.resolve();
      },
    });

    expect(printed).toBe(50_000);
    expect(waited).toBe(50_000);
  });
});
