import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChunks } from '../../past-tickets/index.ts';
import { type BacktestOptions, runBacktest } from './run-backtest.ts';

const policyOf = (words: string, company = 'Northwind Outdoor') => `
version: 1
company: ${company}
time_zone: America/New_York
business_hours: { weekdays: { mon-fri: "09:00-18:00" } }
tiers: [{ id: t1, name: Tier 1, group: Support Tier 1, escalates_to: t2 }, { id: t2, name: Tier 2, group: Support Tier 2 }]
categories: [{ id: refund, name: Refund, tier: t2 }, { id: other, name: Other, tier: t1 }]
default_category: other
default_survey: none
refunds: { currency: USD, limits: [{ tier: t1, per_refund: 50, per_agent_per_day: 200 }, { tier: t2, per_refund: 250, per_agent_per_day: 900 }] }
triggers:
  - id: refund
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: ${words} }] }
    actions: { category: refund }
`;

const TICKETS = [
  {
    id: 1,
    subject: 'Money back',
    description: 'I want a refund',
    status: 'closed',
    created_at: '2026-09-01T10:00:00Z',
  },
  {
    id: 2,
    subject: 'Chargeback',
    description: 'My bank did a chargeback',
    status: 'solved',
    created_at: '2026-09-02T10:00:00Z',
  },
  { id: 3, subject: 'Hello', description: 'Do you sell tents', status: 'open', created_at: '2026-10-05T10:00:00Z' },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-backtest-'));
  await writeFile(join(folder, 'policy.yaml'), policyOf('[refund]'));
  await writeFile(join(folder, 'draft.yaml'), policyOf('[refund, chargeback]'));
  await writeFile(join(folder, 'tickets.jsonl'), TICKETS.map((ticket) => JSON.stringify(ticket)).join('\n'));
});
afterAll(() => rm(folder, { recursive: true }));

async function backtest(options: Partial<BacktestOptions> & { tickets?: string } = {}) {
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await runBacktest({
    draft: join(folder, 'draft.yaml'),
    policyPath: join(folder, 'policy.yaml'),
    against: null,
    open: () => openChunks(options.tickets ?? join(folder, 'tickets.jsonl')),
    since: null,
    samples: 5,
    words: false,
    failAbove: null,
    html: null,
    json: true,
    out: (line) => lines.push(line),
    err: (line) => errors.push(line),
    progressTo: process.stderr,
    ...options,
  });
  return { code, text: lines.join('\n'), errors };
}

it('says which past tickets a draft would decide differently, and why', async () => {
  const { code, text } = await backtest();
  expect(code).toBe(0);
  expect(JSON.parse(text)).toMatchObject({
    tickets: 3,
    changed: 1,
    parts: { category: 1, tier: 1, refund: 1, priority: 0 },
    causes: [
      {
        by: 'trigger',
        id: 'refund',
        how: 'changed',
        tickets: 1,
        samples: [{ id: 2, subject: null, before: { category: 'other', refund: '$50' }, after: { refund: '$250' } }],
      },
    ],
    load: [
      { day: '2026-09-01', tier: 't2', before: 1, after: 1 },
      { day: '2026-09-02', tier: 't1', before: 1, after: 0 },
      { day: '2026-09-02', tier: 't2', before: 0, after: 1 },
      { day: '2026-10-05', tier: 't1', before: 1, after: 1 },
    ],
  });
});

it('describes it in sentences without the words of customers, unless they are asked for', async () => {
  const { text } = await backtest({ json: false });
  expect(text).toContain('3 past tickets from 2026-09-01 to 2026-10-05');
  expect(text).toContain('1 differ (33.3%): category 1, tier 1, refund limit 1.');
  expect(text).toContain('trigger "Asks for money back" (refund) was changed');
  expect(text).toContain('#2: category other -> refund');
  expect(text).not.toContain('Chargeback');
  expect((await backtest({ json: false, words: true })).text).toContain('#2 "Chargeback"');
});

