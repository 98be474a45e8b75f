// Adds typing errors to a text.
import { between, pick, type Random } from '../random.ts';

const USUAL: readonly (readonly [RegExp, string])[] = [
  [/\breceived?\b/gi, 'recieve'],
  [/\baddress\b/gi, 'adress'],
  [/\bbecause\b/gi, 'becuase'],
  [/\bdelivery\b/gi, 'delivary'],
  [/\bdefinitely\b/gi, 'definately'],
  [/\bpackage\b/gi, 'pakage'],
  [/\bthe\b/, 'teh'],
  [/\bplease\b/gi, 'plz'],
  [/\byou\b/gi, 'u'],
  [/\byour\b/gi, 'ur'],
  [/\bwith\b/gi, 'wiht'],
  [/\bpossible\b/gi, 'posible'],
  [/\bdifferent\b/gi, 'diffrent'],
  [/\bwarranty\b/gi, 'waranty'],
  [/\binvoice\b/gi, 'invoce'],
  [/\bthanks\b/gi, 'thx'],
];

/** How many typing errors a person makes, from 0 (none) to 1. */
export type Carelessness = number;

/** The text with the slips of its writer: usual misspellings, swapped, lost and doubled letters, lost capitals. */
export function misspell(text: string, carelessness: Carelessness, random: Random): string {
  let typed = text;
  for (const [word, slip] of USUAL) {
    if (random() < carelessness * 0.4) typed = typed.replace(word, slip);
  }
  typed = typed
    .split(' ')
    .map((word) => (word.length > 4 && random() < carelessness * 0.09 ? slipIn(word, random) : word))
    .join(' ');
  if (random() < carelessness * 0.6) typed = typed.toLowerCase();
  if (random() < carelessness * 0.5) typed = typed.replaceAll("'", '');
  return typed;
}

/** Numbers and codes are copied, not typed: they stay as they are. */
function slipIn(word: string, random: Random): string {
  if (!/^[a-z]+[.,!?]*$/i.test(word)) return word;
  const at = between(random, 1, word.length - 3);
  const [a = '', b = ''] = word.slice(at, at + 2);
  return pick(random, [
    word.slice(0, at) + b + a + word.slice(at + 2),
    word.slice(0, at) + word.slice(at + 1),
    word.slice(0, at) + a + word.slice(at),
  ]);
}
