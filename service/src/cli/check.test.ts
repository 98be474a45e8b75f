import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCheck } from './check.ts';

const EXAMPLE = join(process.cwd(), 'config/deskwright.yaml');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'deskwright-check-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function check(text: string | null, json = false) {
  const policyPath = text === null ? join(folder, 'nowhere.yaml') : join(folder, 'policy.yaml');
  if (text !== null) await writeFile(policyPath, text);
  const printed: string[] = [];
  const code = await runCheck({ policyPath, json, out: (line) => printed.push(line) });
  return { code, printed: printed.join('\n'), policyPath };
}

describe('deskwright check', () => {
  it('answers 0 for a good policy and shows it at a glance', async () => {
    const printed: string[] = [];
    const code = await runCheck({ policyPath: EXAMPLE, json: false, out: (line) => printed.push(line) });
    expect(code).toBe(0);
    expect(printed.join('\n')).toMatch(/is fine/);
    expect(printed.join('\n')).toMatch(/t1 -> t2 \(Support Tier 1\): account, order/);
    expect(printed.join('\n')).toMatch(/surveys {3}csat after 24h/);
  });

  it('answers 1 for mistakes and shows each with its line and place', async () => {
    const { code, printed, policyPath } = await check('version: 1\ncompany: 7\n');
    expect(code).toBe(1);
    expect(printed).toContain(`${policyPath}: line 2, column 10: company must be text; put it in quotes: "7"`);
    expect(printed).toContain('  2 | company: 7\n    |          ^');
    expect(printed).toMatch(/\d+ mistakes$/);
  });

  it('answers 2 when there is no file', async () => {
    expect(await check(null)).toMatchObject({ code: 2, printed: expect.stringContaining('there is no file') });
  });

  it('prints one JSON object when asked to', async () => {
    const bad = await check('version: 2', true);
    expect(JSON.parse(bad.printed)).toMatchObject({
      ok: false,
      problems: expect.arrayContaining([expect.objectContaining({ path: 'version', line: 1, column: 10 })]),
    });
    const none = await check(null, true);
    expect(JSON.parse(none.printed)).toMatchObject({ ok: false, error: expect.stringContaining('there is no file') });
  });
});
