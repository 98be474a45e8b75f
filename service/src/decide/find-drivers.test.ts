// Drivers found in comments, by the same words as triggers: misspelt, in every script, marked.
import { explainDrivers, findDrivers, type Lexicon } from './find-drivers.ts';

const LEXICON: Lexicon = [
  { driver: 'speed', words: { en: ['slow', 'took too long', 'wait*'], es: ['lento', 'tard*'], ja: ['遅い'] } },
  { driver: 'price', words: { en: ['price*', 'expensive~'], ar: ['السعر'], ru: ['дорого'] } },
  { driver: 'nothing', words: { en: [] } },
  { driver: 'kindness', words: { en: ['friendly', 'exact:KIND'] } },
];

test.each([
  ['', []],
  ['All fine', []],
  ['It took  TOO long, and I waited', ['speed']],
  ['Far too expnsive', ['price']],
  ['slower than before', []],
  ['Muy lentó, y tardaron dos días', ['speed']],
  ['対応が遅いです', ['speed']],
  ['غالي: السعر', ['price']],
  ['Слишком дорого', ['price']],
  ['Friendly but slow, and the prices!', ['speed', 'price', 'kindness']],
  ['a kind of answer', []],
])('%s: %j', (comment, drivers) => {
  expect(findDrivers(comment, LEXICON)).toEqual(drivers);
});

test('without a lexicon nothing is found', () => {
  expect(findDrivers('slow', [])).toEqual([]);
});

test('the words that were seen are marked, with their driver and language', () => {
  const comment = 'Slow. Muy lento, slow';
  const { text, seen } = explainDrivers(comment, LEXICON);
  const marked = seen.map(({ driver, language, places }) => [
    driver,
    language,
    places.map(({ start, end }) => text.slice(start, end)),
  ]);
  expect(marked).toEqual([
    ['speed', 'en', ['Slow', 'slow']],
    ['speed', 'es', ['lento']],
  ]);
});
