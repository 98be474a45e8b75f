import { editPolicyText, LayoutTooRare } from './edit-policy-text.ts';
import type { PolicyEdits } from './to-edits.ts';

const NOTHING: PolicyEdits = { categories: [], triggers: [], above: null, words: [], removed: [] };
const TRIGGER: PolicyEdits['triggers'][number] = {
  id: 'fees-fee',
  title: 'Fees: fee',
  conditions: { any: [{ field: 'text', operator: 'includes_any', value: ['fee~', "don't charge", 'no'] }] },
  actions: { category: 'fees' },
};
const WRITTEN = `  - id: fees-fee
    title: "Fees: fee"
    conditions:
      any:
        - field: text
          operator: includes_any
          value: [fee~, don't charge, "no"]
    actions: { category: fees }
`;
const FILE = `# Ours.
version: 1
categories:   # what people ask
  - { id: refund,  name: Refund,  tier: t1 }   # money

  - { id: other,   name: Other,   tier: t1 }

triggers: # top to bottom

  # --- Money
  - id: money # old
    title: 'Asks for money'
    conditions: { any: [{ field: text, operator: includes_any, value: ["refund~*", money ] }] }   # words
    actions: {category: refund}
  # The rest.
  - id: late
    title: Late
    conditions:
      all:
        - field: text
          operator: includes_any
          value:
            - late   # too late
            - slow
    actions: {category: other}

views: []
`;

const path = ['any', 0, 'value'];

describe('editPolicyText', () => {
  it.each<[string, Partial<PolicyEdits>, [string, string]]>([
    ['a trigger below all', { triggers: [TRIGGER] }, ['\nviews', `\n${WRITTEN}\nviews`]],
    [
      'a trigger above one, and above its comment',
      { triggers: [TRIGGER], above: 'money' },
      ['  # --- Money', `${WRITTEN}\n  # --- Money`],
    ],
    [
      'words in brackets',
      { words: [{ triggerId: 'money', path, words: ['cash', 'a, b'] }] },
      [', money ]', ', money, cash, "a, b" ]'],
    ],
    [
      'words in lines',
      { words: [{ triggerId: 'late', path: ['all', 0, 'value'], words: ['never came'] }] },
      ['- slow\n', '- slow\n            - never came\n'],
    ],
    [
      'a category',
      { categories: [{ id: 'fees', name: 'Fees', tier: 't1' }] },
      ['Other,   tier: t1 }\n', 'Other,   tier: t1 }\n  - { id: fees, name: Fees, tier: t1 }\n'],
    ],
    [
      'a trigger taken out, with its comment',
      { removed: ['money'] },
      [FILE.slice(FILE.indexOf('  # --- Money'), FILE.indexOf('  # The rest')), ''],
    ],
  ])('changes nothing but %s', (_, edits, [from, to]) => {
    expect(editPolicyText(FILE, { ...NOTHING, ...edits })).toBe(FILE.replace(from, () => to));
  });

  it('makes all changes at once', () => {
    const edited = editPolicyText(FILE, {
      categories: [{ id: 'fees', name: 'Fees', tier: 't1' }],
      triggers: [TRIGGER],
      above: 'money',
      words: [{ triggerId: 'late', path: ['all', 0, 'value'], words: ['never'] }],
      removed: ['money'],
    });

    expect(edited).toContain(WRITTEN);
    expect(edited).toContain('# The rest.');
    expect(edited).not.toContain('# --- Money');
  });

  it.each([
    ['none', 'version: 1'],
    ['an empty list', 'version: 1\ntriggers: []  # none yet\nviews: []\n'],
    ['nothing after the key', 'version: 1\ntriggers:\nviews: []\n'],
    ['Windows line ends', FILE.replaceAll('\n', '\r\n')],
  ])('writes triggers into a file with %s', (_, text) => {
    const edited = editPolicyText(text, { ...NOTHING, triggers: [TRIGGER] });

    expect(edited.replaceAll('\r\n', '\n')).toContain(WRITTEN);
    expect(edited.includes('\r\n')).toBe(text.includes('\r\n'));
  });

  it('wraps long lists of words', () => {
    const value = Array.from({ length: 60 }, (_, n) => `word number ${n}`);
    const [node] = TRIGGER.conditions.any ?? [];
    const edited = editPolicyText(FILE, {
      ...NOTHING,
      triggers: [{ ...TRIGGER, conditions: { any: [{ ...(node as object), value } as never] } }],
    });

    expect(Math.max(...edited.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it.each([
    ['triggers in brackets', 'categories:\n  - { id: a }\ntriggers: [{ id: money }]\n', { triggers: [TRIGGER] }],
    ['a trigger that is elsewhere', FILE, { removed: ['elsewhere'] }],
    ['a place above a trigger that is elsewhere', FILE, { triggers: [TRIGGER], above: 'elsewhere' }],
    ['a list that is shared by an alias', 'triggers:\n  - &a { id: x }\n  - *a\n', { removed: ['x'] }],
  ])('refuses %s', (_, text, edits) => {
    expect(() => editPolicyText(text, { ...NOTHING, ...edits })).toThrow(LayoutTooRare);
  });
});
