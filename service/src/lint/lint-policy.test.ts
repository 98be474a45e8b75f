import { readFileSync } from 'node:fs';
import { loadPolicy } from '@deskwright/shared';
import { compilePolicy } from '../decide/compile-policy.ts';
import { decide } from '../decide/decide.ts';
import { factsOfExample } from '../decide/prove/example-ticket.ts';
import { buildFindingsReference } from './build-findings-reference.ts';
import type { FindingCode } from './finding-codes.ts';
import { type PlacedFinding, removeEntries, toSarif } from './index.ts';
import { lintPolicy } from './lint-policy.ts';

const HEAD = `version: 1
company: Northwind Outdoor
time_zone: America/New_York
tiers: [{ id: t1, name: Tier 1, group: Support }]
categories:
  - { id: refund, name: Refund, tier: t1 }
  - { id: order, name: Order, tier: t1 }
  - { id: other, name: Other, tier: t1 }
default_category: other
`;
const trigger = (id: string, conditions: string, actions: string): string =>
  `  - id: ${id}\n    title: ${id}\n    conditions: ${conditions}\n    actions: ${actions}\n`;
const words = (...list: string[]): string => `{ field: text, operator: includes_any, value: [${list.join(', ')}] }`;
const REFUND = trigger('refund', `{ any: [${words('"refund*"', 'chargeback')}] }`, '{ category: refund }');
const ORDER = trigger('order', `{ any: [${words('order', 'parcel')}] }`, '{ category: order }');
const policyOf = (...triggers: string[]): string => `${HEAD}triggers:\n${triggers.join('')}`;

function lint(text: string, countPast?: Parameters<typeof lintPolicy>[0]['countPast']): readonly PlacedFinding[] {
  const loaded = loadPolicy(text, 'policy.yaml');
  return lintPolicy({
    policy: loaded.ok ? loaded.policy : null,
    problems: loaded.ok ? loaded.warnings : loaded.problems,
    files: [{ name: 'policy.yaml', text }],
    others: [],
    ...(countPast && { countPast }),
  });
}

/** Without drivers to tick but speed. */
const withLexicon = (...entries: string[]): string =>
  `${policyOf(REFUND, ORDER)}surveys: { page: { drivers: [{ id: speed, name: { en: Speed } }] }, lexicon: [${[
    ...entries,
    ...(entries.some((entry) => entry.includes('driver: speed')) ? [] : ['{ driver: speed, words: { en: [slow] } }']),
  ].join(', ')}] }
`;

