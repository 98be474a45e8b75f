import { proposePhrases } from './propose-phrases.ts';

test('words and phrases are proposed, with numbers in them; numbers alone are not', () => {
  const texts = ['Lindenweg 12', 'Lindenweg 12 34', 'error 404', 'error 404'].map((text) => [text]);

  const phrases = proposePhrases(texts, 2);

  expect(phrases).toEqual(expect.arrayContaining(['lindenweg', 'lindenweg 12', 'error', 'error 404']));
  expect(phrases.filter((phrase) => /^[\d ]+$/.test(phrase))).toEqual([]);
});

const twice = (texts: readonly string[]): string[][] => [...texts, ...texts].map((text) => [text]);

test.each([
  [
    'English',
    ["I'm so upset", 'where is my order', 'Im so upset at it'],
    ['im', 'so', 'where is my', 'i'],
    ['my order'],
  ],
  [
    'German',
    ['die Retoure ist im Paket', 'das ist nicht im Paket', 'welche welcher im Paket'],
    ['im', 'ist', 'welche*'],
    ['im paket'],
  ],
  [
    'French',
    ["j'ai payé dans la boutique", "dans la boutique j'ai payé"],
    ['dans', 'dans la', "j'ai"],
    ['la boutique'],
  ],
  [
    'Spanish',
    ['no puedo entrar en mi cuenta', 'mi cuenta no me deja entrar'],
    ['mi', 'no', 'en mi'],
    ['cuenta', 'mi cuenta'],
  ],
])('function words alone are not proposed, those beside others are: %s', (_, texts, none, some) => {
  const phrases = proposePhrases(twice(texts), 2);

  expect(phrases.filter((phrase) => none.includes(phrase))).toEqual([]);
  expect(phrases).toEqual(expect.arrayContaining(some));
});

test('a function word of another language is proposed where it is none, also beside texts of that language', () => {
  const english = ['the screens die', 'why do the phones die', 'they die in the rain'];
  const german = ['das ist nicht mein Paket', 'wo ist mein Paket', 'ich habe das Paket nicht'];

  expect(proposePhrases(twice(english), 2)).toContain('die');
  expect(proposePhrases(twice([...english, ...german]), 2)).toContain('die');
  expect(proposePhrases(twice([...german, 'wo ist die Post', 'ich habe die Post']), 2)).not.toContain('die');
});
