// Checks the tests of a policy: what they name exists, and each expects something.
import { CUSTOM_FIELD_PATTERN, FIELD_NAMES, SOLVE_FIELD_NAMES } from '../condition-fields.ts';
import { errorAt, type Finding, type PolicyPath } from '../finding.ts';
import { nearestSpelling } from '../nearest-spelling.ts';
import { type Block, type Entry, entriesAt, isBlock, textsAt, valueAt } from '../value-at.ts';
import { shorten, unknownWord } from './check-spelling.ts';
import { meantField } from './zendesk-spellings.ts';

/** The fields of a ticket that a test may give: those of conditions, but for those that are made of others. */
const TICKET_FIELDS: readonly string[] = FIELD_NAMES.filter((name) => name !== 'text' && name !== 'full_text');
/** What else a test gives: what became of the ticket, who looks at it, and what they refund. */
const OTHER_FIELDS: readonly string[] = [
  ...SOLVE_FIELD_NAMES.filter((name) => name !== 'category' && name !== 'tier'),
  'agent',
  'agent_tier',
  'refund',
  'refunded_today',
  'agent_role',
  'payment',
  'refunded_on_ticket',
  'refunded_to_customer',
  'customer_verified',
  'same_refund_before',
];
const GIVEN_FIELDS: readonly string[] = [...TICKET_FIELDS, ...OTHER_FIELDS];

/** Accepts unvalidated values, so that these problems are reported together with those of the schema. */
export function checkTests(policy: unknown): Finding[] {
  const tests = entriesAt(policy, ['tests']);
  if (tests.length === 0) return [];
  const known = {
    category: textsAt(policy, ['categories'], 'id'),
    tier: textsAt(policy, ['tiers'], 'id'),
    trigger: [...textsAt(policy, ['triggers'], 'id'), 'none'],
  };
  return [
    ...checkNames(tests),
    ...tests.flatMap(({ entry, path }) => {
      const given = isBlock(entry['given']) ? entry['given'] : {};
      const expected = isBlock(entry['expect']) ? entry['expect'] : undefined;
      return [
        ...checkGiven(given, [...path, 'given'], known.tier),
        ...(expected ? checkExpected(expected, [...path, 'expect'], known) : []),
        ...(expected ? checkCriteria(policy, expected, [...path, 'expect', 'escalation_criteria']) : []),
        ...checkExpectedDrivers(policy, given, expected ?? {}, path),
        ...checkRefunds(policy, given, expected ?? {}, path),
      ];
    }),
  ];
}

function checkNames(tests: readonly Entry[]): Finding[] {
  const seen = new Map<string, number>();
  return tests.flatMap(({ entry: { name }, path }, index) => {
    if (typeof name !== 'string') return [];
    const first = seen.get(name);
    if (first !== undefined)
      return [
        errorAt([...path, 'name'], `test "${shorten(name)}" is already used by entry ${first + 1} of tests`, {
          other: ['tests', first],
        }),
      ];
    seen.set(name, index);
    return [];
  });
}

function checkGiven(given: Block, path: PolicyPath, tiers: readonly string[]): Finding[] {
  const { via, channel, created_hours_ago: age, waiting_hours: waits, agent_tier: tier } = given;
  const unknown = Object.keys(given).filter((key) => !GIVEN_FIELDS.includes(key) && !CUSTOM_FIELD_PATTERN.test(key));
  return [
    ...unknown.map((key) => unknownField(key, path)),
    ...(via !== undefined && channel !== undefined
      ? [errorAt([...path, 'channel'], 'channel is the same as via; remove one of them', { at: 'key' })]
      : []),
    ...(typeof age === 'number' && typeof waits === 'number' && waits > age
      ? [errorAt([...path, 'waiting_hours'], 'a customer cannot wait longer than the ticket exists')]
      : []),
    ...(typeof tier === 'string' && !tiers.includes(tier)
      ? [unknownWord('tier', tier, tiers, [...path, 'agent_tier'])]
      : []),
  ];
}