const PLANTED: ReadonlyArray<readonly [FindingCode, RegExp, string]> = [
  [
    'trigger-never-fires',
    /^trigger "odd" can never fire/,
    policyOf(
      REFUND,
      ORDER,
      trigger(
        'odd',
        `{ all: [${words('zebra')}, { field: status, operator: less_than, value: open }, { field: status, operator: greater_than, value: open }] }`,
        '{ category: order }',
      ),
    ),
  ],
  [
    'trigger-always-beaten',
    /^whenever trigger "late" fires, "refund" above has set the category first, so it has no effect/,
    policyOf(REFUND, ORDER, trigger('late', `{ all: [${words('"refunds late"')}] }`, '{ category: order }')),
  ],
  [
    'trigger-always-beaten',
    /^whenever trigger "both" fires, "refund" or "order" above have set the category first/,
    policyOf(
      REFUND,
      ORDER,
      trigger(
        'both',
        `{ all: [${words('refunds', 'orders', 'order')}, ${words('parcel', 'refunded')}] }`,
        '{ category: order }',
      ),
    ),
  ],
  [
    'triggers-say-the-same',
    /^trigger "b" fires for exactly the same tickets as "a" above; one trigger/,
    policyOf(
      REFUND,
      ORDER,
      trigger('a', '{ all: [{ field: type, operator: is, value: incident }] }', '{ priority: high }'),
      trigger('b', '{ any: [{ field: type, operator: includes_any, value: [incident] }] }', '{ add_tags: [x] }'),
    ),
  ],
  [
    'condition-never-holds',
    /^status is solved can never hold together with the other conditions of trigger "new"/,
    policyOf(
      REFUND,
      ORDER,
      trigger(
        'new',
        `{ all: [{ field: status, operator: is, value: new }], any: [${words('zebra')}, { field: status, operator: is, value: solved }] }`,
        '{ priority: high }',
      ),
    ),
  ],
  [
    'condition-changes-nothing',
    /^"money back" changes nothing/,
    policyOf(REFUND, ORDER, trigger('money', `{ any: [${words('money', '"money back"')}] }`, '{ priority: high }')),
  ],
  [
    'condition-changes-nothing',
    /^status is_not closed changes nothing/,
    policyOf(
      REFUND,
      ORDER,
      trigger(
        'money',
        `{ all: [${words('money')}, { field: status, operator: is, value: new }, { field: status, operator: is_not, value: closed }] }`,
        '{ priority: high }',
      ),
    ),
  ],
  [
    'word-always-beaten',
    /^"refunds" does nothing here: "refund" above sets the category first/,
    policyOf(REFUND, trigger('order', `{ any: [${words('order', 'refunds')}] }`, '{ category: order }')),
  ],
  [
    'word-in-two-categories',
    /^"screen" is a word of refund in trigger "a" and of order in "b"; a ticket that matches both becomes refund$/,
    policyOf(
      trigger('a', `{ all: [${words('screen')}, ${words('broken', 'cracked')}] }`, '{ category: refund }'),
      trigger('b', `{ all: [${words('screen')}, ${words('late', 'lost')}] }`, '{ category: order }'),
    ),
  ],
  [
    'undecided',
    /^it could not be shown that trigger "pattern" ever fires/,
    policyOf(
      REFUND,
      ORDER,
      trigger(
        'pattern',
        "{ all: [{ field: text, operator: matches, value: 'zebras+' }], none: [{ field: text, operator: matches, value: 'zebra' }] }",
        '{ priority: high }',
      ),
    ),
  ],
  ['category-never-reached', /^no trigger sets category "refund"/, policyOf(ORDER)],
  [
    'category-without-guidance',
    /^category "other" has no guidance/,
    policyOf(REFUND, ORDER).replaceAll(/(id: (?:refund|order), name: \w+,)/g, '$1 guidance: a.md,'),
  ],
  [
    'survey-after-closing',
    /^csat is sent 30d after/,
    `${policyOf(REFUND, ORDER)}surveys: { csat: { delay: 30d, expires: 14d } }\n`,
  ],
  [
    'word-in-two-drivers',
    /^"Delivery" is a word of driver "speed" too/,
    withLexicon('{ driver: speed, words: { en: [delivery] } }', '{ driver: shipping, words: { de: [Delivery] } }'),
  ],
  [
    'word-changes-nothing',
    /^"waiting" changes nothing: driver "speed" is found in the same comments without it/,
    withLexicon('{ driver: speed, words: { en: ["wait*", waiting] } }'),
  ],
  ['driver-without-words', /^driver "speed" has no words/, withLexicon('{ driver: speed, words: { en: [] } }')],
  ['driver-never-reached', /cannot be ticked/, withLexicon('{ driver: shipping, words: {} }')],
  [
    'secret-in-file',
    /^this looks like a Slack token \(xoxb…\)/,
    `${policyOf(REFUND, ORDER)}tone_of_voice: Friendly # xoxb-1234567890-abcdef\n`,
  ],
  [
    'pattern-not-re2',
    /look-ahead/,
    policyOf(
      REFUND,
      trigger('order', "{ all: [{ field: text, operator: matches, value: 'order(?!s)' }] }", '{ category: order }'),
    ),
  ],
  ['tier-without-group', /group is missing/, policyOf(REFUND, ORDER).replace(', group: Support', '')],
  [
    'view-newest-first',
    /^newest_first is not offered/,
    `${policyOf(REFUND, ORDER)}views: [{ title: All, order: newest_first }]\n`,
  ],
];

