import { parsePhrase } from './parse-phrase.ts';

const show = (phrase: string) =>
  parsePhrase(phrase).ways.map((way) =>
    way
      .map(
        ({ word, anyBeginning, anyEnding, misspelt }) =>
          `${anyBeginning ? '*' : ''}${word}${anyEnding ? '*' : ''}${misspelt ? '~' : ''}`,
      )
      .join(' '),
  );

describe('parsePhrase', () => {
  it.each([
    ['a word', 'Refund', ['refund']],
    ['a phrase', 'money  back', ['money back']],
    ['any ending', 'refund*', ['refund*']],
    ['any beginning', '*rechnung', ['*rechnung']],
    ['both', '*rechnung*', ['*rechnung*']],
    ['misspellings', 'refund~', ['refund~']],
    ['both, in either order', 'refund~* refund*~', ['refund*~ refund*~']],
    ['marks belong to the word they follow', 'cancel~ my order*', ['cancel~ my order*']],
    ['words with a hyphen as two words and as one', 'my E-Mail*', ['my e mail*', 'my e-mail*']],
    ['many of them all as one or none', 'a-b c-d e-f g-h', ['a b c d e f g h', 'a-b c-d e-f g-h']],
    ['no words joined by numbers', '10-20', ['10 20']],
    ['each character of scripts without spaces', '*退款*', ['退 款']],
    ['exactly, with its capitals', 'exact:US Año', ['US Año']],
    ['marks alone are nothing', '* ~ &', []],
  ])('reads %s', (_, phrase, ways) => {
    expect(show(phrase)).toEqual(ways);
  });

  it.each([
    ['京都', true, true],
    ['*京都', false, true],
    ['京都*', true, false],
    ['id番号', false, true],
    ['kyoto', false, false],
  ])('requires word edges where the script does not mark them: %s', (phrase, beginsWord, endsWord) => {
    expect(parsePhrase(phrase)).toMatchObject({ beginsWord, endsWord });
  });
});
