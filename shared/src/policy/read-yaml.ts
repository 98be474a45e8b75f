// Parses YAML and keeps the position of each part.
import { type Document, isAlias, isNode, isScalar, parseDocument, visit, type YAMLError } from 'yaml';
import { shorten } from './check/check-spelling.ts';
import { explainYamlError } from './explain-yaml-error.ts';
import { findExcess, TOO_DEEP } from './find-excess.ts';
import { type LinePosition, linePositions } from './line-positions.ts';
import { findSlips } from './slips/find-slips.ts';
import type { Slip } from './slips/slip.ts';

/** An error or warning at a position in the text. */
interface TextProblem {
  readonly severity: 'error' | 'warning';
  readonly offset: number;
  readonly message: string;
}

interface YamlText {
  readonly document: Document.Parsed;
  readonly positionOf: (offset: number) => LinePosition;
  /** Plain data without cycles; undefined if the text has an error that may change its meaning. */
  readonly value: unknown;
  readonly problems: readonly TextProblem[];
}

export type ReadYaml = { ok: true; yaml: YamlText } | { ok: false; problem: TextProblem };

/** A policy of a few thousand triggers is far smaller. */
const MOST_CHARACTERS = 2_000_000;

const MOST_SYNTAX_PROBLEMS = 3;

/** How often an alias may be repeated; beyond it a small file becomes a huge one ("billion laughs"). */
const MOST_ALIASES = 100;

/**
 * Parses YAML 1.2 and never throws. Duplicate keys are problems, but the rest is still
 * read; after any other error `value` is undefined.
 */
export function readYaml(text: string): ReadYaml {
  if (text.length > MOST_CHARACTERS) return refuse('the file is larger than 2 MB, which is the limit for a policy');
  const positionOf = linePositions(text);
  const tooMuch = findExcess(text);
  if (tooMuch !== undefined) return refuse(`line ${positionOf(tooMuch.offset).line}: ${tooMuch.message}`);
  try {
    // `error` prevents the parser from printing to the console; the document contains the same messages.
    const document = parseDocument(text, { prettyErrors: false, logLevel: 'error' });
    const faults: YAMLError[] = [...document.errors, ...document.warnings].filter(
      ({ code }) => code !== 'DUPLICATE_KEY',
    );
    const aliases = checkAliases(document);
    const slips = findSlips(text, positionOf);
    const problems = [
      ...(faults.length > 0
        ? explainFaults(faults, slips, positionOf, text)
        : slips.filter(({ isSilent }) => isSilent).map(asWarning)),
      ...aliases,
      ...findDuplicateKeys(document, positionOf),
    ];
    const value: unknown =
      faults.length === 0 && aliases.every(({ severity }) => severity === 'warning')
        ? document.toJS({ maxAliasCount: MOST_ALIASES })
        : undefined;
    // Throws on a block that contains itself through an alias.
    JSON.stringify(value);
    return { ok: true, yaml: { document, positionOf, value, problems } };
  } catch (error) {
    return refuse(explainThrown(error));
  }
}

const asError = ({ offset, message }: Slip): TextProblem => ({ severity: 'error', offset, message });
const asWarning = ({ offset, message }: Slip): TextProblem => ({ severity: 'warning', offset, message });

/**
 * What a person mistyped, where that is known: after it the parser reports errors far below, or other ones. Without a known slip, the
 * parser's first errors, one a line, as one error often makes it report others.
 */
function explainFaults(
  faults: readonly YAMLError[],
  slips: readonly Slip[],
  positionOf: (offset: number) => LinePosition,
  text: string,
): TextProblem[] {
  const lineOf = ({ offset }: { offset: number }) => positionOf(offset).line;
  const followsFrom = slips[0] ? positionOf(contentBefore(text, slips[0].offset)).line : Infinity;
  const firstOfLine = new Map<number, TextProblem>();
  for (const fault of faults.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const problem = asError({ offset: fault.pos[0], message: explainYamlError(fault) });
    if (lineOf(problem) < followsFrom && !firstOfLine.has(lineOf(problem))) firstOfLine.set(lineOf(problem), problem);
  }
  return [...firstOfLine.values(), ...slips.map(asError)].slice(0, MOST_SYNTAX_PROBLEMS);
}

/** The last entry above an offset's line: where an entry stands wrong, the parser often names the one before it. */
function contentBefore(text: string, offset: number): number {
  let end = text.lastIndexOf('\n', offset - 1);
  while (end > 0) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    if (!/^\s*(#|$)/.test(text.slice(start, end))) return start;
    end = start - 1;
  }
  return 0;
}

/** Reported apart, because the rest is still read. */
function findDuplicateKeys(document: Document.Parsed, positionOf: (offset: number) => LinePosition): TextProblem[] {
  const problems: TextProblem[] = [];
  visit(document, {
    Map: (_, map, path) => {
      const first = new Map<string, number>();
      /** From here on the keys may belong to a new entry whose dash is missing. */
      let isNextEntry = false;
      for (const { key } of map.items) {
        if (isNextEntry) break;
        const name = isScalar(key) ? String(key.value) : null;
        const offset = isNode(key) ? (key.range?.[0] ?? 0) : 0;
        if (name === null) continue;
        const line = first.get(name);
        if (line === undefined) first.set(name, positionOf(offset).line);
        else {
          const isEntry =
            path.length > 1 && name === String(isScalar(map.items[0]?.key) ? map.items[0].key.value : null);
          isNextEntry = isEntry && positionOf(offset).line > line;
          const hint = isNextEntry ? ', or write "- " before it if a new entry begins here' : '';
          problems.push(
            asError({
              offset,
              message: `"${shorten(name)}" is defined twice in the same block, first on line ${line}; keep one${hint}`,
            }),
          );
        }
      }
    },
  });
  return problems;
}

/** Aliases of nothing, and anchors that nothing repeats. */
function checkAliases(document: Document.Parsed): TextProblem[] {
  const problems: TextProblem[] = [];
  const anchors = new Map<string, number>();
  const used = new Set<string>();
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.set(node.anchor, node.range?.[0] ?? 0);
        return;
      }
      const name = node.source;
      used.add(name);
      if (anchors.has(name)) return;
      const message = `*${name} is an alias for &${name}, which is not defined above; if you mean a literal *, put the text in quotes`;
      problems.push(asError({ offset: node.range?.[0] ?? 0, message }));
    },
  });
  for (const [name, offset] of anchors) {
    if (used.has(name)) continue;
    const message = `&${name} is an anchor that no *${name} uses; if it is part of the text, put the text in quotes`;
    problems.push(asWarning({ offset, message }));
  }
  return problems;
}

function refuse(message: string): ReadYaml {
  return { ok: false, problem: { severity: 'error', offset: 0, message } };
}

function explainThrown(error: unknown): string {
  if (error instanceof ReferenceError || error instanceof TypeError) {
    return 'an alias (*name) is used too often, or inside the value it repeats; write the value out';
  }
  if (error instanceof RangeError) return TOO_DEEP;
  return `the file cannot be read as YAML: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
}
