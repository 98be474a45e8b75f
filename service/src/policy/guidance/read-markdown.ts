// Parses the Markdown of a guidance file and reports its problems.
import type { Definition, Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { findOversizedMarkdown } from './find-oversized-markdown.ts';
import { findPlaceholderProblems } from './find-placeholder-problems.ts';
import { createStepIds, type Guidance, type GuidanceProblem, stepsOf } from './guidance.ts';
import { readBlocks } from './read-blocks.ts';
import type { Reading } from './read-inline.ts';

export interface ReadMarkdown {
  /** `title` is null if the file has no `# heading`. Must not be shown if `problems` contains an error. */
  readonly guidance: Omit<Guidance, 'title'> & { readonly title: string | null };
  /** In the order of the file. */
  readonly problems: readonly GuidanceProblem[];
  /** The text that the problems' offsets refer to: line breaks as `
  `, no byte order mark. */
  readonly source: string;
}

/** Reads one file's Markdown (GitHub's, except what a narrow panel cannot show). Never throws. */
export function readMarkdown(text: string): ReadMarkdown {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const problems = findPlaceholderProblems(source);
  if (source.trim() === '') {
    problems.push({ severity: 'error', offset: 0, message: 'the file is empty; write the steps an agent follows' });
  }
  const tooMuch = findOversizedMarkdown(source);
  if (tooMuch !== undefined) {
    return { guidance: { title: null, blocks: [], steps: 0 }, problems: inOrder([tooMuch, ...problems]), source };
  }
  const tree = fromMarkdown(source, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const definitions = new Map<string, Definition>();
  collectDefinitions(tree, definitions);
  const reading: Reading = { source, problems: [], stepId: createStepIds(), definitions, title: null };
  const blocks = readBlocks(tree.children, reading);
  const guidance = { title: reading.title, blocks, steps: stepsOf(blocks).length };
  return { guidance, problems: inOrder([...reading.problems, ...problems]), source };
}

/** If an identifier is defined twice, the first definition counts: https://spec.commonmark.org/0.31.2/#matches */
function collectDefinitions(node: Nodes, found: Map<string, Definition>): void {
  if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
  if ('children' in node) for (const child of node.children) collectDefinitions(child, found);
}

function inOrder(problems: readonly GuidanceProblem[]): GuidanceProblem[] {
  return problems.toSorted((a, b) => a.offset - b.offset);
}
