import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildPhraseFinder } from './phrase-index.ts';

/** One case per line: the language, a rule's word or phrase, a customer's text, and whether the text contains the phrase. */
const file = join(__dirname, '../testing/word-cases.tsv');
const cases = readFileSync(file, 'utf8')
  .replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split('\t'));

it.each(cases)('%s: %s in "%s": %s', (_, rule = '', text = '', found) => {
  expect(buildPhraseFinder([rule])(text) ? 'yes' : 'no').toBe(found);
});
