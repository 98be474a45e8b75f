// Changes the text of a policy file where a suggestion needs it, and leaves every other character as it is.
import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parse,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { PolicyEdits } from './to-edits.ts';
import { categoryLine, triggerLines, wordLines } from './write-yaml.ts';

/** Replaces the text between two positions. */
interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The file is written in a way in which these changes cannot be made without changing its layout. */
export class LayoutTooRare extends Error {
  override readonly name = 'LayoutTooRare';
}

/**
 * The text with the changes made. What is read from it is compared with what was meant.
 * @throws LayoutTooRare when that differs, or when a trigger is not in this file
 */
export function editPolicyText(text: string, edits: PolicyEdits): string {
  const document = parseDocument(text, { lineCounter: new LineCounter() });
  const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
  const splices = [
    ...categorySplices(text, document, edits),
    ...wordSplices(text, document, edits),
    ...triggerSplices(text, document, edits),
  ];
  let edited = text;
  for (const splice of splices.toSorted((a, b) => b.from - a.from || b.to - a.to))
    edited = edited.slice(0, splice.from) + splice.text.replaceAll('\n', lineEnd) + edited.slice(splice.to);
  if (JSON.stringify(valueOf(edited)) !== JSON.stringify(meant(document.toJS() as Json, edits)))
    throw new LayoutTooRare('the file is written in a way in which this cannot be added without changing its layout');
  return edited;
}

/** Undefined: it cannot be read. */
function valueOf(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

type Json = Record<string, unknown>;
type Entries = ReadonlyArray<{ readonly id: string } & Json>;

/** What the file must say afterwards. */
function meant(value: Json, { categories, triggers, above, words, removed }: PolicyEdits): Json {
  const before = ((value['triggers'] ?? []) as Entries).map((trigger) => {
    const own = words.find(({ triggerId }) => triggerId === trigger.id);
    if (own === undefined) return trigger;
    const copy = structuredClone(trigger);
    const list = own.path.reduce<unknown>((at, key) => (at as Json)[String(key)], copy['conditions']);
    (list as unknown[]).push(...own.words);
    return copy;
  });
  const found = before.findIndex(({ id }) => id === above);
  const at = found < 0 ? before.length : found;
  const now = [...before.slice(0, at), ...triggers, ...before.slice(at)].filter(({ id }) => !removed.includes(id));
  return {
    ...value,
    ...(categories.length > 0 && { categories: [...(value['categories'] as Entries), ...categories] }),
    ...((now.length > 0 || 'triggers' in value) && { triggers: now }),
  };
}

function categorySplices(text: string, document: Document, { categories }: PolicyEdits): Splice[] {
  if (categories.length === 0) return [];
  const list = listOf(document, 'categories');
  if (list === undefined || list.flow === true || list.items.length === 0)
    throw new LayoutTooRare('"categories" is not a list with one entry a line in this file');
  const indent = indentOf(text, startOf(list.items[0]));
  const at = endOfEntry(text, list.items.at(-1));
  return [insertion(text, at, categories.map((category) => categoryLine(category, indent)).join(''))];
}

function wordSplices(text: string, document: Document, { words }: PolicyEdits): Splice[] {
  return words.map(({ triggerId, path, words: more }) => {
    const trigger = entryOf(listOf(document, 'triggers'), triggerId);
    const list: unknown = trigger?.getIn(['conditions', ...path]);
    if (!isSeq(list) || list.items.length === 0)
      throw new LayoutTooRare(`the trigger "${triggerId}" is not in this file`);
    const [start, end] = rangeOf(list.items.at(-1));
    if (list.flow === true) {
      const column = end - lineStart(text, end);
      const indent = startOf(list.items[0]) - lineStart(text, startOf(list.items[0]));
      return { from: end, to: end, text: `, ${wordLines(more, column + 2, indent)}` };
    }
    const indent = indentOf(text, start);
    const lines = more.map((word) => `${' '.repeat(indent)}- ${wordLines([word], 0, 0)}\n`);
    return insertion(text, endOfEntry(text, list.items.at(-1)), lines.join(''));
  });
}

function triggerSplices(text: string, document: Document, { triggers, above, removed }: PolicyEdits): Splice[] {
  if (triggers.length === 0 && removed.length === 0) return [];
  const list = listOf(document, 'triggers');
  if (above !== null && entryOf(list, above) === undefined)
    throw new LayoutTooRare(`the trigger "${above}", above which they must stand, is not in this file`);
  const isEmpty = list === undefined || list.items.length === 0;
  if (isEmpty) return [firstTriggers(text, document, triggers)];
  if (list.flow === true) throw new LayoutTooRare('"triggers" is written in brackets in this file');
  const indent = indentOf(text, startOf(list.items[0]));
  const lines = triggers.map((trigger) => triggerLines(trigger, indent)).join('\n');
  const own = above === null ? undefined : entryOf(list, above);
  const at = own === undefined ? endOfEntry(text, list.items.at(-1)) : startOfEntry(text, own);
  const added = own === undefined ? insertion(text, at, `\n${lines}`) : { from: at, to: at, text: `${lines}\n` };
  const cut = removed.map((id): Splice => {
    const entry = entryOf(list, id);
    if (entry === undefined) throw new LayoutTooRare(`the trigger "${id}" is not in this file`);
    const next = list.items[list.items.indexOf(entry) + 1];
    const to = next === undefined ? endOfEntry(text, entry) : startOfEntry(text, next);
    return { from: startOfEntry(text, entry), to, text: '' };
  });
  return triggers.length === 0 ? cut : [added, ...cut];
}

function firstTriggers(text: string, document: Document, triggers: PolicyEdits['triggers']): Splice {
  const lines = triggers.map((trigger) => triggerLines(trigger, 2)).join('\n');
  const pair = isMap(document.contents) ? pairOf(document.contents, 'triggers') : undefined;
  if (pair === undefined) return insertion(text, text.length, `\ntriggers:\n${lines}`);
  const [, keyEnd] = rangeOf(pair.key);
  const [from, to] = isSeq(pair.value) ? rangeOf(pair.value) : [keyEnd + 1, keyEnd + 1];
  const end = lineEndAfter(text, to);
  // A comment on the line stays on it.
  const rest = text.slice(to, end).trimEnd();
  return { from, to: end, text: `${rest}\n${lines}` };
}

const pairOf = (map: YAMLMap, key: string): Pair | undefined =>
  map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);