it('compares a draft whose tests fail, which is how one learns whether they still say what is meant, and says so', async () => {
  const draft = join(folder, 'red.yaml');
  const test = '{ name: a chargeback is no refund, given: { description: chargeback }, expect: { category: other } }';
  await writeFile(draft, `${policyOf('[refund, chargeback]')}tests:\n  - ${test}\n`);
  const html = join(folder, 'red.html');
  expect(JSON.parse((await backtest({ draft, html })).text)).toMatchObject({
    tickets: 3,
    changed: 1,
    failedTests: ['a chargeback is no refund'],
  });
  const { text } = await backtest({ draft, json: false });
  expect(text).toMatch(
    /^A test of .+red\.yaml fails, so that a service refuses it: "a chargeback is no refund" \(deskwright test .+red\.yaml\)\.$/m,
  );
  expect(await readFile(html, 'utf8')).toContain('a chargeback is no refund');
});

it('leaves out older tickets', async () => {
  const { text } = await backtest({ since: Date.parse('2026-09-15') });
  expect(JSON.parse(text)).toMatchObject({ tickets: 1, changed: 0 });
});

it.each([
  [0.3, 1],
  [0.34, 0],
])('fails above a share of %d with the code %d', async (failAbove, code) => {
  expect((await backtest({ failAbove })).code).toBe(code);
});

it('writes the same report each time, with everything escaped', async () => {
  const html = join(folder, 'report.html');
  await writeFile(join(folder, 'marked.yaml'), policyOf('[refund, chargeback]', '"<b>Northwind</b>"'));
  const write = async () => {
    await backtest({ draft: join(folder, 'marked.yaml'), html });
    return readFile(html, 'utf8');
  };
  const first = await write();
  expect(await write()).toBe(first);
  expect(first).toContain('<svg');
  expect(first).toContain('&lt;b&gt;Northwind');
  expect(first).not.toContain('<b>Northwind');
});

it('reads a CSV with what people decided', async () => {
  const tickets = join(folder, 'tickets.csv');
  await writeFile(tickets, 'message,category\nrefund please,Refund\nchargeback!,refund\nhi,other\n');
  const { text } = await backtest({ tickets });
  expect(JSON.parse(text)).toMatchObject({ labels: { tickets: 3, before: { right: 2 }, after: { right: 3 } } });
});

it('compares with a former version of the policy and the files beside it', async () => {
  const repository = join(folder, 'repository');
  const policy = join(repository, 'config', 'deskwright.yaml');
  await mkdir(join(repository, 'config'), { recursive: true });
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', repository, '-c', 'user.name=ana', '-c', 'user.email=ana@example.com', ...args]);
  git('init', '--quiet');
  for (const words of ['[refund]', '[refund, bank]']) {
    await writeFile(policy, policyOf(words));
    git('add', '.');
    git('commit', '--quiet', '--message', words);
  }
  const changed = async (against: string | null) =>
    (JSON.parse((await backtest({ draft: null, policyPath: policy, against })).text) as { changed: number }).changed;
  expect(await changed('git:HEAD~1')).toBe(1);
  expect(await changed(null)).toBe(0);
  await writeFile(policy, policyOf('[refund]'));
  expect(await changed(null)).toBe(1);
  expect(await changed('git:HEAD~1')).toBe(0);
  expect(git('status', '--porcelain').toString()).toBe(' M config/deskwright.yaml\n');
  await expect(changed('git:nowhere')).rejects.toThrow('git knows no revision "nowhere"');
});

describe('what cannot be used is named', () => {
  it.each<[string, () => Promise<unknown>, RegExp]>([
    ['a draft', () => backtest({ draft: join(folder, 'none.yaml') }), /none\.yaml cannot be read/],
    ['a file of tickets', () => backtest({ tickets: join(folder, 'none.jsonl') }), /there is no such file/],
    [
      'a draft with a mistake',
      async () => {
        await writeFile(
          join(folder, 'wrong.yaml'),
          policyOf('[refund]').replace('category: refund }', 'category: refnd }'),
        );
        return backtest({ draft: join(folder, 'wrong.yaml') });
      },
      /wrong\.yaml has mistakes/,
    ],
    ['a policy outside git', () => backtest({ draft: null }), /There is nothing to compare/],
  ])('%s', async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });

  it('a record among others', async () => {
    const tickets = join(folder, 'broken.jsonl');
    await writeFile(tickets, `${JSON.stringify(TICKETS[0])}\n{"id": 5}\nnot json\n`);
    const { text } = await backtest({ tickets });
    expect(JSON.parse(text)).toMatchObject({
      tickets: 1,
      unreadable: 2,
      problems: [/* by line */ expect.stringContaining('line 2'), expect.stringContaining('line 3')],
    });
  });
});
