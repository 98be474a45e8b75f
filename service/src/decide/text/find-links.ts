// Finds links and e-mail addresses in a text.

import type { Cut } from '@deskwright/shared';
import { LinkifyIt, REBuilder } from 'linkify-it';

/** Customers mention top-level domains that no list contains (`shop.internal`), so any is accepted; `isBareLink` decides about text without a scheme. */
class AnyDomain extends REBuilder {
  override get_tld(): RegExp {
    return /xn--[a-z0-9-]{1,59}|[a-z\u00a1-\uffff]{2,63}/;
  }
}

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, rebuilder: new AnyDomain() });

/** A cheap check: a text without these contains neither. */
const MAYBE = /:\/\/|@|[^\s.]\.[^\s.]|\]\(/;
/** The target of a Markdown link; its text comes before it, in square brackets. */
const MARKDOWN_TARGET = /(?<=\])\((?:[^()\s]|\([^()\s]*\)){1,2000}(?:\s"[^"\n]{0,200}")?\)/g;

/**
 * Endings that rarely begin a sentence, so `shop.de` is a link, while `waited.no`, `remboursement.il` and `zwrot.co` are two words
 * without a space between them.
 */
const SAFE_ENDINGS = new Set(
  'ae app ar biz br cc ch cl cn com cz de dev dk edu ee eu example fi fr gg gov gr hk hr hu ie info int invalid io jp ke kr kz li local localhost lt lu lv ly mx net ng nl nz online org ph pk pl pt ro rs ru sg shop sk store test th tr tv tw ua uk vn xyz'.split(
    ' ',
  ),
);

/** `Thanks.De`: a capital after a small letter, and the only dot. */
const BEGINS_SENTENCE = /^[^.]*\p{Ll}\.\p{Lu}\p{Ll}*$/u;
/** `shop.com.au`, `shop.co.il`. */
const SECOND_LEVEL = /\.(?:com?|net|org|gov|edu|ac)\.[a-z]{2}$/;

/** In order; linear in the length of the text. */
export function findLinks(text: string): Cut[] {
  if (!MAYBE.test(text)) return [];
  const found = (linkify.match(text) ?? [])
    .filter(({ schema, raw }) => schema !== '' || isBareLink(raw))
    .map(({ schema, index, lastIndex }): Cut => {
      return { kind: schema === 'mailto:' ? 'address' : 'link', start: index, end: lastIndex };
    });
  if (!text.includes('](')) return found;
  const targets = [...text.matchAll(MARKDOWN_TARGET)].map(
    ({ index, 0: raw }): Cut => ({ kind: 'link', start: index, end: index + raw.length }),
  );
  const isIn = (link: Cut) => targets.some(({ start, end }) => link.start >= start && link.end <= end);
  return [...found.filter((link) => !isIn(link)), ...targets].toSorted((a, b) => a.start - b.start);
}

/** Is `shop.de/returns` a link, and not two words with a dot in between? */
function isBareLink(raw: string): boolean {
  const [written = ''] = raw.split(/[/?#:]/, 1);
  const host = written.toLowerCase();
  if (host.startsWith('www.')) return true;
  if (BEGINS_SENTENCE.test(written)) return false;
  const ending = host.slice(host.lastIndexOf('.') + 1);
  if (SAFE_ENDINGS.has(ending) || ending.startsWith('xn--')) return true;
  const hasPath = raw[host.length] === '/' && raw.length > host.length + 1;
  return ending.length === 2 && (hasPath || /[\d-]/.test(host) || SECOND_LEVEL.test(host));
}
