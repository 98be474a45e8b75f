// Which differences between two spellings of a text does a rule not care about?

const ONLY_ASCII = /^\p{ASCII}*$/u;
const QUOTES = /[\u2018\u2019\u201A\u201B\u2032\u02BC\u00B4\u0060\uFF07]/g;
/** Soft hyphen, zero-width characters, direction marks, variation selectors: nobody sees them, so they part no words. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const INNER_APOSTROPHE = /(?<=[\p{L}\p{N}\p{M}])'(?=[\p{L}\p{N}])/gu;

/** A text as `matches` sees it: Unicode NFKC, curly quotes straight, invisible characters gone. Case is kept. */
export function plainText(text: string): string {
  if (ONLY_ASCII.test(text)) return text.includes('`') ? text.replace(QUOTES, "'") : text;
  return text.replace(QUOTES, "'").replace(INVISIBLE, '').normalize('NFKC');
}

/**
 * Folds a text so that equal words become equal strings: `plainText`, then upper and lower case (which also makes
 * `ß` `ss` and both sigmas one), and an apostrophe inside a word dropped (`don't` and the hurried `dont` are one word).
 */
export function foldText(text: string): string {
  const plain = plainText(text);
  const folded = ONLY_ASCII.test(plain) ? plain.toLowerCase() : plain.toUpperCase().toLowerCase().normalize('NFKC');
  return folded.includes("'") ? folded.replace(INNER_APOSTROPHE, '') : folded;
}
