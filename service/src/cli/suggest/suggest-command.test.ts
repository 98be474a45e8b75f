import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compilePolicy } from '../../decide/compile-policy.ts';
import { decide } from '../../decide/decide.ts';
import { readPolicyFile } from '../../policy/read-policy-file.ts';
import { aText, otherCompany } from '../../suggest/testing/other-company.ts';
import { diffLines } from './diff-lines.ts';
import { readTicketFile } from './read-labelled-tickets.ts';
import { runSuggest } from './run-suggest.ts';

const POLICY = `version: 1
company: Acme
time_zone: UTC
tiers:
  - { id: team, name: Support, group: Support } # the group as it is called in your Zendesk
categories:
  - { id: refund, name: Refund, tier: team }
  - { id: other, name: Other, tier: team }
default_category: other

triggers: # top to bottom
  - id: refund
    title: Asks for money back
    conditions: { any: [{ field: text, operator: includes_any, value: ["money back"] }] }
    actions: { category: refund, priority: high }
`;

function setUp() {
  const folder = mkdtempSync(join(tmpdir(), 'suggest-'));
  const [policyPath, file] = [join(folder, 'policy.yaml'), join(folder, 'sorted.csv')];
  writeFileSync(policyPath, POLICY);
  const tickets = otherCompany({ seed: 1, tickets: 400, categories: 4, noise: 0, filling: 4 });
  writeFileSync(
    file,
    `message,category\n${tickets.map(({ facts, label }) => `${facts.description},${label}`).join('\n')}\n,x\nmoney back,\n`,
  );
  const said: string[] = [];
  const run = (options: Partial<Parameters<typeof runSuggest>[0]> = {}) =>
    runSuggest({
      policyPath,
      read: () => readTicketFile(file, { err: (line) => said.push(line) }),
      mostTriggers: 60,
      heldOut: 0.2,
      seed: 1,
      apply: false,
      retire: false,
      dryRun: false,
      json: false,
      now: () => new Date(0),
      out: (line) => said.push(line),
      err: (line) => said.push(line),
      ...options,
    });
  return { folder, policyPath, tickets, said, run };
}

describe('deskwright suggest', () => {
  it('writes a policy that sorts the tickets, keeps comments, and leaves the former file beside it', async () => {
    const { folder, policyPath, tickets, said, run } = setUp();
    const before = readFileSync(policyPath, 'utf8');

    expect(await run({ dryRun: true })).toBe(0);
    expect(readFileSync(policyPath, 'utf8')).toBe(before);
    expect(said.join('\n')).toMatch(/^\+ {2}- id: topic-/m);

    expect(await run({ apply: true })).toBe(0);
    const after = readFileSync(policyPath, 'utf8');
    expect(after).toContain('# the group as it is called in your Zendesk');
    expect(readdirSync(folder).filter((name) => name.startsWith('policy'))).toHaveLength(2);
    const read = await readPolicyFile(policyPath);
    if (read.outcome !== 'loaded') throw new Error('The policy is not valid');
    const compiled = compilePolicy(read.loaded.policy);
    const right = tickets.filter(
      ({ facts, label }) => `Topic ${decide(facts, compiled).category.value.slice(-1)}` === label,
    );
    expect(right.length / tickets.length).toBeGreaterThan(0.95);
  });

  it('changes the included file that has the list, and keeps the comments of all', async () => {
    const { folder, policyPath, run, said } = setUp();
    const at = POLICY.indexOf('triggers:');
    const [main, part] = [
      `${POLICY.slice(0, at)}include: [triggers.yaml]\n`,
      `# of the money team\n${POLICY.slice(at)}`,
    ];
    const partPath = join(folder, 'triggers.yaml');
    writeFileSync(policyPath, main);
    writeFileSync(partPath, part);

    expect(await run({ dryRun: true })).toBe(0);
    expect(said.join('\n')).toContain(partPath);
    expect(readFileSync(partPath, 'utf8')).toBe(part);

    expect(await run({ apply: true })).toBe(0);
    expect(said.join('\n')).toContain(`Wrote ${partPath}; the former file is ${join(folder, 'triggers.1970')}`);
    const [mainAfter, partAfter] = [readFileSync(policyPath, 'utf8'), readFileSync(partPath, 'utf8')];
    expect(partAfter).toMatch(/^# of the money team\ntriggers: # top to bottom\n/);
    expect(partAfter).toMatch(/^ {2}- id: topic-/m);
    // New categories stand where the categories are.
    expect(mainAfter).toContain('# the group as it is called in your Zendesk');
    expect(mainAfter).not.toContain('triggers:');
    expect(mainAfter).toMatch(/categories:\n(?: {2}- .*\n)+ {2}- \{ id: topic/);
    expect((await readPolicyFile(policyPath)).outcome).toBe('loaded');
  });

  it('prints figures, evidence and what it cannot say', async () => {
    const { said, run } = setUp();

    expect(await run()).toBe(0);
    expect(said.join('\n')).toContain('402 tickets (1 without a category, 1 without text');
    expect(said.join('\n')).toMatch(/right, of those held out +0\.0 % +(?:9\d|100)\.\d %/);
    expect(said.join('\n')).toMatch(/includes any of: .+\n +catches \d+, .+\n +right: /);
    expect(said.join('\n')).toContain('Limits of this result:');
  });

  it('prints data, works without a policy, and writes nothing into one that does not exist', async () => {
    const { folder, said, run } = setUp();
    const policyPath = join(folder, 'none.yaml');

    expect(await run({ json: true, policyPath })).toBe(0);
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({
      tickets: { tickets: 402 },
      newCategories: [{ id: 'topic_0' }, {}, {}, {}],
    });
    expect(await run({ apply: true, policyPath })).toBe(2);
  });

  it('says so when there is nothing to learn', async () => {
    const { run, said } = setUp();

    expect(await run({ read: async () => [{ facts: aText('hello'), label: null }], apply: true })).toBe(1);
    expect(said.at(-1)).toContain('There is nothing to suggest.');
    expect(said.at(-1)).not.toContain('0 texts of those held out');
  });
});

describe('diffLines', () => {
  it('shows changed lines with some around them', () => {
    const before = Array.from({ length: 20 }, (_, n) => `line ${n}`);
    const after = before.toSpliced(10, 1, 'changed', 'added').toSpliced(2, 1);

    expect(
      diffLines(before.join('\n'), after.join('\n'), 'f')
        .split('\n')
        .filter((line) => /^[-+@]/.test(line)),
    ).toEqual(['--- f', '+++ f', '@@ line 1 @@', '-line 2', '@@ line 8 @@', '-line 10', '+changed', '+added']);
    expect(diffLines('a', 'a', 'f')).toBe('');
  });
});
