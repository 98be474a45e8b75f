// Prints a ticket's texts with the words that conditions saw marked, and a legend.
import { describeCondition } from './describe-reasons.ts';
import type { MarkedWords } from './mark-words.ts';

/** Where they end, the marks of a terminal and plain ones name the conditions: `money back(1,3)`, `[[money back]](1,3)`. */
export type MarkStyle = 'terminal' | 'plain';

/** Underlined words are only of use to somebody who looks at them. `NO_COLOR`: https://no-color.org */
export const markStyle = (stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): MarkStyle =>
  stream.isTTY && !env['NO_COLOR'] ? 'terminal' : 'plain';

const MARK = '\u001B[4;33m';
const DIM = '\u001B[2m';
const END = '\u001B[0m';

/** Lines without the ticket's number. */
export function* printWords({ texts, conditions }: MarkedWords, style: MarkStyle): Generator<string> {
  for (const { name, text, places } of texts) {
    yield `${name.replaceAll('_', ' ')}:`;
    for (const line of mark(text, places, style).split('\n')) yield `  ${line}`;
  }
  if (conditions.length === 0) {
    yield 'No condition saw any of these words.';
    return;
  }
  yield 'Conditions that saw words:';
  for (const { number, triggerId, title, condition } of conditions)
    yield `  ${String(number).padStart(2)}  ${describeCondition(condition)}  trigger "${title}" (${triggerId})`;
}

/** Where places overlap, each stretch is marked with all conditions that saw it. */
export function mark(text: string, places: MarkedWords['texts'][number]['places'], style: MarkStyle): string {
  const edges = [...new Set([0, text.length, ...places.flatMap(({ start, end }) => [start, end])])].toSorted(
    (a, b) => a - b,
  );
  return edges
    .slice(0, -1)
    .map((start, at) => {
      const end = edges[at + 1] ?? text.length;
      const stretch = printable(text.slice(start, end));
      const numbers = places
        .filter((place) => place.start <= start && place.end >= end)
        .flatMap((one) => one.conditions);
      if (numbers.length === 0) return stretch;
      const which = `(${[...new Set(numbers)].toSorted((a, b) => a - b).join(',')})`;
      return style === 'plain'
        ? `[[${stretch}]]${which}`
        : `${stretch
            .split('\n')
            .map((line) => `${MARK}${line}${END}`)
            .join('\n')}${DIM}${which}${END}`;
    })
    .join('');
}

/** A customer's message must not move the terminal's cursor or change its colours. */
const printable = (text: string): string =>
  text.replaceAll(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/gu, (char) => (/[\n\t]/.test(char) ? char : '\uFFFD'));
