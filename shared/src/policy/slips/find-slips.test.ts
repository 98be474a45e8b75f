import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { isScalar, isSeq, parseDocument, stringify, visit } from 'yaml';
import { applySlip, SLIP_KINDS } from '../../../testing/apply-slip.ts';
import { POLICY_TEXT, SIDEBAR_POLICY_TEXT } from '../../../testing/policy-text.ts';
import { saidOf } from '../../../testing/said-of.ts';
import { linePositions } from '../line-positions.ts';
import { loadPolicy } from '../load-policy.ts';
import { findSlips } from './find-slips.ts';

const EXAMPLE = readFileSync(join(process.cwd(), 'config/deskwright.yaml'), 'utf8');
/** With lists of three words: a load takes a third of the time. */
const SHORT_EXAMPLE = withShortLists(EXAMPLE);
const POLICIES = [SIDEBAR_POLICY_TEXT, SIDEBAR_POLICY_TEXT, SIDEBAR_POLICY_TEXT, SHORT_EXAMPLE];

const slipsOf = (text: string) => findSlips(text, linePositions(text));

describe('valid text has no slips', () => {
  test.each([
    ['the example policy', EXAMPLE],
    ['the same with short lists', SHORT_EXAMPLE],
    ['a policy with all keys', SIDEBAR_POLICY_TEXT],
    ['in blocks only', stringify(parseDocument(SIDEBAR_POLICY_TEXT).toJS())],
    ['indented by four', stringify(parseDocument(SIDEBAR_POLICY_TEXT).toJS(), { indent: 4 })],
    ['lists at the depth of their keys', stringify(parseDocument(EXAMPLE).toJS(), { indentSeq: false })],
    ['in brackets only', JSON.stringify(parseDocument(SIDEBAR_POLICY_TEXT).toJS(), null, 2)],
    ['with line ends of Windows', EXAMPLE.replaceAll('\n', '\r\n')],
    ['with long texts folded', stringify(parseDocument(EXAMPLE).toJS(), { lineWidth: 30 })],
    [
      'text of several lines',
      'a: |\n  x: y: z\n   [ "\n  - b\nc: >-\n  it\'s\nd: first\n  second: not\n'.replace(': not', ''),
    ],
    ['a document mark at the top and at the end', `---\n${POLICY_TEXT}...\n`],
    ['quotes over two lines', 'a: "one\n  two"\nb: [\n  "x",\n  y,\n]\nc: { d: e,\n  f: g }\n'],
    ['comments at any depth', 'a:\n      # deep\n  - b # short\n # one in\n  - c\n'],
    ['text that goes on with a brace', 'a: Send\n  {{b}} to\n  [c] now\nd:\n  - e\n    {f} g\n'],
    ['an alias', 'a: &words [b, c]\nd: *words\ne: { f: *words }\n'],
  ])('%s', (_, text) => {
    expect(parseDocument(text).errors).toEqual([]);
    expect(slipsOf(text)).toEqual([]);
  });
});