describe('the linter', () => {
  it.each(PLANTED)('reports %s (%s) once, and nothing else', (code, message, text) => {
    const findings = lint(text);

    expect(findings.map((finding) => [finding.code, finding.message])).toEqual([
      [code, expect.stringMatching(message)],
    ]);
  });

  it.each(['config/deskwright.yaml', 'config/small-team.yaml'])('finds nothing wrong in %s', (file) => {
    const findings = lint(readFileSync(file, 'utf8')).filter(
      ({ severity, code }) => severity !== 'note' || code === 'undecided',
    );

    expect(findings).toEqual([]);
  });

  it('proves that a trigger never fires by the two conditions that exclude one another', () => {
    const [finding] = lint(PLANTED[0]?.[2] ?? '');

    expect(finding?.proof).toEqual(['status less_than open and status greater_than open exclude one another']);
  });

  it('shows a ticket for each trigger or word that is beaten, and the earlier trigger decides it', () => {
    const beaten = PLANTED.filter(([code]) => code.endsWith('beaten')).map(([, , text]) => {
      const loaded = loadPolicy(text, 'policy.yaml');
      const [finding] = lint(text);
      if (!loaded.ok || finding?.example === undefined) return null;
      const { reason } = decide(factsOfExample(finding.example), compilePolicy(loaded.policy)).category;
      return reason.by === 'trigger' ? reason.triggerId : null;
    });

    expect(beaten).toEqual(['refund', 'refund', 'refund']);
  });

  it.each(['shadow', '50%'])(
    'says of no trigger that one with mode %s above always beats it, or decides first',
    (mode) => {
      const found = PLANTED.filter(([code]) => /beaten$|^word-in-two-categories|^triggers-say/.test(code)).flatMap(
        ([, , text]) => lint(text.replaceAll(/ {2}- id: (refund|a)\n/g, `$&    mode: ${mode}\n`)),
      );

      expect(found.filter(({ message }) => /"(refund|a)" .*(above|or)|becomes refund/.test(message))).toEqual([]);
      expect(found.filter(({ code }) => code === 'category-never-reached')).toHaveLength(mode === 'shadow' ? 5 : 0);
    },
  );

  it('notes that only a trigger in shadow sets a category', () => {
    const [found] = lint(policyOf(`${REFUND}    mode: shadow\n`, ORDER));

    expect(found).toMatchObject({
      code: 'category-never-reached',
      severity: 'note',
      message: 'only triggers in shadow set category "refund", so for now only people can choose it',
    });
  });

  it('says of a trigger in shadow that one above always beats it, as it would', () => {
    const text = PLANTED.find(([code]) => code === 'trigger-always-beaten')?.[2] ?? '';

    expect(lint(text.replace('  - id: late\n', '$&    mode: shadow\n')).map(({ code }) => code)).toEqual([
      'trigger-always-beaten',
    ]);
  });

  it('counts past tickets that match both categories, and says nothing where there are none', () => {
    const text = PLANTED.find(([code]) => code === 'word-in-two-categories')?.[2] ?? '';

    expect(lint(text, () => 7).map(({ message }) => message)).toEqual([
      expect.stringMatching(/becomes refund, as 7 past tickets did$/),
    ]);
    expect(lint(text, () => 0)).toEqual([]);
  });

  it('mends what changes nothing, and then finds nothing more', () => {
    const isMended = (text: string): readonly PlacedFinding[] => {
      const paths = lint(text).flatMap(({ remove }) => (remove === undefined ? [] : [remove]));
      return lint(removeEntries(text, paths) ?? '');
    };
    const fixable = PLANTED.filter(([code]) =>
      ['trigger-always-beaten', 'condition-never-holds', 'condition-changes-nothing', 'word-always-beaten'].includes(
        code,
      ),
    );

    expect(fixable.map(([, , text]) => isMended(text))).toEqual(fixable.map(() => []));
  });

  it('does not remove a word whose absence would make it a misspelling of another', () => {
    const text = policyOf(
      REFUND,
      ORDER,
      trigger('a', `{ any: [${words('invite', '"invite now"', 'invoice~')}] }`, '{ priority: high }'),
    );

    expect(lint(text).map(({ code, remove }) => [code, remove])).toEqual([['condition-changes-nothing', undefined]]);
  });

  it('answers for a policy of many triggers that share words', () => {
    const many = Array.from({ length: 300 }, (_, at) =>
      trigger(
        `t${at}`,
        `{ any: [${words(`word${at}`, `word${at + 1}`, `word${(at * 7) % 300}`)}] }`,
        '{ category: order }',
      ),
    );

    expect(lint(policyOf(REFUND, ...many)).length).toBeGreaterThan(100);
  });

  it('writes a SARIF log', () => {
    const log = toSarif(lint(PLANTED[0]?.[2] ?? ''), '1.0.0', process.cwd());

    expect(log).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: { driver: { name: 'deskwright', rules: [{ id: 'trigger-never-fires' }] } },
          results: [
            {
              ruleId: 'trigger-never-fires',
              ruleIndex: 0,
              level: 'warning',
              message: { text: expect.stringContaining('exclude one another') },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'policy.yaml' },
                    region: { startLine: 21, startColumn: 5 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('has a page about each finding', () => {
    expect(readFileSync('docs/reference/findings.md', 'utf8')).toBe(buildFindingsReference());
  });
});
