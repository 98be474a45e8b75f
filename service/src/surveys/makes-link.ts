// Finds text that a mail program would turn into a link.
import { createRequire } from 'node:module';
import { LinkifyIt } from 'linkify-it';

// JSON, which Node 20 imports only with a warning.
const tlds = createRequire(import.meta.url)('tlds') as string[];

/** Finds addresses of pages and people without a scheme too, under every top level domain there is, and bare IP addresses. */
const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true }).tlds(tlds);

/** What some programs link whatever stands around it: schemes, `www.`, anything before a path, `@`, shares of Windows. */
const SPELT =
  /:\/\/|\b(?:tel|sms|mailto|callto|skype|facetime|whatsapp|tg|magnet|data|javascript|file|ftp|webcal|bitcoin):\S|\bwww\.|\S@\S|[\p{L}\p{N}]\.\p{L}{2,}[/?#]|\\\\/iu;

/** International, or in groups, 9 to 15 digits in all (ITU-T E.164). An order number in one piece and a date are none. */
const PHONE = /(?<![\d.])(?:\+|00|\()?\d[\d\s().\-/]{7,24}\d(?![\d])/gu;

/** @param line one line; its length must be bounded, for every word of it is looked at */
export function makesLink(line: string): boolean {
  // As browsers read it: full-width letters and the dots of other scripts are the common ones, and invisible characters are nothing.
  const plain = line
    .normalize('NFKC')
    .replace(/[\p{Cf}\u{FE00}-\u{FE0F}]/gu, '')
    .replace(/[\u3002\uFF61]/g, '.');
  return [line, plain].some((text) => linkify.test(text) || SPELT.test(text) || holdsPhone(text));
}

function holdsPhone(text: string): boolean {
  return [...text.matchAll(PHONE)].some(([found]) => {
    const digits = found.replace(/\D/g, '').length;
    if (digits < 9 || digits > 15) return false;
    return /^(?:\+|00)/.test(found) || found.split(/\D+/).filter(Boolean).length >= 3;
  });
}
