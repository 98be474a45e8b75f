// Parses YAML and keeps the position of each part.
import { type Document, isAlias, parseDocument, visit, type YAMLError } from 'yaml';
import { explainYamlError, TAB_AS_INDENT } from './explain-yaml-error.ts';
import { findExcess, TOO_DEEP } from './find-excess.ts';
import { type LinePosition, linePositions } from './line-positions.ts';
import { replaceTabs } from './replace-tabs.ts';

/** An error at a position in the text. */
interface TextProblem {
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
    const { text: indented, tabs, toWritten } = replaceTabs(text, MOST_SYNTAX_PROBLEMS);
    // `error` prevents the parser from printing to the console; the document contains the same messages.
    const document = parseDocument(indented, { prettyErrors: false, logLevel: 'error' });
    const faults: YAMLError[] = [...document.errors, ...document.warnings];
    const problems = [
      ...tabs.map((offset) => ({ offset, message: TAB_AS_INDENT })),
      ...reportedProblems(faults, linePositions(indented), MOST_SYNTAX_PROBLEMS - tabs.length).map((fault) => ({
        offset: toWritten(fault.pos[0]),
        message: explainYamlError(fault, indented),
      })),
      ...findLooseAliases(document).map(({ offset, message }) => ({ offset: toWritten(offset), message })),
    ];
    const isReadable = tabs.length === 0 && problems.length === faults.length && faults.every(isHarmless);
    const value: unknown = isReadable ? document.toJS({ maxAliasCount: MOST_ALIASES }) : undefined;
    // Throws on a block that contains itself through an alias.
    JSON.stringify(value);
    return { ok: true, yaml: { document, positionOf, value, problems } };
  } catch (error) {
    return refuse(explainThrown(error));
  }
}

/**
 * One error often makes the parser report others on the same line and below. Apart from duplicate keys,
 * which affect nothing else, only the first few lines are reported.
 */
function reportedProblems(
  faults: readonly YAMLError[],
  positionOf: (offset: number) => LinePosition,
  most: number,
): YAMLError[] {
  if (faults.every(isHarmless)) return [...faults];
  const firstOfLine = new Map<number, YAMLError>();
  for (const fault of faults.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const { line } = positionOf(fault.pos[0]);
    if (!isHarmless(fault) && !firstOfLine.has(line)) firstOfLine.set(line, fault);
  }
  return [...firstOfLine.values()].slice(0, most);
}

function isHarmless({ code }: YAMLError): boolean {
  return code === 'DUPLICATE_KEY';
}

function findLooseAliases(document: Document.Parsed): TextProblem[] {
  const problems: TextProblem[] = [];
  const anchors = new Set<string>();
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
      } else if (!anchors.has(node.source)) {
        const name = node.source;
        const message = `*${name} stands for a part of the file marked &${name}, and there is none above; if you mean a star, put the text in quotes`;
        problems.push({ offset: node.range?.[0] ?? 0, message });
      }
    },
  });
  return problems;
}

function refuse(message: string): ReadYaml {
  return { ok: false, problem: { offset: 0, message } };
}

function explainThrown(error: unknown): string {
  if (error instanceof ReferenceError || error instanceof TypeError) {
    return 'an alias (*name) is repeated too often, or is part of the value it repeats; write the value out';
  }
  if (error instanceof RangeError) return TOO_DEEP;
  return `the file cannot be read as YAML: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
}