function listOf(document: Document, key: string): YAMLSeq | undefined {
  const list: unknown = document.get(key);
  return isSeq(list) ? list : undefined;
}

function entryOf(list: YAMLSeq | undefined, id: string): YAMLMap | undefined {
  return list?.items.filter(isMap).find((entry) => entry.get('id') === id);
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = (node as { readonly range?: readonly [number, number, number] | null } | null | undefined)?.range;
  if (!range) throw new LayoutTooRare('a part of the file has no place of its own');
  return [range[0], range[1]];
}
const startOf = (node: unknown): number => rangeOf(node)[0];

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;
const lineEndAfter = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
};

/** The column of the dash of an entry. */
function indentOf(text: string, at: number): number {
  const start = lineStart(text, at);
  const dash = /^\s*-/.exec(text.slice(start, at))?.[0];
  if (dash === undefined) throw new LayoutTooRare('an entry does not begin on a line of its own');
  return dash.length - 1;
}

/** The start of an entry's first line, or of the comments right above it. */
function startOfEntry(text: string, node: unknown): number {
  let start = lineStart(text, startOf(node));
  for (;;) {
    const above = lineStart(text, start - 1);
    if (start === 0 || !/^\s*#/.test(text.slice(above, start))) return start;
    start = above;
  }
}

/** The start of the line after an entry. */
function endOfEntry(text: string, node: unknown): number {
  const [, end] = rangeOf(node);
  return text[end - 1] === '\n' ? end : lineEndAfter(text, end);
}

const insertion = (text: string, at: number, lines: string): Splice => ({
  from: at,
  to: at,
  text: at === text.length && at > 0 && !text.endsWith('\n') ? `\n${lines}` : lines,
});
