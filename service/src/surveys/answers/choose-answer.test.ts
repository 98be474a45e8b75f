import fc from 'fast-check';
import { chooseAnswer, type Judged } from './choose-answer.ts';
import { VERDICTS } from './judge.ts';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 12, 0, second));
const sent = (id: number, parts: Partial<Judged> = {}): Judged => ({
  id,
  at: at(id),
  form: `form ${id}`,
  step: null,
  visitor: `visitor ${id}`,
  comment: '',
  ownWords: false,
  used: false,
  byProgram: false,
  resubmission: false,
  verdict: 'doubtful',
  points: 0,
  ...parts,
});
const human = (id: number, parts: Partial<Judged> = {}) =>
  sent(id, { verdict: 'human', points: 4, used: true, ...parts });
const machine = (id: number) => sent(id, { verdict: 'machine', points: -5 });
const words = { comment: 'Slow', ownWords: true };

describe('of the submissions of one invitation', () => {
  test.each<[string, Judged[], number | null]>([
    ['none counts if machines sent them all', [machine(1), machine(2)], null],
    ['a person’s counts, with machines before and after', [machine(1), human(2), machine(3)], 2],
    ['a person’s counts, with doubtful ones before and after', [sent(1), human(2), sent(3)], 2],
    ['a doubtful one counts if there is nothing better', [machine(1), sent(2)], 2],
    ['the earlier of two equally doubtful ones counts', [sent(1), sent(2)], 1],
    ['the less doubtful one counts', [sent(1, { points: -2 }), sent(2)], 2],
    ['a doubtful one without words replaces none with words', [sent(1, words), sent(2, { points: 2 })], 1],
    ['a doubtful one with words replaces one without', [sent(1, { points: 2 }), sent(2, { ...words, points: 1 })], 2],
    ['but not if nothing else speaks for the words', [sent(1, { points: 2 }), sent(2, { ...words, points: -1 })], 1],
    ['words of a program replace none of a browser', [sent(1), sent(2, { ...words, points: 2, byProgram: true })], 1],
    ['nor do they stand if they came first', [sent(1, { ...words, points: 2, byProgram: true }), sent(2)], 2],
    [
      'a person’s with signs of use replaces somebody else’s words without any',
      [sent(1, { ...words, verdict: 'human', points: 4 }), human(2)],
      2,
    ],
    ['and is not replaced by them', [human(1), sent(2, { ...words, verdict: 'human', points: 4 })], 1],
    [
      'what is sent unused from the same network and browser replaces no used page',
      [human(1, { ...words, visitor: 'v' }), sent(2, { comment: 'Slow', visitor: 'v', points: 2 })],
      1,
    ],
    ['a person’s later change counts', [human(1), human(2)], 2],
    ['a person’s later change with other words counts', [human(1, words), human(2, { comment: 'Better' })], 2],
    ['another visitor’s later answer without words replaces none with words', [human(1, words), human(2)], 1],
    ['the same visitor may take the words back', [human(1, { ...words, visitor: 'v' }), human(2, { visitor: 'v' })], 2],
    [
      'the same visitor may change a doubtful one',
      [sent(1, { visitor: 'v', points: 2 }), sent(2, { visitor: 'v' })],
      2,
    ],
    [
      'but a program may not change a browser’s',
      [sent(1, { visitor: 'v', points: 2 }), sent(2, { visitor: 'v', points: -1, byProgram: true })],
      1,
    ],
    [
      'so they may a person’s, with words',
      [human(1, { ...words, visitor: 'v' }), sent(2, { ...words, visitor: 'v', points: 1 })],
      2,
    ],
    ['but not without words', [human(1, { visitor: 'v' }), sent(2, { visitor: 'v', points: 1 })], 1],
    [
      'a person who takes the words back on the page they used has changed their mind',
      [human(1, { ...words, visitor: 'v' }), human(2, { visitor: 'v' })],
      2,
    ],
    [
      'without a sign of use the same network and agent may take words back: the page works without its script',
      [sent(1, { ...words, visitor: 'v' }), sent(2, { visitor: 'v', points: 1 })],
      2,
    ],
    ['a form that is sent again changes nothing', [sent(1), sent(2, { resubmission: true, ...words })], 1],
    [
      'of one form the last step counts, in whatever order they arrive',
      [1, 3, 2].map((step, index) => human(index + 1, { form: 'f', step, visitor: 'v' })),
      2,
    ],
  ])('%s', (_what, list, expected) => {
    expect(chooseAnswer(list)?.id ?? null).toBe(expected);
  });

  test('what an admin chose stands until a person answers later', () => {
    const list = [machine(1), human(2), sent(9)];
    expect(chooseAnswer(list, { submissionId: 1, at: at(5) })?.id).toBe(1);
    expect(chooseAnswer([...list, human(10)], { submissionId: 1, at: at(5) })?.id).toBe(10);
    expect(chooseAnswer(list, { submissionId: null, at: at(5) })?.id).toBe(2);
  });
});

