// What does Markdown say, block by block?
import { nearestSpelling } from '@deskwright/shared';
import type { GuidanceBlock, Inline, ListItem } from '@deskwright/shared/contract';
import type { MarkedToken, Token, Tokens } from 'marked';
import { plainText, readInline } from './read-inline.ts';
import { type Reading, refuse } from './reading.ts';

/** Deeper than this nothing can be read in a panel 320 px wide. */
const DEEPEST = 6;

/** Blocks the sidebar can show; what it cannot is noted in `reading.problems`. */
export function readBlocks(tokens: readonly Token[], reading: Reading, depth = 1): GuidanceBlock[] {
  return tokens.flatMap((token) => readBlock(token as MarkedToken, reading, depth));
}

function readBlock(token: MarkedToken, reading: Reading, depth: number): GuidanceBlock[] {
  if (depth > DEEPEST) {
    refuse(reading, token.raw, `lists and quotes stand more than ${DEEPEST} deep inside one another`);
    return [];
  }
  switch (token.type) {
    case 'space':
    case 'def':
      return [];
    case 'heading':
      return readHeading(token, reading);
    case 'paragraph':
    case 'text': {
      const text = readInline(token.tokens ?? [], reading);
      return text.length > 0 ? [{ kind: 'paragraph', text }] : [];
    }
    case 'list':
      return [
        { kind: 'list', ordered: token.ordered, items: token.items.map((item) => readItem(item, reading, depth)) },
      ];
    case 'blockquote':
      reading.cursor.seek(token.raw);
      return [{ kind: 'quote', blocks: readBlocks(token.tokens, reading, depth + 1) }];
    case 'code':
      return readReply(token, reading);
    case 'html':
      refuse(reading, token.raw, 'HTML is not shown in the sidebar; write Markdown');
      break;
    case 'table':
      refuse(reading, token.raw, 'a table does not fit into the sidebar; write a list');
      break;
    case 'hr':
      refuse(reading, token.raw, 'a line across is not shown in the sidebar; write a heading: ## Then');
      break;
    default:
      refuse(reading, token.raw, 'this is not shown in the sidebar');
  }
  reading.cursor.pass(token.raw);
  return [];
}

function readHeading(token: Tokens.Heading, reading: Reading): GuidanceBlock[] {
  const offset = reading.cursor.seek(token.raw);
  const text = readInline(token.tokens, reading);
  if (plainText(text).trim() === '') {
    reading.problems.push({ severity: 'error', offset, message: 'a heading without words' });
    return [];
  }
  if (token.depth > 1) return [{ kind: 'heading', level: token.depth === 2 ? 2 : 3, text }];
  if (reading.title !== null) {
    const message = 'a second title; a file has one # heading, and ## for its parts';
    reading.problems.push({ severity: 'error', offset, message });
  }
  reading.title ??= plainText(text).trim();
  return [];
}

function readItem(item: Tokens.ListItem, reading: Reading, depth: number): ListItem {
  const offset = reading.cursor.seek(item.raw);
  // In a list without blank lines the check box stands beside the text, otherwise in it.
  const [first, ...others] = item.tokens.filter(({ type }) => type !== 'checkbox' && type !== 'space');
  const hasText = first?.type === 'text' || first?.type === 'paragraph';
  const text = hasText ? readInline((first as Tokens.Paragraph).tokens ?? [], reading) : [];
  const rest = hasText || first === undefined ? others : [first, ...others];
  if (!item.task && /^\[\s?\w?\s?\](\s|$)/.test(plainText(text))) {
    const message = 'a step is written "- [ ] and its words", with one space between the brackets';
    reading.problems.push({ severity: 'error', offset, message });
  }
  // The id is taken before those of the steps inside: ids are counted from top to bottom.
  const id = item.task ? nextStepId(item, text, offset, reading) : undefined;
  const blocks = readBlocks(rest, reading, depth + 1);
  if (id === undefined) return { kind: 'item', text, blocks };
  return { kind: 'step', id, text, blocks, doneBy: null, doneAt: null };
}

function nextStepId(item: Tokens.ListItem, text: readonly Inline[], offset: number, reading: Reading): string {
  const words = plainText(text);
  if (words.trim() === '') {
    reading.problems.push({ severity: 'error', offset, message: 'a step without words' });
  }
  if (item.checked) {
    const message = 'a step that is ticked in the file; every ticket starts with open steps, so write - [ ]';
    reading.problems.push({ severity: 'warning', offset, message });
  }
  return reading.stepId(words);
}

/** Only canned wording stands in a code block; what is meant for the agent's eyes is a paragraph. */
function readReply(token: Tokens.Code, reading: Reading): GuidanceBlock[] {
  const kind = token.lang?.trim() ?? '';
  if (kind !== 'reply') {
    const didYouMean = kind === '' ? undefined : nearestSpelling(kind, ['reply']);
    const message =
      token.codeBlockStyle === 'indented'
        ? 'a line that is indented by four spaces reads as code; take the spaces away'
        : 'a block between ``` is wording for the reply, and begins with ```reply';
    refuse(reading, token.raw, message, didYouMean === undefined ? {} : { didYouMean });
  } else if (token.text.trim() === '') refuse(reading, token.raw, 'wording for the reply without words');
  else if (!/```\s*$|~~~\s*$/.test(token.raw))
    refuse(reading, token.raw, 'a block of wording is opened here and never closed; write ``` below it');
  reading.cursor.pass(token.raw);
  return [{ kind: 'reply', text: token.text.trim() }];
}
