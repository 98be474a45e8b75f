import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { loadPolicy } from '../src/policy/load-policy.ts';
import { POLICY_TEXT } from '../testing/policy-text.ts';

const GUIDE = readFileSync(join(process.cwd(), 'docs/guides/ops-lead.md'), 'utf8');
const snippets = [...GUIDE.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);

it('finds the snippets of the guide', () => {
  expect(snippets.length).toBeGreaterThanOrEqual(7);
});

it.each(snippets)('snippet %# of the guide is a valid policy', (snippet) => {
  const policy = { ...(parse(POLICY_TEXT) as object), ...(parse(snippet) as object) };
  expect(loadPolicy(stringify(policy), 'guide.yaml')).toMatchObject({ ok: true, warnings: [] });
});
