// Finds links and e-mail addresses in a text.

import type { Cut } from '@deskwright/shared';
import { LinkifyIt, REBuilder } from 'linkify-it';

/** Customers write of top-level domains that no list holds (`shop.internal`), so any is taken; `isBareLink` judges what has no scheme. */
class AnyDomain extends REBuilder {
  override get_tld(): RegExp {
    return /xn--[a-z0-9-]{1,59}|[a-z\u00a1-\uffff]{2,63}/;
  }
}

const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, rebuilder: new AnyDomain() });

/** Cheap: a text without these has neither. */
const MAYBE = /:\/\/|@|[^\s.]\.[^\s.]|\]\(/;
/** Where a Markdown link goes; its words stand in front, in square brackets. */
const MARKDOWN_TARGET = /(?<=\])\((?:[^()\s]|\([^()\s]*\)){1,2000}(?:\s"[^"\n]{0,200}")?\)/g;

/**
 * Endings that are no common word in any language, so `shop.de` is a link while `waited.no` is two words of somebody who leaves out
 * spaces.
 */
const SAFE_ENDINGS = new Set(
  'ae app ar au biz br ca cc ch cl cn co com cz de dev dk edu ee eu example fi fr gg gov gr hk hr hu ie il info int invalid io jp ke kr kz li local localhost lt lu lv ly mil mx net ng nl nz online org ph pk pl pt ro rs ru sg shop sk store su test th tr tv tw ua uk vn xyz za'.split(
    ' ',
  ),
);

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

/** Is `shop.de/returns` a link, and not two words with a dot between? */
function isBareLink(raw: string): boolean {
  const [host = ''] = raw.toLowerCase().split(/[/?#:]/, 1);
  if (host.startsWith('www.')) return true;
  const ending = host.slice(host.lastIndexOf('.') + 1);
  if (SAFE_ENDINGS.has(ending) || ending.startsWith('xn--')) return true;
  const hasPath = raw[host.length] === '/' && raw.length > host.length + 1;
  return ending.length === 2 && (hasPath || /[\d-]/.test(host));
}
