// Finds the blanks in a canned reply that the agent has to fill in.

/** `[day]`: brackets around text with a letter. Not the text of a link, `[shop](https://…)`. */
const BLANK = /\[(?=[^\]\n]{0,59}\p{L})[^[\]\n]{1,60}\](?!\()/gu;

/** As written, with brackets, in order and without duplicates. */
export function findBlanks(text: string): readonly string[] {
  return [...new Set(text.match(BLANK))];
}