it('names the line of at least 95 of 100 slips, whatever the slip and wherever it is', () => {
  const missed: string[] = [];
  let made = 0;
  const where = fc.record({
    kind: fc.constantFrom(...SLIP_KINDS),
    policy: fc.constantFrom(...POLICIES),
    place: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  for (const { kind, policy, place } of fc.sample(where, { numRuns: 200, seed: 9 })) {
    const slip = applySlip(kind, policy, (n) => Math.floor(place * n));
    if (!slip) continue;
    const result = loadPolicy(slip.text, 'policy.yaml');
    const problems = result.ok ? result.warnings : result.problems;
    if (result.ok && problems.length === 0 && result.hash === HASHES.get(policy)) continue;
    made++;
    if (!problems.some(({ line }) => slip.lines.includes(line))) missed.push(`${kind.name}, line ${slip.lines[0]}`);
  }
  expect(made).toBeGreaterThan(150);
  expect(missed.length <= made * 0.05 ? [] : missed).toEqual([]);
});

const HASHES = new Map(
  POLICIES.map((text) => {
    const loaded = loadPolicy(text, 'policy.yaml');
    return [text, loaded.ok ? loaded.hash : ''];
  }),
);

function withShortLists(text: string): string {
  const document = parseDocument(text);
  visit(document, {
    Seq: (_, list) => {
      if (isSeq(list) && list.items.every((item) => isScalar(item))) list.items.splice(3);
    },
  });
  return String(document);
}

/** The problems of the small policy with one of its lines changed. */
function saidOfLine(line: string, mistyped: string): string[] {
  if (!SIDEBAR_POLICY_TEXT.includes(`${line}\n`)) throw new Error(`no such line: ${line}`);
  return saidOf(SIDEBAR_POLICY_TEXT.replace(`${line}\n`, () => `${mistyped}\n`));
}

describe('says what was mistyped and what to do', () => {
  test.each([
    [
      'an entry too deep',
      '  - id: warehouse',
      '   - id: warehouse',
      /^line 46, column 4: line 46 is indented by 3 spaces, its neighbours by 2; remove 1 space$/,
    ],
    [
      'an entry not deep enough',
      '    title: Asks for money back',
      '   title: Asks for money back',
      /^line 17, column 4: line 17 is indented by 3 spaces, its neighbours by 4; add 1 space$/,
    ],
    [
      'a key of the top',
      'default_category: other',
      ' default_category: other',
      /^line 14, column 2: line 14 is indented by 1 space, its neighbours by 0; remove 1 space$/,
    ],
    [
      'the first of a list',
      '    - { id: summary, label: Summary }',
      '   - { id: summary, label: Summary }',
      /^line 37, column 4: line 37 is indented by 3 spaces, its neighbours by 4; add 1 space$/,
    ],
    [
      'a dash',
      '  - { id: t2, name: Tier 2, group: Support Tier 2 }',
      '    { id: t2, name: Tier 2, group: Support Tier 2 }',
      /^line 9, column 5: a dash is missing: the entries of this list begin with "- ", so write - \{ id: t2/,
    ],
    [
      'the first dash',
      '  - id: warehouse',
      '    id: warehouse',
      /^line 46, column 5: a dash is missing: .* so write - id: warehouse$/,
    ],
    [
      'a space after a dash',
      '  - id: warehouse',
      '  -id: warehouse',
      /^line 46, column 4: a space is missing after the dash: write - id: warehouse$/,
    ],
    [
      'a space after a colon',
      '  currency: USD',
      '  currency:USD',
      /^line 54, column 3: a space is missing after the colon: write currency: USD$/,
    ],
    ['a colon', '  currency: USD', '  currency USD', /^line 54, column 3: a colon is missing after "currency"$/],
    [
      'a colon in text',
      'tone_of_voice: Warm and plain.',
      'tone_of_voice: Warm: and plain.',
      /^line 31, column 20: there is a second colon after "tone_of_voice:"; put the text in quotes: "Warm: and plain\."$/,
    ],
    [
      'a bracket',
      'promises: [get back to you, let you know]',
      'promises: [get back to you, let you know',
      /^line 60, column 11: the \[ opened on line 60, column 11 is never closed; write \] where it ends$/,
    ],
    [
      'a bracket inside braces',
      '    - { agents: [trainee@northwind.test], per_refund: 0, per_agent_per_day: 0 }',
      '    - { agents: [trainee@northwind.test, per_refund: 0, per_agent_per_day: 0 }',
      /^line 58, column \d+: the \[ opened in column 17 is not closed before this \}; write \] where its entries end$/,
    ],
    [
      'a quote',
      '    - { tier: t1, per_refund: "49.90", per_agent_per_day: 200 }',
      '    - { tier: t1, per_refund: "49.90, per_agent_per_day: 200 }',
      /^line 57, column 31: the " opened on line 57, column 31 is never closed; write " where it ends$/,
    ],
    [
      'a quote inside quotes',
      '    name: Warehouse',
      '    name: "The "big" warehouse"',
      /^line 47, column 17: the " opened in column 11 is closed in column 16, and text follows; write \\" for a quote/,
    ],
    [
      'an apostrophe in single quotes',
      '    name: Warehouse',
      "    name: 'Ana's warehouse'",
      /^line 47, column 16: the ' opened in column 11 is closed in column 15, and text follows; write '' for an apostrophe/,
    ],
    [
      'a tab',
      '    title: Asks for money back',
      '\ttitle: Asks for money back',
      /^line 17, column 1: a tab is used to indent/,
    ],
    [
      'a hash',
      '    name: Warehouse',
      '    name: #1 warehouse',
      /^warning line 47, column 11: # begins a comment, so name has no value; put the text in quotes$/,
    ],
    [
      'a no-break space',
      '    name: Warehouse',
      '\u00a0   name: Warehouse',
      /^line 47, column 1: a no-break space \(U\+00A0\).* replace it with a normal space$/,
    ],
    [
      'a curly quote',
      'promises: [get back to you, let you know]',
      'promises: [\u201cget back to you\u201d, let you know]',
      /^warning line 60, column 12: \u201c is a quote as word processors write it, which YAML takes for text; write "$/,
    ],
    [
      'a second document',
      'views:',
      '---\nviews:',
      /^line 25, column 1: a line of three dashes starts a second document/,
    ],
    ['a line of dots', 'views:', '...\nviews:', /^line 25, column 1: a line of three dots ends the file/],
    [
      'a key that is there already',
      '    group: Warehouse',
      '    group: Warehouse\n    group: Warehouse',
      /^line 49, column 5: "group" is defined twice in the same block, first on line 48; keep one$/,
    ],
  ])('%s', (_, line, mistyped, expected) => {
    expect(saidOfLine(line, mistyped)).toContainEqual(expect.stringMatching(expected));
  });

  test.each([
    [
      'a dash and its space',
      '  - id: bug',
      '  id: bug',
      [/^line \d+, column 3: a dash is missing: .* so write - id: bug$/],
    ],
    [
      'a dash, with the entry at its depth',
      '  - id: bug',
      '    id: bug',
      [/"id" is defined twice in the same block, first on line \d+; keep one, or write "- " before it/],
    ],
    [
      'the indent of a key in an entry',
      '    title: Is a bug',
      '  title: Is a bug',
      [/^line \d+, column 3: line \d+ is indented by 2 spaces, its neighbours by 4; add 2 spaces$/],
    ],
  ])('%s, and nothing that follows from it', (_, line, mistyped, expected) => {
    const said = loadTriggers(TRIGGERS.replace(`${line}\n`, `${mistyped}\n`));
    expect(said).toEqual(expected.map((one) => expect.stringMatching(one)));
  });
});

const TRIGGERS = `triggers:
  - id: money
    title: Is about money
    conditions: { any: [{ field: text, operator: includes_any, value: [money] }] }
    actions: { category: refund }
  - id: bug
    title: Is a bug
    conditions: { any: [{ field: text, operator: includes_any, value: [bug] }] }
    actions: { category: bug }
  - id: late
    title: Is late
    conditions: { any: [{ field: text, operator: includes_any, value: [late] }] }
    actions: { category: refund }
`;

/** The problems of a policy with these triggers. */
const loadTriggers = (triggers: string): string[] =>
  saidOf(POLICY_TEXT.replace(/^triggers:\n(?: .*\n)+/m, () => triggers));
