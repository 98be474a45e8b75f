// Finds where a Markdown text would take its parser too long.
import type { GuidanceProblem } from './guidance-problem.ts';

/** In one line: a paragraph of a whole page has fewer. */
const MOST_CHARACTERS = 4_000;
/** Between two empty lines. A list of a hundred steps, each with a word in bold and a link, has 800. */
const MOST_MARKS = 1_000;
const MOST_MARKS_IN_ALL = 10_000;
/** Twenty lists or quotes that begin on one line; what can be read in a panel is six deep. */
const TOO_DEEP = /^(?:\s*(?:>|[-+*]|\d{1,9}[.)])\s?){20}/;
const MARK = /[*_~`[\]<>!&|\\@]|https?:|www\./g;

/**
 * `marked` takes time by the square of the marks in one paragraph or list (200 kB of `_a`: a minute); so does micromark. What is found
 * here is an error, and the text is not to be parsed. Linear; undefined: nothing is.
 */
export function findTooMuch(source: string): GuidanceProblem | undefined {
  let start = 0;
  let begins = 0;
  let marks = 0;
  let all = 0;
  for (const line of source.split('\n')) {
    if (line.length > MOST_CHARACTERS) {
      const message = `a line of more than ${MOST_CHARACTERS} characters; break it into paragraphs and steps`;
      return { severity: 'error', offset: start, message };
    }
    if (TOO_DEEP.test(line)) {
      return {
        severity: 'error',
        offset: start,
        message: 'lists and quotes stand too deep inside one another to be read',
      };
    }
    if (line.trim() === '') {
      begins = start + line.length + 1;
      marks = 0;
    }
    const own = line.match(MARK)?.length ?? 0;
    marks += own;
    all += own;
    if (marks > MOST_MARKS) {
      const message = `more than ${MOST_MARKS} signs such as * _ [ without an empty line between; part it with empty lines`;
      return { severity: 'error', offset: begins, message };
    }
    if (all > MOST_MARKS_IN_ALL) {
      const message = `more than ${MOST_MARKS_IN_ALL} signs such as * _ [ up to here; part the file in two`;
      return { severity: 'error', offset: start, message };
    }
    start += line.length + 1;
  }
  return undefined;
}
