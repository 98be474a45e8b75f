// Finds what cannot be used in the text of guidance: unknown placeholders, Markdown that would take its parser too long.
import { nearestSpelling, shorten } from '@deskwright/shared';
import { TokenizationError, Tokenizer, TokenKind } from 'liquidjs';
import { type GuidanceProblem, PLACEHOLDER_NAMES } from './guidance.ts';

/** `lookups`: names of the policy's lookups. All unknown placeholders, and all other Liquid syntax; only plain placeholders are filled in. */
export function findPlaceholderProblems(text: string, lookups: readonly string[] = []): GuidanceProblem[] {
  try {
    return new Tokenizer(text).readTopLevelTokens().flatMap(({ kind, begin, input, end }) => {
      if (kind === TokenKind.Tag) {
        const tag = shorten(input.slice(begin, end));
        return [
          errorAt(begin, `"${tag}" is a Liquid tag; guidance fills in plain placeholders only, such as {{ticket.id}}`),
        ];
      }
      return kind === TokenKind.Output ? checkPlaceholder(input.slice(begin, end), begin, lookups) : [];
    });
  } catch (error) {
    if (!(error instanceof TokenizationError)) throw error;
    return [errorAt(error.token.begin, 'a placeholder is opened here and not closed; write it like {{ticket.id}}')];
  }
}

function checkPlaceholder(written: string, offset: number, lookups: readonly string[]): GuidanceProblem[] {
  const name = written.replace(/^\{\{-?\s*|\s*-?\}\}$/g, '');
  const known = [...PLACEHOLDER_NAMES, ...lookups];
  if (known.includes(name)) return [];
  if (name.includes('|')) {
    return [
      errorAt(
        offset,
        `"${shorten(written)}" has a filter; guidance fills in plain placeholders only, such as {{ticket.id}}`,
      ),
    ];
  }
  const didYouMean = nearestSpelling(name, known);
  return [
    {
      ...errorAt(offset, `placeholder "${shorten(name)}" does not exist`),
      allowed: known,
      ...(didYouMean !== undefined && { didYouMean }),
    },
  ];
}

/** In one line: a long paragraph has fewer. */
const MOST_CHARACTERS = 4_000;
/** Between two empty lines. A list of a hundred steps, each with a word in bold and a link, has 900. */
const MOST_MARKS = 1_000;
const MOST_MARKS_IN_ALL = 10_000;
/** Forty printed pages. */
const MOST_LINES = 2_000;
/** A panel can show six levels, which need about thirty leading spaces. */
const MOST_INSIDE = 10;
const MOST_BLANKS = 60;
/** The list and quote marks at the beginning of a line, and the indentation of lines that continue them. */
const OPENING = /^(?:\s*(?:>|(?:[-+*]|\d{1,9}[.)])(?:\s|$)))*\s*/;
const OPENING_MARK = />|[-+*]|\d+[.)]/g;
const MARK = /[*_~`[\]<>!&|\\@]|https?:|www\./g;

/**
 * micromark's time is quadratic in the marks of one paragraph (20 kB of `*a`: 2 s), in the lines of one list, and in the number of
 * lists and quotes. What is found here is an error, and the text is not parsed. Linear; undefined: nothing found. The worst text that
 * passes takes 2 to 3 s, an ordinary page about 20 ms.
 */
export function findOversizedMarkdown(source: string): GuidanceProblem | undefined {
  let start = 0;
  let begins = 0;
  let lines = 0;
  let marks = 0;
  let all = 0;
  for (const line of source.split('\n')) {
    if (line.length > MOST_CHARACTERS) {
      return errorAt(start, `a line of more than ${MOST_CHARACTERS} characters; break it into paragraphs and steps`);
    }
    if (line.trim() === '') {
      begins = start + line.length + 1;
      marks = 0;
    } else {
      const opening = OPENING.exec(line)?.[0] ?? '';
      const openingMarks = opening.match(OPENING_MARK)?.length ?? 0;
      if (openingMarks > MOST_INSIDE || opening.length > MOST_BLANKS) {
        return errorAt(start, 'lists and quotes are nested too deeply');
      }
      const own = openingMarks + (line.slice(opening.length).match(MARK)?.length ?? 0);
      marks += own;
      all += own;
    }
    if (marks > MOST_MARKS) {
      const message = `more than ${MOST_MARKS} characters such as * _ [ without an empty line in between; divide the text with empty lines`;
      return errorAt(begins, message);
    }
    lines += 1;
    if (lines > MOST_LINES) return errorAt(start, `more than ${MOST_LINES} lines; divide the file in two`);
    if (all > MOST_MARKS_IN_ALL) {
      return errorAt(
        start,
        `more than ${MOST_MARKS_IN_ALL} characters such as * _ [ up to here; divide the file in two`,
      );
    }
    start += line.length + 1;
  }
  return undefined;
}

function errorAt(offset: number, message: string): GuidanceProblem {
  return { severity: 'error', offset, message };
}
