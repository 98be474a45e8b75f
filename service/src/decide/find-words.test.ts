import type { Condition } from '@deskwright/shared';
import { compilePolicy } from './compile-policy.ts';
import { findWords } from './find-words.ts';
import { aPolicy, aTicket } from './testing/builders.ts';

const policyOf = (...conditions: Condition[]) =>
  compilePolicy(
    aPolicy(
      conditions.map((condition, at) => ({
        id: `t${at}`,
        title: `Trigger ${at}`,
        conditions: { all: [condition] },
        actions: { add_tags: ['seen'] },
      })),
    ),
  );

/** `text: words` of every place. */
function seen(text: string, ...conditions: Condition[]): string[] {
  const facts = aTicket({ subject: '', description: text, comment: text });
  return findWords(facts, policyOf(...conditions)).flatMap(({ places }) =>
    places.map(({ start, end }) => facts.description.slice(start, end)),
  );
}

const words = (...value: string[]): Condition => ({ field: 'description', operator: 'includes_any', value });
const matches = (value: string): Condition => ({ field: 'description', operator: 'matches', value });

it.each<[string, string, string[], string[]]>([
  ['every occurrence', 'Refund! I want a refund.', ['refund'], ['Refund', 'refund']],
  ['a phrase over a line break', 'my money\n  back please', ['money back'], ['money\n  back']],
  ['misspelt words', 'i need a refnud', ['refund~'], ['refnud']],
  ['hyphens and curly apostrophes', 'It doesn’t work, my e‑mail', ["doesn't", 'email'], ['doesn’t', 'e‑mail']],
  ['letters in front that change their length', 'ﬁne İstanbul ﬁnd my REFUND', ['refund'], ['REFUND']],
  ['marks apart from their letters', 'Wo ist die Ru\u0308ckerstattung?', ['rückerstattung'], ['Ru\u0308ckerstattung']],
  ['German', 'Die Größe paßt nicht', ['groesse'], ['Größe']],
  ['Arabic with marks', 'أُرِيدُ اسْتِرْدَاد المبلغ', ['استرداد'], ['اسْتِرْدَاد']],
  ['Persian with a non-joiner', 'کتاب‌ها نرسید', ['کتاب ها'], ['کتاب‌ها']],
  ['Chinese', '我还没收到退款，请退款', ['退款'], ['退款', '退款']],
  ['half-width Japanese', 'ﾍﾝｷﾝ希望、返金してください', ['返金'], ['返金']],
  ['full-width letters', 'Ｒｅｆｕｎｄ please', ['refund'], ['Ｒｅｆｕｎｄ']],
  ['Thai', 'ขอเงินคืนด้วยค่ะ', ['เงินคืน'], ['เงินคืน']],
  ['emoji with modifiers', 'so angry 😡 and 👍🏽', ['😡', '👍'], ['😡', '👍🏽']],
])('finds %s', (_, text, value, found) => {
  expect(seen(text, words(...value))).toEqual(found);
});

it.each<[string, string, string, string[]]>([
  ['an expression, each match', 'Order AB-12 and ab-34', String.raw`\bab-\d+`, ['AB-12', 'ab-34']],
  ['one behind characters that are left out', 'a\u200Bb ﬁ Rückgabe №7', String.raw`rück\w+`, ['Rückgabe']],
  ['one in Arabic digits', 'طلب ١٢٣٤', String.raw`\d{4}`, ['١٢٣٤']],
])('finds %s', (_, text, source, found) => {
  expect(seen(text, matches(source))).toEqual(found);
});

it('says which condition of which trigger saw them in which text, also one that they kept from holding', () => {
  const facts = aTicket({ subject: 'Refund', description: 'A refund of order 77', comment: 'still no refund' });
  const policy = policyOf(
    { field: 'text', operator: 'includes_any', value: ['refund'] },
    { field: 'comment', operator: 'includes_none', value: ['refund'] },
    { field: 'text', operator: 'matches', value: String.raw`refund\s+a refund` },
    { field: 'text', operator: 'includes_any', value: ['invoice'] },
  );
  expect(findWords(facts, policy)).toMatchObject([
    {
      triggerId: 't0',
      condition: { held: true, saw: ['refund'] },
      places: [
        { text: 'subject', start: 0, end: 6 },
        { text: 'description', start: 2, end: 8 },
      ],
    },
    { triggerId: 't1', condition: { held: false }, places: [{ text: 'comment', start: 9, end: 15 }] },
    {
      triggerId: 't2',
      places: [
        { text: 'subject', start: 0, end: 6 },
        { text: 'description', start: 0, end: 8 },
      ],
    },
  ]);
});
