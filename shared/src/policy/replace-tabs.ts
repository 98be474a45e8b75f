// Finds lines indented with tabs and replaces the tabs with spaces.
import { parseDocument, type YAMLError } from 'yaml';
import { linePositions } from './line-positions.ts';

export interface ReplacedTabs {
  /** The text with spaces in place of wrong tabs; unchanged if there are none. */
  readonly text: string;
  /** The offsets of such tabs in the original text. */
  readonly tabs: readonly number[];
  /** Converts an offset in the corrected text to one in the original text. */
  readonly toWritten: (offset: number) => number;
}

/** Tab stops that editors use. */
const WIDTHS = [2, 4, 8];
const TABBED = /^[ ]*\t[ \t]*/;

/** Attempts per tab: finding the errors, then each possible indentation. */
const READINGS = 1 + 3 + WIDTHS.length;

/** Characters parsed in total, about 0.3 s, during which the service answers no requests. */
const MOST_READ = 600_000;

/**
 * After a tab the parser reports errors for the following lines. Parsed with the spaces that were probably meant, the text shows
 * only the other errors. Tabs that YAML allows (in multi-line text, in brackets) stay.
 * @param most how many tabs are replaced. Each may cost seven parses of the text, so in a text of more than 28,000 characters
 *   fewer are, and in one of more than 85,000 none.
 */
export function replaceTabs(written: string, most: number): ReplacedTabs {
  const before = written.split('\n');
  const affordable = Math.min(most, Math.floor(MOST_READ / (READINGS * written.length)));
  if (affordable === 0 || !before.some((line) => TABBED.test(line)))
    return { text: written, tabs: [], toWritten: (offset) => offset };
  const lines = [...before];
  const replaced: number[] = [];
  while (replaced.length < affordable) {
    const faults = faultsOf(lines);
    const index = findTabbed(lines, faults);
    if (index === -1) break;
    const best = bestIndent(lines, index);
    const isReported = faults.some((fault) => fault.code === 'TAB_AS_INDENT' && lineOf(lines, fault) === index);
    // If the parser does not name the tab, it is the cause only if the text has fewer errors without it.
    if (!isReported && best.faults >= faults.length) break;
    lines[index] = withIndent(lines[index] ?? '', best.indent);
    replaced.push(index);
  }
  const text = lines.join('\n');
  return {
    text,
    tabs: replaced
      .toSorted((a, b) => a - b)
      .map((index) => startOf(before, index) + (before[index] ?? '').indexOf('\t')),
    toWritten: (offset) => {
      const { line, column } = linePositions(text)(offset);
      const longer = (before[line - 1]?.length ?? 0) - (lines[line - 1]?.length ?? 0);
      return startOf(before, line - 1) + Math.max(0, column - 1 + longer);
    },
  };
}

function faultsOf(lines: readonly string[]): YAMLError[] {
  return parseDocument(lines.join('\n'), { prettyErrors: false, logLevel: 'error' }).errors;
}

function lineOf(lines: readonly string[], fault: YAMLError): number {
  return linePositions(lines.join('\n'))(fault.pos[0]).line - 1;
}

/** The first line that begins with a tab and has an error; -1: there is none. */
function findTabbed(lines: readonly string[], faults: readonly YAMLError[]): number {
  const positionOf = linePositions(lines.join('\n'));
  const faulty = new Set(faults.map((fault) => positionOf(fault.pos[0]).line - 1));
  return lines.findIndex((line, index) => TABBED.test(line) && faulty.has(index));
}

/** Like the surrounding lines, or as an editor shows the tab: whichever leaves the fewest errors. */
function bestIndent(lines: readonly string[], index: number): { indent: number; faults: number } {
  const [tabbed = ''] = TABBED.exec(lines[index] ?? '') ?? [];
  const isClean = (line: string) => line.trim() !== '' && !TABBED.test(line);
  const above = indentOf(lines.slice(0, index).findLast(isClean));
  const below = indentOf(lines.slice(index + 1).find(isClean));
  const tries = new Set([below, above, above + 2, ...WIDTHS.map((width) => widthOf(tabbed, width))]);
  let best = { indent: 0, faults: Number.POSITIVE_INFINITY };
  for (const indent of tries) {
    const faults = faultsOf(lines.with(index, withIndent(lines[index] ?? '', indent))).length;
    if (faults < best.faults) best = { indent, faults };
    if (faults === 0) break;
  }
  return best;
}

function indentOf(line = ''): number {
  return line.length - line.trimStart().length;
}

function withIndent(line: string, indent: number): string {
  return ' '.repeat(indent) + line.replace(TABBED, '');
}

function widthOf(indent: string, width: number): number {
  let at = 0;
  for (const char of indent) at = char === '\t' ? (Math.floor(at / width) + 1) * width : at + 1;
  return at;
}

function startOf(lines: readonly string[], index: number): number {
  return lines.slice(0, index).reduce((sum, line) => sum + line.length + 1, 0);
}
