// Tells from a server's refusal whether the address itself is gone, or only this mail was not taken.

/**
 * RFC 3463: bad address (5.1.x), mailbox disabled (5.2.1), no such host (5.4.4, Exchange's 5.4.310). Not those of 5.1.x that are about the sender: 5.1.7 and 5.1.8,
 * Exchange's 5.1.20 (Reply-To) and 5.1.90 (its daily limit).
 */
const GONE = /^5\.(?:1\.(?!(?:7|8|20|90)$)\d+|2\.1|4\.(?:4|310))$/;
/** The sender (see above), full (5.2.2), too large (5.2.3, 5.3.4), a loop (5.4.6), expired (5.4.7): never about the address. */
const PASSING = /^5\.(?:1\.(?:7|8|20|90)|2\.[23]|3\.4|4\.[67])$/;

/** What servers say of an address that does not exist, in English wherever they stand (SMTP replies are not translated). */
const GONE_WORDS =
  /(?:user|address|recipient|mailbox|account) (?:is )?unknown|unknown (?:user|recipient|local.part)|no such (?:user|mailbox|recipient|person|address)|(?:mailbox|recipient|address|account|user)\b.{0,60}(?:does ?n[o']t exist|not exist|not found|not listed in|unavailable|inactive|disabled|deactivated|no longer (?:exist|valid|available|active|in use))|(?:mailbox|address|account|user)(?: (?:has|is|was|has been))? (?:expired|closed|deleted)|no valid recipient|user does ?n[o']t have an? .{1,60} account|invalid (?:recipient|mailbox|address)|no mailbox here|unknown (?:host|domain)\b|domain (?:name )?does ?n[o']t exist|host (?:or domain name )?not found|unrouteable address|recipient address rejected: access denied|recipientnotfound/i;
/** The same words stand in refusals of the sender or of the content. */
const REFUSED_WORDS =
  /\b(?:spam|blocked|blacklist|block list|reputation|policy|spf|dkim|dmarc|full|too large|rate limit|greylist)/i;
/** Of this mail, this day or this sender, whatever the status says. */
const PASSING_WORDS =
  /quota|mailbox (?:is )?full|is full|out of storage|at a rate that|temporar|\bsender\b.{0,40}(?:rejected|refused|denied)|\bsender(?:'s)? (?:domain|verif)|domain (?:name )?of (?:the )?sender|client host|blocked using|\bblock(?:ed)?[- ]?list|blacklist|\b(?:dnsbl|rbl)\b|(?<!not )\blisted (?:at|by|in|on)\b|\bwill (?:be retried|retry|keep (?:on )?trying|continue (?:to try|trying))/i;
/** Its host is named by those who only refuse the sender. */
const LIST_HOST = /\bspamhaus\./i;

const ADDRESS = /[<(]?[^\s<>()"',:;]{1,64}@[^\s<>()"',:;]{1,255}[>)]?/g;
const HOST = /(?:[\p{L}\p{N}_-]{1,63}\.){1,20}\p{L}{2,24}\b/gu;
/** Replies of SMTP (RFC 5321), which servers also give without an enhanced status. */
const TEMPORARY_REPLY = /(?<![\w.,@-])4[0-5]\d(?![\w.,])/;
export const PERMANENT_REPLY = /(?<![\w.,@-])5[0-5]\d(?![\w.,])|(?<![\w.])5\.\d{1,3}\.\d{1,3}\b(?!\.)/;

/** Whether a server's words say that the address does not exist, whatever else they say. */
export const saysGone = (said: string): boolean => GONE_WORDS.test(said);

/** @param status enhanced status code; null: none was told. @param said the reply of the server that refused */
export function isAddressGone(status: string | null, said: string): boolean {
  // An address or a host may have any of these words in its name.
  const reply = said.replaceAll(ADDRESS, '').replaceAll(/ {2,}/g, ' ');
  const words = reply.replaceAll(HOST, '');
  if (TEMPORARY_REPLY.test(words) && !PERMANENT_REPLY.test(words)) return false;
  if (status?.startsWith('4.') || PASSING_WORDS.test(words) || LIST_HOST.test(reply)) return false;
  if (status !== null && GONE.test(status)) return true;
  return (status === null || !PASSING.test(status)) && GONE_WORDS.test(reply) && !REFUSED_WORDS.test(words);
}
