import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FIELD_NAMES } from '../condition-fields.ts';
import { OPERATOR_NAMES } from '../condition-operators.ts';
import { loadPolicy } from '../load-policy.ts';
import { buildPolicyJsonSchema, buildPolicyPartJsonSchema, type PolicyJsonSchema } from './build-policy-json-schema.ts';
import { generatePolicyReference } from './generate-policy-reference.ts';

const FOLDER = join(process.cwd(), 'docs/reference');

describe('the reference of the policy file', () => {
  it.each(['policy.schema.json', 'policy-part.schema.json', 'policy.md', 'words.md'] as const)(
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

  it('asks of an included file no key, and takes the same ones', () => {
    const [whole, part] = [buildPolicyJsonSchema(), buildPolicyPartJsonSchema()];
    expect(whole.required).toContain('company');
    expect(part).toEqual({ ...whole, required: undefined, title: part.title, description: part.description });
  });

  it('the example policy is where it says', () => {
    const [first] = readFileSync(join(process.cwd(), 'config/deskwright.yaml'), 'utf8').split('\n');
    expect(first).toBe('# yaml-language-server: $schema=../docs/reference/policy.schema.json');
  });
});

/** Every list and block, with the required keys only. */
const BARE = `version: 1
company: C
time_zone: UTC
business_hours: { weekdays: { mon-fri: "09:00-17:00" } }
tiers: [{ id: t1, name: T, group: G }]
categories: [{ id: other, name: Other, tier: t1 }]
default_category: other
triggers:
  - { id: a, title: A, conditions: { any: [{ field: text, operator: includes_any, value: [x] }] }, actions: { priority: high } }
views: [{ title: V }]
targets: [{ first_reply: 1h }]
escalation: { criteria: [{ tier: t1, when: [{ text: T }] }], fields: [{ id: f, label: F }] }
departments: [{ id: d, name: D, group: H, hours: { weekdays: { mon: "09:00-17:00" } }, fields: [{ id: f, label: F }] }]
refunds: { currency: EUR, limits: [{ tier: t1, per_refund: 1, per_agent_per_day: 1, per_customer: { amount: 1, days: 1 } }], goodwill: { budgets: [{ tier: t1, per_agent_per_day: 1 }], catalogue: [{ id: i, name: I, kind: credit, value: 1, allow: {} }] }, disputes: { evidence: [{ id: e, text: E }] } }
surveys: { csat: { delay: 1h, expires: 1d, slack: [{ channel: c }], follow_up: {} }, ces: { delay: 1h, expires: 1d, slack: [{ channel: c }], follow_up: {} }, nps: { expires: 1d, slack: [{ channel: c }], follow_up: {}, thank_you: {} }, pulse: { expires: 1d }, page: {}, brands: [{ brand: B, thank_you: {} }], follow_ups: { recorded_by: {} }, cost: { currency: EUR } }
tools: [{ id: t, name: T, request: { address: "https://a.test/{{input.i}}" }, inputs: [{ id: i, label: I }], show: [{ label: S, path: $.a }] }]
verification: { code: {} }
goals: [{ id: g, name: G, figure: csat, target: 90%, owner: O }]
reports: [{ id: r, every: day }]
`;
const MINIMAL = BARE.split('\n')
  .filter((line) => /^(version|company|time_zone|tiers|categories|default_category)/.test(line))
  .join('\n');

describe('the reference says what holds when a key is left out', () => {
  const policyOf = (text: string): unknown => {
    const loaded = loadPolicy(text, 'policy.yaml');
    if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
    return loaded.policy;
  };
  const cases = [
    MINIMAL,
    BARE,
    `${MINIMAL}\nrefunds: { currency: EUR }`,
    `${MINIMAL}\nrefunds: { currency: EUR, goodwill: {} }`,
    `${MINIMAL}\ntools: [{ id: t, name: T, request: { address: "https://a.test" } }]`,
  ].flatMap((text) => {
    const [written, policy] = [parse(text) as unknown, policyOf(text)];
    return leftOutKeys(buildPolicyJsonSchema(), [])
      .filter(({ path }) => at(policy, path.slice(0, -1)) !== undefined && at(written, path) === undefined)
      .map(({ path, value }) => ({ key: path.join('.'), value, given: at(policy, path) }));
  });

  it.each(cases)('$key', ({ given, value }) => expect(given).toEqual(value));

  it('for every key with a default', () => {
    const tried = new Set(cases.map(({ key }) => key));
    const all = leftOutKeys(buildPolicyJsonSchema(), [])
      .filter(({ value }) => value !== undefined)
      .map(({ path }) => path.join('.'));
    expect(all.filter((key) => !tried.has(key))).toEqual([]);
  });

  it('what is asked depends on the surveys that are described', () => {
    expect(at(policyOf(MINIMAL), ['default_survey'])).toBe('none');
    expect(at(policyOf(`${MINIMAL}\nsurveys: { csat: { delay: 1h, expires: 1d } }`), ['default_survey'])).toBe('csat');
  });
});

interface LeftOut {
  path: (string | number)[];
  value: unknown;
}

/** Keys that may be left out, with what the schema for editors says holds then. Blocks with defaults of their own: their keys. */
function leftOutKeys(block: PolicyJsonSchema, path: (string | number)[]): LeftOut[] {
  return Object.entries(block.properties ?? {}).flatMap(([key, schema]) => {
    const here = [...path, key];
    const below = schema.items ? leftOutKeys(schema.items, [...here, 0]) : leftOutKeys(schema, here);
    const isBlock = schema.properties !== undefined && JSON.stringify(schema.default) === '{}';
    const isConditional = here.length === 1 && key === 'default_survey';
    const isLeftOut = !(block.required ?? []).includes(key) && !isBlock && !isConditional;
    return [...(isLeftOut ? [{ path: here, value: schema.default }] : []), ...below];
  });
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((here: unknown, step) => (here as Record<string, unknown> | undefined)?.[step], value);
}

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