describe('whatever is sent', () => {
  const anySubmission = fc.record({
    second: fc.integer({ min: 0, max: 40 }),
    form: fc.option(fc.constantFrom('a', 'b', 'c')),
    step: fc.option(fc.integer({ min: 1, max: 4 })),
    visitor: fc.constantFrom('home', 'office', 'scanner'),
    comment: fc.constantFrom('', 'Slow', 'Kind'),
    resubmission: fc.boolean(),
    used: fc.boolean(),
    byProgram: fc.boolean(),
    verdict: fc.constantFrom(...VERDICTS),
    points: fc.integer({ min: -6, max: 6 }),
  });
  const anyList = fc.array(anySubmission, { maxLength: 12 }).map((list) =>
    list.map(({ second, ...one }, index) => ({
      ...one,
      id: index + 1,
      at: at(second),
      ownWords: one.comment !== '',
      // A program is never judged to be a person, but for the use of a page.
      byProgram: one.byProgram && (one.used || one.verdict !== 'human'),
    })),
  );
  const counts = ({ verdict, resubmission }: Judged) => verdict !== 'machine' && !resubmission;

  test('there is one answer exactly if something came that a machine did not send', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        const answer = chooseAnswer(list);
        expect(answer !== null).toBe(list.some(counts));
        expect(answer === null || counts(answer)).toBe(true);
      }),
    );
  });

  test('the order of the list does not matter', () => {
    fc.assert(
      fc.property(
        anyList.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
        ([list, shuffled]) => expect(chooseAnswer(shuffled)?.id).toBe(chooseAnswer(list)?.id),
      ),
    );
  });

  test('what machines send changes nothing', () => {
    fc.assert(
      fc.property(anyList, (list) =>
        expect(chooseAnswer(list.filter(({ verdict }) => verdict !== 'machine'))).toBe(chooseAnswer(list)),
      ),
    );
  });

  test('a doubtful answer never replaces a person’s, and one without words none of a used page with words of another visitor', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        const before = chooseAnswer(list);
        const last = sent(99, { at: at(59), visitor: 'stranger' });
        fc.pre(before !== null && (before.verdict === 'human' || (before.ownWords && !before.byProgram)));
        expect(chooseAnswer([...list, last])).toBe(before);
        const bare = { ...last, verdict: 'human' as const, used: true };
        const hasWords = before?.verdict === 'human' && before.used && before.comment !== '';
        expect(chooseAnswer([...list, bare])).toBe(hasWords ? before : bare);
      }),
    );
  });

  test('a form sent without words and use changes nothing of what the form said with words or use', () => {
    const anyBare = anySubmission.map(({ second, ...one }) => ({
      ...one,
      id: 99,
      at: at(second),
      comment: '',
      ownWords: false,
      used: false,
    }));
    fc.assert(
      fc.property(anyList, anyBare, (list, bare) => {
        fc.pre(list.some((one) => counts(one) && one.form === bare.form && (one.ownWords || one.used)));
        fc.pre(bare.form !== null);
        expect(chooseAnswer([...list, bare])).toBe(chooseAnswer(list));
      }),
    );
  });

  test('nothing without words and use replaces somebody else’s words', () => {
    fc.assert(
      fc.property(anyList, anySubmission, (list, one) => {
        const before = chooseAnswer(list);
        fc.pre(before?.ownWords === true && !before.byProgram);
        const bare = {
          ...one,
          id: 99,
          at: at(59),
          form: 'other',
          visitor: 'nobody of the list',
          comment: '',
          ownWords: false,
          used: false,
        };
        expect(chooseAnswer([...list, bare])).toBe(before);
      }),
    );
  });

  test('a person’s later answer with words replaces what counted', () => {
    fc.assert(
      fc.property(anyList, (list) => {
        const later = human(99, { at: at(59), visitor: 'stranger', ...words });
        expect(chooseAnswer([...list, later])?.id).toBe(99);
      }),
    );
  });
});
