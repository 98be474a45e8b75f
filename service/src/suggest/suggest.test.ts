import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { aPolicy } from '../decide/testing/builders.ts';
import type { LabelledTicket } from './gather-labels.ts';
import { type Suggestion, type SuggestOptions, suggest } from './suggest.ts';
import { aText, otherCompany } from './testing/other-company.ts';

const OPTIONS: SuggestOptions = { seed: 1, heldOut: 0.2, mostTriggers: 60, categoryOf: () => undefined };

const ticketsOf = (texts: Readonly<Record<string, readonly string[]>>): LabelledTicket[] =>
  Object.entries(texts).flatMap(([label, own]) => own.map((text) => ({ facts: aText(text), label })));

const heldOutShare = ({ heldOut }: Suggestion): number => heldOut.after.right / heldOut.after.texts;
const wordsOf = ({ triggers }: Suggestion): string[] =>
  triggers.flatMap(({ trigger }) =>
    (trigger.conditions.any ?? []).flatMap((node) => ('value' in node ? [String(node.value)] : [])),
  );

describe('suggest', () => {
  it.each([
    ['short messages', { seed: 1, tickets: 1_200, categories: 10, noise: 0, filling: 6 }, 0.95],
    ['another company', { seed: 2, tickets: 1_500, categories: 20, noise: 0, filling: 10 }, 0.95],
    ['one label in ten wrong', { seed: 3, tickets: 1_500, categories: 10, noise: 0.1, filling: 6 }, 0.8],
    ['long messages', { seed: 4, tickets: 800, categories: 8, noise: 0.02, filling: 60 }, 0.9],
  ])('sorts tickets that it has not seen: %s', (_, company, least) => {
    const suggestion = suggest(otherCompany(company), aPolicy(), OPTIONS);

    expect(heldOutShare(suggestion)).toBeGreaterThan(least);
    expect(suggestion.triggers.length).toBeLessThanOrEqual(60);
  });

  it('gives the same for the same tickets and seed, and other figures for another seed', () => {
    const tickets = otherCompany({ seed: 5, tickets: 600, categories: 6, noise: 0.05, filling: 5 });
    const once = suggest(tickets, aPolicy(), OPTIONS);

    expect(suggest(tickets, aPolicy(), OPTIONS)).toEqual(once);
    expect(suggest(tickets, aPolicy(), { ...OPTIONS, seed: 2 }).heldOut.after.texts).not.toBe(once.heldOut.after.texts);
  });

  it('keeps to the most triggers it may suggest', () => {
    const tickets = otherCompany({ seed: 6, tickets: 600, categories: 15, noise: 0, filling: 5 });

    expect(suggest(tickets, aPolicy(), { ...OPTIONS, mostTriggers: 7 }).triggers).toHaveLength(7);
  });

  it.each([
    [
      'Japanese',
      ['返金してください', '返金をお願いします', '早く返金してほしい', '返金はいつですか', '返金の手続きを教えて'],
      ['荷物が届きません', '荷物はどこですか', '荷物の配送状況を知りたい', 'まだ荷物が来ない', '荷物を追跡したい'],
    ],
    [
      'Thai',
      ['ขอคืนเงินค่ะ', 'ต้องการคืนเงิน', 'คืนเงินให้ด้วยครับ', 'เมื่อไหร่จะคืนเงิน', 'ขอคืนเงินด่วน'],
      ['พัสดุอยู่ที่ไหน', 'พัสดุยังไม่มา', 'ติดตามพัสดุ', 'พัสดุของฉันหาย', 'พัสดุจะมาถึงเมื่อไหร่'],
    ],
    [
      'Arabic',
      ['أريد استرداد المال', 'كيف أطلب استرداد المبلغ', 'استرداد من فضلك', 'متى يتم استرداد نقودي', 'طلب استرداد'],
      ['أين الطرد', 'لم يصل الطرد بعد', 'تتبع الطرد من فضلك', 'الطرد مفقود', 'متى يصل الطرد'],
    ],
    [
      'German',
      [
        'Ich möchte eine Rückerstattung',
        'Rückerstattung bitte!',
        'wann kommt die Rueckerstattung',
        'RÜCKERSTATTUNG jetzt',
        'Rückerstattung beantragen',
      ],
      ['Wo ist mein Paket', 'Paket nicht angekommen', 'mein Paket fehlt', 'das Paket ist kaputt', 'Paket verfolgen'],
    ],
  ])('learns words of %s', (_, money, parcels) => {
    const repeated = (texts: readonly string[]) => texts.flatMap((text) => [1, 2, 3, 4].map((n) => `${text} ${n}`));
    const suggestion = suggest(ticketsOf({ refund: repeated(money), Parcels: repeated(parcels) }), aPolicy(), {
      ...OPTIONS,
      categoryOf: (label) => (label === 'refund' ? 'refund' : undefined),
    });

    expect(heldOutShare(suggestion)).toBe(1);
    expect(suggestion.newCategories).toEqual([{ id: 'parcels', name: 'Parcels' }]);
  });

  it('counts what it cannot learn from, and takes each text once with its most frequent label', () => {
    const { gathered } = suggest(
      [
        ...ticketsOf({
          refund: ['money back', 'Money  back', 'money back!', ''],
          bug: ['money back', 'it crashed', 'both', '  '],
        }),
        ...ticketsOf({ other: ['both'] }),
        { facts: aText('nobody labelled this'), label: null },
      ],
      aPolicy(),
      OPTIONS,
    );

    expect(gathered).toEqual({ tickets: 10, unlabelled: 1, empty: 2, repeated: 3, contradictory: 2 });
  });

  it('stays silent where it has too little to learn from, and says so', () => {
    const suggestion = suggest(ticketsOf({ rare: ['one of a kind'] }), aPolicy(), { ...OPTIONS, heldOut: 0 });

    expect(suggestion.triggers).toEqual([]);
    expect(suggestion.notLearnt).toEqual([{ category: 'rare', texts: 1 }]);
  });

  it('learns nothing for the default category, which silence gives', () => {
    const tickets = otherCompany({ seed: 7, tickets: 500, categories: 3, noise: 0, filling: 4 });
    const suggestion = suggest(tickets, aPolicy(), {
      ...OPTIONS,
      categoryOf: (label) => (label === 'Topic 0' ? 'other' : undefined),
    });

    expect(new Set(suggestion.triggers.map(({ trigger }) => trigger.actions.category))).toEqual(
      new Set(['topic_1', 'topic_2']),
    );
    expect(heldOutShare(suggestion)).toBeGreaterThan(0.9);
  });
});

