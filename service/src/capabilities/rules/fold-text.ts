// Which differences between two spellings of a text does a rule not care about?

const BEYOND_ASCII = /[\u0080-\uffff]/;
const QUOTES = /[\u2018\u2019\u201A\u201B\u2032\u02BC\u00B4\u0060\uFF07]/g;
/** Soft hyphen, zero-width characters, direction marks, variation selectors: nobody sees them, so they part no words. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** A text as `matches` sees it: Unicode NFKC, curly quotes straight, invisible characters gone. Case is kept. */
export function plainText(text: string): string {
  if (BEYOND_ASCII.test(text)) return text.replace(QUOTES, "'").replace(INVISIBLE, '').normalize('NFKC');
  return text.includes('`') ? text.replaceAll('`', "'") : text;
}

/**
 * Folds a text so that equal words become equal strings: `plainText`, then upper and lower case, which also makes
 * `ß` `ss` and both sigmas one.
 */
export function foldText(text: string): string {
  if (BEYOND_ASCII.test(text)) return plainText(text).toUpperCase().toLowerCase().normalize('NFKC');
  const small = text.toLowerCase();
  return small.includes('`') ? small.replaceAll('`', "'") : small;
}
