// Writes new triggers, categories and words as a person would write them into a policy file.
import type { Policy } from '@deskwright/shared';
import { parse } from 'yaml';

/** Columns of a line of words. */
const WIDTH = 110;

/** What older YAML reads as true or false. */
const LIKE_BOOLEAN = /^(?:y|n|yes|no|on|off)$/i;

/** A text as a YAML scalar that may stand in brackets; in quotes only where it must be. */
export function scalar(text: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{M}\p{N} '*~_.-]*$/u.test(text) && !text.endsWith(' ') && isPlain(text)) return text;
  return JSON.stringify(text);
}

function isPlain(text: string): boolean {
  if (LIKE_BOOLEAN.test(text)) return false;
  const read: unknown = parse(`[${text}]`);
  return Array.isArray(read) && read.length === 1 && read[0] === text;
}

/** Words separated by commas, on as many lines as they need; further lines begin with `indent` spaces. */
export function wordLines(words: readonly string[], column: number, indent: number): string {
  let text = '';
  let width = column;
  for (const [at, word] of words.map(scalar).entries()) {
    const isLast = at === words.length - 1;
    if (text !== '' && width + word.length + 2 > WIDTH) {
      text = `${text.trimEnd()}\n${' '.repeat(indent)}`;
      width = indent;
    }
    text += isLast ? word : `${word}, `;
    width += word.length + 2;
  }
  return text;
}

/** One trigger of `writeTriggers` as an entry of a list. */
export function triggerLines({ id, title, conditions, actions }: Policy['triggers'][number], indent: number): string {
  const pad = ' '.repeat(indent);
  const lists = (conditions.any ?? []).flatMap((node) => {
    if (!('field' in node) || !Array.isArray(node.value)) throw new Error('Only lists of words are suggested');
    const start = `${pad}          value: [`;
    return [
      `${pad}      - field: ${node.field}`,
      `${pad}        operator: ${node.operator}`,
      `${start.slice(2)}${wordLines(node.value.map(String), start.length - 2, start.length - 2)}]`,
    ];
  });
  const lines = [
    `${pad}- id: ${scalar(id)}`,
    `${pad}  title: ${scalar(title)}`,
    `${pad}  conditions:`,
    `${pad}    any:`,
    ...lists,
    `${pad}  actions: { category: ${scalar(actions.category ?? '')} }`,
  ];
  return `${lines.join('\n')}\n`;
}

export function categoryLine({ id, name, tier }: { id: string; name: string; tier: string }, indent: number): string {
  return `${' '.repeat(indent)}- { id: ${scalar(id)}, name: ${scalar(name)}, tier: ${scalar(tier)} }\n`;
}
