// What does a line of Markdown say, piece by piece?
import { shorten } from '@deskwright/shared';
import type { Inline } from '@deskwright/shared/contract';
import type { MarkedToken, Token, Tokens } from 'marked';
import { decodeEntities } from './decode-entities.ts';
import { isSafeHref } from './is-safe-href.ts';
import { type Reading, refuse } from './reading.ts';

/** Emphasis inside emphasis is flattened: the outer one counts, and a link stays a link. */
export function readInline(tokens: readonly Token[], reading: Reading): Inline[] {
  return join(tokens.flatMap((token) => readToken(token as MarkedToken, 'text', reading)));
}

/** What a reader sees, without the marks. */
export function plainText(pieces: readonly Inline[]): string {
  return pieces.map(({ text }) => text).join('');
}

type Kind = Exclude<Inline['kind'], 'link'>;

function readToken(token: MarkedToken, kind: Kind, reading: Reading): Inline[] {
  switch (token.type) {
    case 'text':
      if (token.tokens) return readEach(token.tokens, kind, reading);
      reading.cursor.pass(token.raw);
      return [{ kind, text: decodeEntities(token.text).replace(/\n/g, ' ') }];
    case 'escape':
      reading.cursor.pass(token.raw);
      return [{ kind, text: token.text }];
    case 'br':
      return [{ kind, text: '\n' }];
    case 'codespan':
      reading.cursor.pass(token.raw);
      return [{ kind: 'code', text: token.text }];
    case 'strong':
      return readEach(token.tokens, kind === 'text' ? 'strong' : kind, reading);
    case 'em':
      return readEach(token.tokens, kind === 'text' ? 'emphasis' : kind, reading);
    case 'link':
      return readLink(token, reading);
    case 'checkbox':
      reading.cursor.pass(token.raw);
      return [];
    case 'image':
      refuse(
        reading,
        token.raw,
        'images are not shown in the sidebar; describe it, or link to it: [the picture](https://...)',
      );
      break;
    case 'html':
      refuse(
        reading,
        token.raw,
        `"${shorten(token.raw)}" reads as HTML, which is not shown; write Markdown, or \\< for a plain <`,
      );
      break;
    case 'del':
      refuse(reading, token.raw, 'text that is struck out is not shown; take it away');
      break;
    default:
      refuse(reading, token.raw, 'this is not shown in the sidebar');
  }
  reading.cursor.pass(token.raw);
  return [];
}

function readEach(tokens: readonly Token[], kind: Kind, reading: Reading): Inline[] {
  return tokens.flatMap((token) => readToken(token as MarkedToken, kind, reading));
}

function readLink(token: Tokens.Link, reading: Reading): Inline[] {
  const href = decodeEntities(token.href);
  if (!isSafeHref(href)) {
    const message = `"${shorten(href)}" is no address a link can go to; it begins with https:, http:, mailto: or tel:`;
    refuse(reading, token.raw, message);
  }
  const text = plainText(readEach(token.tokens, 'text', reading));
  reading.cursor.pass(token.raw);
  return [{ kind: 'link', text: text || href, href }];
}

/** Pieces of one kind that follow one another become one. */
function join(pieces: readonly Inline[]): Inline[] {
  const joined: Inline[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last && last.kind !== 'link' && last.kind === piece.kind) {
      joined[joined.length - 1] = { kind: last.kind, text: last.text + piece.text };
    } else if (piece.text !== '') joined.push(piece);
  }
  return joined;
}
