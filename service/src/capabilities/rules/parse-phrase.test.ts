import { parsePhrase } from './parse-phrase.ts';

const show = (phrase: string) =>
  parsePhrase(phrase).map(({ word, anyEnding, misspelt }) => `${word}${anyEnding ? '*' : ''}${misspelt ? '~' : ''}`);

describe('parsePhrase', () => {
  it.each([
    ['a word', 'Refund', ['refund']],
    ['a phrase', 'money  back', ['money', 'back']],
    ['any ending', 'refund*', ['refund*']],
    ['misspellings', 'refund~', ['refund~']],
    ['both, in either order', 'refund~* refund*~', ['refund*~', 'refund*~']],
    ['marks belong to the word they follow', 'cancel~ my order*', ['cancel~', 'my', 'order*']],
    ['to the last of joined words', 'sign-up*', ['sign', 'up*']],
    ['marks alone are nothing', '* ~ &', []],
  ])('reads %s', (_, phrase, words) => {
    expect(show(phrase)).toEqual(words);
  });
});
