import { proposePhrases } from './propose-phrases.ts';

test('words and phrases are proposed, with numbers in them; numbers alone are not', () => {
  const texts = ['Lindenweg 12', 'Lindenweg 12 34', 'error 404', 'error 404'].map((text) => [text]);

  const phrases = proposePhrases(texts, 2);

  expect(phrases).toEqual(expect.arrayContaining(['lindenweg', 'lindenweg 12', 'error', 'error 404']));
  expect(phrases.filter((phrase) => /^[\d ]+$/.test(phrase))).toEqual([]);
});
