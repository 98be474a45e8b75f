// Parses the Markdown of a guidance file into headings, paragraphs, lists of steps, quotes and replies, and reports its problems.

import { nearestSpelling } from '@deskwright/shared';
import type { GuidanceBlock, Inline, ListItem } from '@deskwright/shared/contract';
import type {
  BlockContent,
  Code,
  Definition,
  DefinitionContent,
  Heading,
  ListItem as MarkdownItem,
  Nodes,
  RootContent,
} from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { createStepIds, type Guidance, type GuidanceProblem, stepsOf } from './guidance.ts';
import { findOversizedMarkdown, findPlaceholderProblems } from './guidance-problems.ts';
import { offsetOf, plainText, type Reading, readInline, refuse } from './read-inline.ts';

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
export function readMarkdown(text: string, lookups: readonly string[] = []): ReadMarkdown {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const problems = findPlaceholderProblems(source, lookups);
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

/** A panel 320 px wide cannot show deeper levels legibly. */
const DEEPEST = 6;

/** The blocks that the sidebar can show; everything else is reported in `reading.problems`. */
function readBlocks(nodes: readonly RootContent[], reading: Reading, depth = 1): GuidanceBlock[] {
  return nodes.flatMap((node) => readBlock(node, reading, depth));
}

function readBlock(node: RootContent, reading: Reading, depth: number): GuidanceBlock[] {
  if (depth > DEEPEST) {
    refuse(reading, node, `lists and quotes are nested more than ${DEEPEST} levels deep`);
    return [];
  }
  switch (node.type) {
    case 'definition':
      return [];
    case 'heading':
      return readHeading(node, reading);
    case 'paragraph': {
      const text = readInline(node.children, reading);
      return text.length > 0 ? [{ kind: 'paragraph', text }] : [];
    }
    case 'list': {
      const items = node.children.map((item) => readItem(item, reading, depth));
      return [{ kind: 'list', ordered: node.ordered === true, items }];
    }
    case 'blockquote':
      return [{ kind: 'quote', blocks: readBlocks(node.children, reading, depth + 1) }];
    case 'code':
      return readReply(node, reading);
    case 'html':
      refuse(reading, node, 'HTML is not shown in the sidebar; write Markdown');
      return [];
    case 'table':
      refuse(reading, node, 'a table does not fit into the sidebar; write a list');
      return [];
    case 'thematicBreak':
      refuse(reading, node, 'a horizontal rule is not shown in the sidebar; write a heading, such as ## Then');
      return [];
    case 'footnoteDefinition':
      refuse(reading, node, 'footnotes are not shown in the sidebar; write the note where it belongs');
      return [];
    default:
      refuse(reading, node, 'this is not shown in the sidebar');
      return [];
  }
}

function readHeading(node: Heading, reading: Reading): GuidanceBlock[] {
  const text = readInline(node.children, reading);
  if (plainText(text).trim() === '') {
    refuse(reading, node, 'a heading without text');
    return [];
  }
  if (node.depth > 1) return [{ kind: 'heading', level: node.depth === 2 ? 2 : 3, text }];
  if (reading.title !== null) refuse(reading, node, 'a second title; a file has one # heading, and ## for its parts');
  reading.title ??= plainText(text).trim();
  return [];
}

function readItem(item: MarkdownItem, reading: Reading, depth: number): ListItem {
  const [first, ...others] = item.children;
  const text = first?.type === 'paragraph' ? readInline(first.children, reading) : [];
  const rest: readonly (BlockContent | DefinitionContent)[] = first?.type === 'paragraph' ? others : item.children;
  const isStep = typeof item.checked === 'boolean';
  if (!isStep && /^\[\s?\w?\s?\](\s|$)/.test(plainText(text))) {
    refuse(reading, item, 'a step is written "- [ ] text", with one space between the brackets');
  }
  // Take the id before the nested steps take theirs: ids are counted from top to bottom.
  const id = isStep ? nextStepId(item, text, reading) : undefined;
  const blocks = readBlocks(rest, reading, depth + 1);
  if (id === undefined) return { kind: 'item', text, blocks };
  return { kind: 'step', id, text, blocks, doneBy: null, doneAt: null };
}

function nextStepId(item: MarkdownItem, text: readonly Inline[], reading: Reading): string {
  const words = plainText(text);
  if (words.trim() === '') refuse(reading, item, 'a step without text');
  if (item.checked) {
    const message = 'a step that is ticked in the file; every ticket starts with open steps, so write - [ ]';
    refuse(reading, item, message, { severity: 'warning' });
  }
  return reading.stepId(words);
}

/** Code blocks hold wording for the reply only; text for the agent is a paragraph. */
function readReply(node: Code, reading: Reading): GuidanceBlock[] {
  const written = reading.source.slice(offsetOf(node), node.position?.end.offset);
  const kind = [node.lang, node.meta].filter(Boolean).join(' ');
  if (!/^\s*(?:```|~~~)/.test(written)) {
    const offset = offsetOf(node) + written.search(/\S/);
    refuse(reading, node, 'a line that is indented by four spaces reads as code; remove the spaces', { offset });
  } else if (kind !== 'reply') {
    const didYouMean = kind === '' ? undefined : nearestSpelling(kind, ['reply']);
    const message = 'a block between ``` is wording for the reply and must start with ```reply';
    refuse(reading, node, message, didYouMean === undefined ? {} : { didYouMean });
  } else if (node.value.trim() === '') refuse(reading, node, 'wording for the reply without text');
  else if (!/\n[\s>]*(?:`{3,}|~{3,})\s*$/.test(written)) {
    refuse(reading, node, 'a block of wording is opened here and never closed; write ``` below it');
  }
  return [{ kind: 'reply', text: node.value.trim() }];
}