function unknownField(key: string, path: PolicyPath): Finding {
  const plain = meantField(key) ?? key.toLowerCase();
  const asText = plain === 'text' || plain === 'full_text';
  const meant = asText ? 'description' : plain === key ? nearestSpelling(key, GIVEN_FIELDS) : plain;
  const why = asText ? '; write what the customer wrote under subject and description' : '';
  return errorAt([...path, key], `"${shorten(key)}" is not a field of a test${why}`, {
    at: 'key',
    allowed: [...GIVEN_FIELDS, 'custom_field:<id>'],
    ...(meant !== undefined && { didYouMean: meant }),
  });
}

function checkExpected(
  expected: Block,
  path: PolicyPath,
  known: Readonly<Record<'category' | 'tier' | 'trigger', readonly string[]>>,
): Finding[] {
  if (Object.keys(expected).length === 0)
    return [errorAt(path, 'expect is empty; add at least one key, such as category')];
  return (['category', 'tier', 'trigger'] as const).flatMap((key) => {
    const name = expected[key];
    return typeof name === 'string' && !known[key].includes(name)
      ? [unknownWord(key, name, known[key], [...path, key])]
      : [];
  });
}

function checkCriteria(policy: unknown, expected: Block, path: PolicyPath): Finding[] {
  const wanted = expected['escalation_criteria'];
  if (!Array.isArray(wanted)) return [];
  const all = entriesAt(policy, ['escalation', 'criteria']).flatMap(({ path: at }) =>
    entriesAt(policy, [...at, 'when']).map(({ entry }) => entry),
  );
  const texts = all.flatMap(({ text }) => (typeof text === 'string' ? [text] : []));
  return wanted.flatMap((text: unknown, index): Finding[] => {
    if (typeof text !== 'string') return [];
    const found = all.filter((criterion) => criterion['text'] === text);
    if (found.length === 0) return [unknownWord('criterion', text, texts, [...path, index])];
    if (found.some(({ conditions }) => conditions !== undefined)) return [];
    return [
      errorAt(
        [...path, index],
        `criterion "${shorten(text)}" has no conditions, so a test cannot evaluate it; add conditions or remove it here`,
      ),
    ];
  });
}

const MONEY = [
  ['given', 'refund'],
  ['given', 'refunded_today'],
  ['given', 'payment'],
  ['given', 'refunded_on_ticket'],
  ['given', 'refunded_to_customer'],
  ['expect', 'refund_limit'],
  ['expect', 'refund'],
  ['expect', 'refund_rule'],
] as const;

function checkRefunds(policy: unknown, given: Block, expected: Block, path: PolicyPath): Finding[] {
  const written = MONEY.filter(([block, key]) => (block === 'given' ? given : expected)[key] !== undefined);
  if (valueAt(policy, ['refunds']) === undefined)
    return written.map(([block, key]) =>
      errorAt([...path, block, key], `${key} needs refunds.limits, which the policy does not define`, { at: 'key' }),
    );
  const judged = (['refund', 'refund_rule'] as const).find((key) => expected[key] !== undefined);
  if (judged === undefined || given['refund'] !== undefined) return [];
  return [errorAt([...path, 'expect', judged], 'given has no refund; add its amount as refund', { at: 'key' })];
}

/** Of one test: drivers that the lexicon does not have, and none of whose words could be read. */
function checkExpectedDrivers(policy: unknown, given: Block, expected: Block, path: PolicyPath): Finding[] {
  const { drivers } = expected;
  if (!Array.isArray(drivers)) return [];
  const known = textsAt(policy, ['surveys', 'lexicon'], 'driver');
  const own = [...path, 'expect', 'drivers'];
  if (known.length === 0)
    return [errorAt(own, 'drivers needs surveys.lexicon, which the policy does not define', { at: 'key' })];
  if (given['comment'] === undefined && given['description'] === undefined)
    return [errorAt(own, 'given has no comment to read; add what the customer wrote as comment', { at: 'key' })];
  return drivers.flatMap((driver: unknown, at) =>
    typeof driver === 'string' && !known.includes(driver) ? [unknownWord('driver', driver, known, [...own, at])] : [],
  );
}
