import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FIELD_NAMES } from '../condition-fields.ts';
import { OPERATOR_NAMES } from '../condition-operators.ts';
import { buildPolicyJsonSchema, type PolicyJsonSchema } from './build-policy-json-schema.ts';
import { generatePolicyReference } from './generate-policy-reference.ts';

const FOLDER = join(process.cwd(), 'docs/reference');

describe('the reference of the policy file', () => {
  it.each(['policy.schema.json', 'policy.md', 'words.md'] as const)(
    '%s in docs/reference matches the schema (npm run generate)',
    (name) => {
      expect(readFileSync(join(FOLDER, name), 'utf8')).toBe(generatePolicyReference()[name]);
    },
  );

  it('explains every key, field and operator', () => {
    const page = generatePolicyReference()['policy.md'];
    for (const word of [...FIELD_NAMES, ...OPERATOR_NAMES, ...keysOf(buildPolicyJsonSchema())])
      expect(page).toContain(`| \`${word}\` |`);
  });

  it('gives each key a meaning and an example, a default or a choice', () => {
    expect(undocumented(buildPolicyJsonSchema(), '')).toEqual([]);
  });

  it('offers editors every field and operator', () => {
    const text = generatePolicyReference()['policy.schema.json'];
    for (const word of [...FIELD_NAMES, ...OPERATOR_NAMES]) expect(text).toContain(`"${word}"`);
  });

  it('the example policy is where it says', () => {
    const [first] = readFileSync(join(process.cwd(), 'config/deskwright.yaml'), 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../docs/reference/policy.schema.json');
  });
});

function childrenOf(schema: PolicyJsonSchema): Readonly<Record<string, PolicyJsonSchema>> {
  return schema.properties ?? schema.items?.properties ?? {};
}

function keysOf(schema: PolicyJsonSchema): string[] {
  return Object.entries(childrenOf(schema)).flatMap(([key, child]) => [key, ...keysOf(child)]);
}

function undocumented(schema: PolicyJsonSchema, path: string): string[] {
  return Object.entries(childrenOf(schema)).flatMap(([key, child]) => {
    const here = `${path}.${key}`;
    const isBlock = Object.keys(childrenOf(child)).length > 0;
    const isShown = isBlock || child.examples !== undefined || child.default !== undefined || child.enum !== undefined;
    return [...(child.description !== undefined && isShown ? [] : [here]), ...undocumented(child, here)];
  });
}
