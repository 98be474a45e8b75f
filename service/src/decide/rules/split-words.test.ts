import { MAX_WORD_TEXT, splitWords } from '@deskwright/shared';
import fc from 'fast-check';
import { anyCharacter } from '../../../testing/any-character.ts';
import { aText } from '../testing/arbitraries.ts';
import { wordsOf } from '../testing/reference-words.ts';

describe('splitWords', () => {
  it.each([
    ['capital and small letters are the same', 'REFUND Refund', ['refund', 'refund']],
    ['anything but letters and digits parts words', 'sign-up/e_mail, 2.5!', ['sign', 'up', 'e', 'mail', '2', '5']],
    ['an apostrophe within a word counts for nothing', "don't dont Don’t don`t", ['dont', 'dont', 'dont', 'dont']],
    [
      'an apostrophe at the edge of a word parts',
      "'tis the customers' day''s",
      ['tis', 'the', 'customers', 'day', 's'],
    ],
    ['full-width and composed forms are the same', 'Ｍｏｎｅｙ cafe\u0301', ['money', 'cafe']],
    ['sharp s and sigmas are folded', 'Straße STRASSE ΟΔΟΣ οδος', ['strasse', 'strasse', 'οδοσ', 'οδοσ']],
    ['what nobody sees parts nothing', 're\u200bfund re\u00adfund \ufeffhi', ['refund', 'refund', 'hi']],
    ['a character of a script without spaces is a word', '退款please', ['退', '款', 'please']],
    ['the prolonged sound mark is of its script', 'ユーザーid2', ['ゆ', 'ー', 'ざ', 'ー', 'id2']],
    ['so is a picture', 'so 😡😡!', ['so', '😡', '😡']],
    ['letters beyond the first 65,536 are letters', '𝒜b 𐐀𐐁', ['ab', '𐐨𐐩']],
    ['half a pair parts words', 'a\ud83db', ['a', 'b']],
    ['nothing has no words', ' ,. ', []],
  ])('%s', (_, text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it('splits random texts as one regular expression does', () => {
    fc.assert(
      fc.property(fc.oneof(aText, fc.string({ unit: 'grapheme' }), fc.string({ unit: anyCharacter })), (text) => {
        expect(splitWords(text)).toEqual(wordsOf(text));
      }),
    );
  });

  it('reads a limited number of characters', () => {
    expect(splitWords(`${'x'.repeat(MAX_WORD_TEXT)} y`)).toEqual(['x'.repeat(MAX_WORD_TEXT)]);
    expect(splitWords('ﷺ'.repeat(MAX_WORD_TEXT)).join(' ').length).toBeLessThanOrEqual(MAX_WORD_TEXT);
  });
});
