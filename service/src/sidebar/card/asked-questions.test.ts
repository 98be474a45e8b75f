import { askedQuestions } from './escalation-card.ts';

const at = new Date('2026-11-24T15:00:00Z');
const asked = (...bodies: string[]) =>
  askedQuestions(bodies.map((body) => ({ byCustomer: false, authorId: null, name: null, at, body }))).map(
    ({ text }) => text,
  );

describe('questions already asked', () => {
  test.each([
    ['sentences that end in a question mark', 'Hello. Which order? Thanks.', ['Which order?']],
    ['each of several in a row', 'Which order? Which size?', ['Which order?', 'Which size?']],
    ['a line without a full stop before it', 'Hi Robin\n\nWhich order?', ['Which order?']],
    [
      'one that a mail program broke',
      'Could you please send us a photo of the damaged zip and the\nlabel?',
      ['Could you please send us a photo of the damaged zip and the label?'],
    ],
    ['none in an address', 'Look at https://shop.test/?order=1 please.', []],
    ['none that is only marks', '???', []],
    ['other scripts', '注文番号は何ですか？ありがとう。', ['注文番号は何ですか？']],
    ['one in quotes', 'He asked “why?”', ['He asked “why?”']],
    ['none in a text without any', 'We are on it.', []],
  ])('include %s', (_, body, expected) => {
    expect(asked(body)).toEqual(expected);
  });

  it('are listed once, despite different spellings', () => {
    expect(asked('Which order is it?', 'which ORDER is it?')).toEqual(['Which order is it?']);
  });

  it('are the newest eight, oldest first', () => {
    const questions = Array.from({ length: 10 }, (_, n) => `Question ${n}?`);
    expect(asked(...questions)).toEqual(questions.slice(2));
  });

  it('are truncated when long', () => {
    const [text] = asked(`${'so '.repeat(200)}what?`);
    expect(text).toHaveLength(240);
    expect(text?.endsWith('…')).toBe(true);
  });
});
