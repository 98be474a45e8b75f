import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { until } from '../../testing/start-harness.ts';
import { runCheck } from './check.ts';
import { runExplainTickets } from './explain-tickets.ts';
import { repeatOnSave } from './repeat-on-save.ts';

const EXAMPLE = join(process.cwd(), 'config/deskwright.yaml');

/** Without guidance, and without the triggers, whose proofs take seconds. */
const exampleWithoutTriggers = async (): Promise<string> =>
  (await readFile(EXAMPLE, 'utf8'))
    .replaceAll(/ +guidance: [^ ,}]+,?/g, '')
    .replaceAll(/^(?:triggers|tests):\n(?:[ #-].*\n|\n)*/gm, '');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function check(text: string | Uint8Array | null, json = false) {
  const policyPath = text === null ? join(folder, 'nowhere.yaml') : join(folder, 'policy.yaml');
  if (text !== null) await writeFile(policyPath, text);
  const printed: string[] = [];
  const code = await runCheck({ policyPath, json, out: (line) => printed.push(line) });
  return { code, printed: printed.join('\n'), policyPath };
}

describe('deskwright check', () => {
  it('exits with 0 for a valid policy and prints a summary', async () => {
    const printed: string[] = [];
    const code = await runCheck({ policyPath: EXAMPLE, json: false, out: (line) => printed.push(line) });
    expect(code).toBe(0);
    expect(printed.join('\n')).toMatch(/is fine/);
    expect(printed.join('\n')).toMatch(/t1 -> t2 \(Support Tier 1\): account, order/);
    expect(printed.join('\n')).toMatch(/surveys {3}csat after 24h/);
    expect(printed.join('\n')).toMatch(/guidance {2}15 of 15 categories$/m);
    expect(printed.join('\n')).toMatch(/hand-offs Warehouse, Finance, Product/);
    expect(printed.join('\n')).toMatch(/refunds {3}USD: t1 50 each, 200 a day; t2 250 each/);
  });

  it('names the setting of a Slack channel that the policy names and that has no address', async () => {
    const file = join(folder, 'slack.yaml');
    const without = (await exampleWithoutTriggers()).replaceAll(/^(alarms|reminders):.*\n/gm, '');
    await writeFile(file, `${without}\nalarms: { slack: leads }\nreminders: { at: [100%], slack: default }\n`);
    const run = async (...known: string[]) => {
      const printed: string[] = [];
      const env = Object.fromEntries(known.map((name) => [name, 'set']));
      const code = await runCheck({
        policyPath: file,
        json: false,
        env,
        out: (line) => printed.push(line),
      });
      return { code, text: printed.join('\n') };
    };
    const { code, text: said } = await run('SLACK_WEBHOOK_URL');
    expect([code, said]).toEqual([
      0,
      expect.stringContaining('neither SLACK_WEBHOOK_URL_LEADS nor SLACK_CHANNEL_LEADS is set'),
    ]);
    expect(said).not.toContain('reminders');
    expect((await run('SLACK_WEBHOOK_URL_LEADS_FILE')).text).toContain(
      'the Slack channel "default", and neither SLACK_WEBHOOK_URL nor SLACK_CHANNEL is set',
    );
    expect((await run('SLACK_WEBHOOK_URL_LEADS', 'SLACK_WEBHOOK_URL')).text).not.toContain('SLACK_WEBHOOK_URL');
  });

  it('says that surveys wait without SMTP_URL, where the policy asks customers', async () => {
    const run = async (policyPath: string) => {
      const printed: string[] = [];
      await runCheck({ policyPath, json: false, isMailUnset: true, out: (line) => printed.push(line) });
      return printed.join('\n');
    };
    expect(await run(EXAMPLE)).toContain('SMTP_URL is not set here');
    const asksNobody = join(folder, 'asks-nobody.yaml');
    await writeFile(
      asksNobody,
      (await exampleWithoutTriggers())
        .replaceAll(/, survey: (?:csat|ces)/g, '')
        .replace(/^ {2}nps:\n(?: {4}.*\n)+/m, '')
        .replace(/^default_survey: .*$/m, 'default_survey: none'),
    );
    const printed = await run(asksNobody);
    expect(printed).toContain('is fine');
    expect(printed).not.toContain('SMTP_URL');
    expect(await run(asksNobody)).toContain('reports by mail are not sent');
  });

  it('reads a policy and its guidance in UTF-8 and UTF-16, with a byte order mark and without', async () => {
    const policy = await exampleWithoutTriggers();
    for (const text of [policy, `\ufeff${policy}`]) {
      const utf16 = Buffer.from(text, 'utf16le');
      for (const bytes of [Buffer.from(text), utf16, Buffer.from(utf16).swap16()])
        expect((await check(bytes)).code).toBe(0);
    }
  });

  it('refuses a policy that is not valid UTF-8, instead of reading wrong characters', async () => {
    const { code, printed } = await check(Buffer.from('version: 1\ncompany: M\u00fcller\n', 'latin1'));

    expect(code).toBe(2);
    expect(printed).toMatch(
      /policy\.yaml cannot be read: line 2 is not valid UTF-8.*column \d+ has the byte [0-9A-F]{2}, which is "." there.*save it as UTF-8/,
    );
  });

  it('exits with 1 for errors and shows each with its line and column', async () => {
    const { code, printed, policyPath } = await check('version: 1\ncompany: 7\n');
    expect(code).toBe(1);
    expect(printed).toContain(`${policyPath}: line 2, column 10: company must be text; put it in quotes: "7"`);
    expect(printed).toContain('  2 | company: 7\n    |          ^');
    expect(printed).toMatch(/\d+ mistakes$/);
  });

  it('shows an error in guidance with the line in its own file', async () => {
    await mkdir(join(folder, 'guidance'), { recursive: true });
    await writeFile(join(folder, 'guidance/order.md'), '# Orders\n\n- [ ] Hi {{ticket.requester.fist_name}}\n');
    const example = await readFile(EXAMPLE, 'utf8');
    const text = example
      .replaceAll(/, guidance: [\w/]+\.md/g, '')
      .replace('name: Order,', 'guidance: guidance/order.md, name: Order,')
      .replace('name: Account,', 'guidance: guidance/account.md, name: Account,');
    const { code, printed } = await check(text);
    expect(code).toBe(1);
    expect(printed).toMatch(/policy\.yaml: line \d+, column \d+: there is no file "guidance\/account\.md"/);
    expect(printed).toContain(
      `${join(folder, 'guidance/order.md')}: line 3, column 10: placeholder "ticket.requester.fist_name" does not exist. Did you mean "ticket.requester.first_name"?`,
    );
    expect(printed).toContain('  3 | - [ ] Hi {{ticket.requester.fist_name}}\n    |          ^');
    expect(printed).toMatch(/2 mistakes$/);
  });

  it('exits with 2 when there is no file', async () => {
    expect(await check(null)).toMatchObject({ code: 2, printed: expect.stringContaining('there is no file') });
  });

  it('prints one JSON object with --json', async () => {
    const bad = await check('version: 2', true);
    expect(JSON.parse(bad.printed)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ path: 'version', line: 1, column: 10 })]),
    });
    const none = await check(null, true);
    expect(JSON.parse(none.printed)).toMatchObject({ ok: false, error: expect.stringContaining('there is no file') });
  });

  it('writes the example tickets of its findings, and explain decides them as it said', async () => {
    await check(BEATEN);
    const [policyPath, examples] = [join(folder, 'policy.yaml'), join(folder, 'examples.jsonl')];
    const printed: string[] = [];
    await runCheck({ policyPath, json: false, examples, out: (line) => printed.push(line) });
    expect(printed.join('\n')).toContain('explain --tickets examples.jsonl');
    const decided: string[] = [];
    const code = await runExplainTickets({
      file: examples,
      policyPath,
      json: true,
      out: (line) => decided.push(line),
      err: (line) => decided.push(line),
    });

    expect([code, decided.map((line) => JSON.parse(line).category)]).toEqual([0, ['refund']]);
  });

  it('gives each finding in JSON its code, page, proof and example; warnings fail with --strict only', async () => {
    const { code, printed, policyPath } = await check(BEATEN, true);
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toMatchObject({
      ok: true,
      problems: [
        {
          code: 'trigger-always-beaten',
          severity: 'warning',
          file: policyPath,
          line: 14,
          page: 'docs/reference/findings.md#trigger-always-beaten',
          proof: ['text includes_any [refund] means text includes_any [refund*]'],
          example: { description: 'refund' },
        },
      ],
    });
    expect(await runCheck({ policyPath, json: true, strict: true, out: () => undefined })).toBe(1);
  });

  it('removes with --fix what has no effect, keeps comments and the former file, and only says so with --dry-run', async () => {
    const { policyPath } = await check(BEATEN);
    const run = async (fix: 'write' | 'dry run') => {
      const printed: string[] = [];
      const now = () => new Date('2026-11-29T12:00:00Z');
      const code = await runCheck({ policyPath, json: false, fix, now, out: (line) => printed.push(line) });
      return { code, printed: printed.join('\n') };
    };
    expect((await run('dry run')).printed).toContain('14 -   - { id: late');
    expect(await readFile(policyPath, 'utf8')).toBe(BEATEN);

    const { printed } = await run('write');
    expect(printed).toMatch(/The former file is .*policy\.2026-11-29T12-00-00-000Z\.yaml/);
    expect(printed).toContain('is fine\n');
    expect(await readFile(policyPath, 'utf8')).toBe(BEATEN.replace(/^ {2}- \{ id: late.*\n/m, ''));
  });

  it('removes with --fix what has no effect from the included file that has it', async () => {
    const at = BEATEN.indexOf('triggers:');
    const { policyPath } = await check(`${BEATEN.slice(0, at)}include: [triggers.yaml]\n`);
    const part = `# of the money team\n${BEATEN.slice(at)}`;
    const partPath = join(dirname(policyPath), 'triggers.yaml');
    await writeFile(partPath, part);
    const main = await readFile(policyPath, 'utf8');
    const printed: string[] = [];
    const now = () => new Date('2026-11-29T12:00:00Z');
    await runCheck({ policyPath, json: false, fix: 'write', now, out: (line) => printed.push(line) });
    expect(printed.join('\n')).toContain(`--- ${partPath}`);
    expect(await readFile(partPath, 'utf8')).toBe(part.replace(/^ {2}- \{ id: late.*\n/m, ''));
    expect(await readFile(policyPath, 'utf8')).toBe(main);
  });

  it('checks again on each save until it is stopped', async () => {
    const { policyPath } = await check(BEATEN);
    const printed: string[] = [];
    const out = (line: string): void => void printed.push(line);
    const stopping = new AbortController();
    const options = { policyPath, json: false, out, now: () => new Date(), pollMs: 50 };
    const watching = repeatOnSave(() => runCheck(options), options, stopping.signal);
    await until('the warning', () => printed.join('\n').includes('with 1 warning'));
    await writeFile(policyPath, BEATEN.replace('[refund]', '[order]'));
    await until('a check without warnings', () => printed.some((line) => line.endsWith('is fine\n')));
    stopping.abort();

    expect(await watching).toBe(0);
  });
});

const BEATEN = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories:
  - { id: refund, name: Refund, tier: t1 }
  - { id: other, name: Other, tier: t1 }
default_category: other
triggers:
  - id: refund # first
    title: Refund
    conditions: { any: [{ field: text, operator: includes_any, value: ["refund*"] }] }
    actions: { category: refund }
  - { id: late, title: Late, conditions: { any: [{ field: text, operator: includes_any, value: [refund] }] }, actions: { category: other } }
# the end
`;
