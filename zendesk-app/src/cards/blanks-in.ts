// Which blanks does a wording leave to be filled in by hand?

/** `[day]`, with a letter in it. Not a link's words, `[shop](https://…)`. */
const BLANK = /\[(?=[^\]]*\p{L})[^[\]\n]{1,60}\](?!\()/gu;

/** As they are written, brackets included, each once, in their order. */
export function blanksIn(wording: string): readonly string[] {
  return [...new Set(wording.match(BLANK))];
}