describe('suggest, for a policy with triggers', () => {
  const refund = (value: string[], more: object = {}) => ({
    id: 'money',
    title: 'Money',
    conditions: { any: [{ field: 'text', operator: 'includes_any', value }] },
    actions: { category: 'refund', ...more },
  });
  const texts = (words: readonly string[], times: number): string[] =>
    words.flatMap((word) => Array.from({ length: times }, (_, n) => `please ${word} it ${n}`));
  const options: SuggestOptions = { ...OPTIONS, categoryOf: (label) => label };

  it('adds words to the trigger that has them already, instead of a second one', () => {
    const tickets = ticketsOf({ refund: texts(['refund', 'reimburse'], 20), bug: texts(['crashes'], 20) });
    const suggestion = suggest(tickets, aPolicy([refund(['refund'])]), options);

    expect(suggestion.words).toMatchObject([{ triggerId: 'money', words: ['reimburse~'] }]);
    expect(suggestion.triggers.map(({ trigger }) => trigger.actions.category)).toEqual(['bug']);
    expect(heldOutShare(suggestion)).toBe(1);
  });

  it('names triggers that are mostly wrong, and puts new ones above them', () => {
    const tickets = ticketsOf({ refund: texts(['refund'], 30), bug: texts(['crashes', 'freezes'], 30) });
    const suggestion = suggest(tickets, aPolicy([refund(['crashes', 'freezes'])]), options);

    expect(suggestion.retire).toMatchObject([
      { triggerId: 'money', why: 'mostly wrong', right: 0, mostly: 'bug', doesMore: false },
    ]);
    expect(suggestion.place).toBe('before');
    expect(heldOutShare(suggestion)).toBe(1);
  });

  it('names triggers that decide nothing, but not those about what a file of tickets does not say', () => {
    const tickets = ticketsOf({ refund: texts(['refund'], 200), bug: texts(['crashes'], 200) });
    const byBrand = {
      ...refund([]),
      id: 'brand',
      conditions: { all: [{ field: 'brand', operator: 'is', value: 'Z' }] },
    };
    const suggestion = suggest(tickets, aPolicy([refund(['unheard'], { priority: 'high' }), byBrand]), options);

    expect(suggestion.retire).toMatchObject([{ triggerId: 'money', why: 'decides nothing', doesMore: true }]);
  });
});

const MESSAGES = fileURLToPath(new URL('../../../../shared/data/customer-messages.csv', import.meta.url));

(existsSync(MESSAGES) ? describe : describe.skip)('suggest, on real messages', () => {
  it('is right about 95 % of those it has not seen, with at most 60 triggers', () => {
    const rows = parse<{ message: string; category: string }>(readFileSync(MESSAGES), { columns: true });
    const tickets = rows.map(({ message, category }) => ({ facts: aText(message), label: category }));
    const suggestion = suggest(tickets, aPolicy(), OPTIONS);

    expect(heldOutShare(suggestion)).toBeGreaterThan(0.95);
    expect(suggestion.triggers.length).toBeLessThanOrEqual(60);
    expect(wordsOf(suggestion).join()).not.toBe('');
  });
});
