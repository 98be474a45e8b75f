// Reads a mail that came back: a bounce (RFC 3464, or the older forms of qmail, Exim and others), a complaint (RFC 5965), or a wish to get no more mails.
import { type Attachment, type ParsedMail, simpleParser } from 'mailparser';

export type MailReport =
  /** `permanent`: the address does not exist or takes no mail any more. Otherwise it was this mail, this day or this sender. */
  | {
      kind: 'bounce';
      addresses: readonly string[];
      permanent: boolean;
      status: string | null;
      messageId: string | null;
      /** Of the survey mail's link to unsubscribe, where its headers came back. */
      token: string | null;
    }
  /** The person marked the mail as unwanted. `addresses` is empty where the provider does not tell. */
  | { kind: 'complaint'; addresses: readonly string[]; messageId: string | null; token: string | null }
  /** `token`: of the survey mail's link. */
  | { kind: 'unsubscribe'; token: string }
  /** An automatic reply, a receipt, a delay, a person's mail: nothing follows. */
  | { kind: 'other' };

const OTHER: MailReport = { kind: 'other' };
const MOST_BYTES = 2_000_000;

/**
 * Reads by structure: machine-readable parts and header fields, which are the same in every language. Only programs that write none are read
 * by their fixed English sentences. Never throws for what is in the mail. @param raw RFC 5322; what is beyond 2 MB is not read
 */
export async function readMailReport(raw: Buffer): Promise<MailReport> {
  let mail: ParsedMail;
  try {
    // What came back is read as an attachment, never as a part of this mail's text.
    const options = { keepDeliveryStatus: true, ignoreEmbedded: true, skipImageLinks: true, skipTextToHtml: true };
    mail = await simpleParser(raw.subarray(0, MOST_BYTES), options);
  } catch {
    return OTHER;
  }
  const returned = returnedHeaders(mail);
  const feedback = partOf(mail, 'message/feedback-report');
  if (feedback) return readComplaint(feedback, returned);
  // The complaints of outlook.com are no reports.
  const complainer = addressIn(field(returned, 'X-HmXmrOriginalRecipient'));
  if (complainer)
    return { kind: 'complaint', addresses: [complainer], messageId: messageIdIn(returned), token: tokenIn(returned) };
  const status = partOf(mail, 'message/delivery-status') ?? partOf(mail, 'message/global-delivery-status');
  if (status) return readDeliveryStatus(status, mail, returned);
  if (isReport(mail)) return OTHER;
  return readOldBounce(mail, returned) ?? readUnsubscribe(mail);
}

const partOf = ({ attachments }: ParsedMail, type: string): string | null => {
  const found = attachments.find(({ contentType }) => contentType === type);
  return found ? contentOf(found) : null;
};

const contentOf = ({ content }: Attachment): string => content.toString('utf8').replaceAll('\r\n', '\n');

/** Receipts of reading (RFC 8098) and other reports. */
function isReport({ headers }: ParsedMail): boolean {
  const type = headers.get('content-type');
  return typeof type === 'object' && 'value' in type && type.value === 'multipart/report';
}

/** The headers of the mail that came back, if it is enclosed. */
function returnedHeaders(mail: ParsedMail): string {
  const types = [
    'message/rfc822',
    'message/global',
    'text/rfc822-headers',
    'message/rfc822-headers',
    'message/global-headers',
  ];
  const enclosed = mail.attachments.find(({ contentType }) => types.includes(contentType));
  if (!enclosed) return '';
  const content = contentOf(enclosed).trimStart();
  const end = content.indexOf('\n\n');
  return end === -1 ? content : content.slice(0, end);
}

/** The first value of a header field, unfolded; null: there is none. */
function field(block: string, name: string): string | null {
  const found = new RegExp(String.raw`^${name}:[ \t]*(.*(?:\n[ \t].*)*)`, 'im').exec(block)?.[1];
  return found === undefined ? null : found.replaceAll(/\s+/g, ' ').trim();
}

const MESSAGE_ID = /<[^<>\s@]+@[^<>\s]+>/;

const messageIdIn = (block: string): string | null => MESSAGE_ID.exec(field(block, 'Message-ID') ?? '')?.[0] ?? null;

/** Servers that enclose nothing may write their report as a reply. */
const repliedTo = ({ inReplyTo, references }: ParsedMail): string | null =>
  MESSAGE_ID.exec(inReplyTo ?? [references ?? []].flat().at(-1) ?? '')?.[0] ?? null;

const tokenIn = (block: string): string | null =>
  /\/u\/([\w-]{22,64})(?![\w-])/.exec(field(block, 'List-Unsubscribe') ?? '')?.[1] ?? null;

/** RFC 5321 allows 256; anybody may send us more. */
const LONGEST_ADDRESS_FIELD = 1_000;

/** `rfc822; <ana@example.com>`, `RFC822;ana@example.com`, `<ana@example.com>`: lower case; null: no address. */
function addressIn(value: string | null): string | null {
  const text = (value ?? '')
    .slice(0, LONGEST_ADDRESS_FIELD)
    .replace(/^[\w-]+\s*;/, '')
    .trim();
  return /[^\s<>;,"]+@[^\s<>;,"]+/.exec(text)?.[0]?.toLowerCase() ?? null;
}

function readComplaint(feedback: string, returned: string): MailReport {
  const type = field(feedback, 'Feedback-Type')?.toLowerCase();
  // `not-spam`, `auth-failure` and `virus` say nothing about the person's wish.
  if (type !== 'abuse' && type !== 'fraud' && type !== 'opt-out' && type !== 'opt-out-list') return OTHER;
  const lines = [...feedback.matchAll(/^Original-Rcpt-To:(.*)$/gim)].map(([, value]) => addressIn(value ?? ''));
  const told = lines.flatMap((address) => address ?? []);
  const addresses = told.length > 0 ? told : [addressIn(field(returned, 'To'))].flatMap((address) => address ?? []);
  return { kind: 'complaint', addresses, messageId: messageIdIn(returned), token: tokenIn(returned) };
}

/** One block about the report, then one for each recipient. */
function readDeliveryStatus(text: string, mail: ParsedMail, returned: string): MailReport {
  const recipients = text
    .split(/\n\s*\n/)
    .filter((block) => field(block, 'Action') !== null || field(block, 'Final-Recipient') !== null);
  const failed = recipients.filter(isFailed);
  if (failed.length === 0) return OTHER;
  // Several recipients cannot be: each survey has one. The first that is gone for good decides.
  const judged = failed.map((block) => {
    const status = statusIn(block);
    // Exim says in its text alone what it found by itself.
    const said = field(block, 'Diagnostic-Code') ?? (failed.length === 1 ? (mail.text ?? '') : '');
    return { block, status, permanent: isAddressGone(status, said) };
  });
  const chosen = judged.find(({ permanent }) => permanent) ?? judged[0];
  const addresses = judged
    .filter(({ permanent }) => permanent === chosen?.permanent)
    .flatMap(({ block }) =>
      [field(block, 'Original-Recipient'), field(block, 'Final-Recipient')].flatMap((value) => addressIn(value) ?? []),
    );
  return {
    kind: 'bounce',
    addresses: [...new Set(addresses)],
    permanent: chosen?.permanent ?? false,
    status: chosen?.status ?? null,
    messageId: messageIdIn(returned) ?? repliedTo(mail),
    token: tokenIn(returned),
  };
}

/** Some gateways leave the action out; a delay always has one. */
function isFailed(block: string): boolean {
  const action = field(block, 'Action');
  return action === null ? statusIn(block)?.startsWith('5.') === true : action.toLowerCase().startsWith('failed');
}

/** The diagnosis is the other server's, and tells more than a status that the reporting server made up (`5.0.0`). */
function statusIn(block: string): string | null {
  const code = /\b([245]\.\d{1,3}\.\d{1,3})\b/;
  const own = code.exec(field(block, 'Status') ?? '')?.[1] ?? null;
  const theirs = code.exec(field(block, 'Diagnostic-Code') ?? '')?.[1] ?? null;
  return own === null || /^5\.[0]\.0$/.test(own) ? (theirs ?? own) : own;
}

const DAEMON = /^(?:mailer-daemon|postmaster|mail[-.]?daemon|mdaemon|bounces?)$/i;
/** Postmasters also write automatic replies. */
const FAILURE =
  /\b[45]\d\d\b|\b[45]\.\d{1,3}\.\d{1,3}\b|undeliver|not (?:be )?deliver|unable to deliver|delivery fail/i;
const DELAY = /^warning|\bdelay|could not be delivered (?:yet|for)|will be retried/i;

/** Programs that write no report: qmail, Exim, and others with `X-Failed-Recipients`. Null: it is no bounce. */
function readOldBounce(mail: ParsedMail, returned: string): MailReport | null {
  const from = mail.from?.value[0]?.address ?? '';
  const listed = mail.headers.get('x-failed-recipients');
  const text = (mail.text ?? '').replaceAll('\r\n', '\n');
  const isQmail =
    /^Hi\. This is the .{1,60} (?:at|program at) /m.test(text) || text.includes("I'm sorry to have to inform you");
  const isExim = text.startsWith('This message was created automatically by mail delivery software');
  const isKnown = listed !== undefined || isQmail || isExim;
  if (!isKnown && !(DAEMON.test(from.split('@')[0] ?? '') && FAILURE.test(text))) return null;
  if (DELAY.test(mail.subject ?? '')) return OTHER;
  const end = text.search(
    /^-{2,} ?(?:Below this line is|This is a copy|Original message|The header of the original|Undelivered message)|^Return-Path:|^Received:/im,
  );
  const said = end === -1 ? text : text.slice(0, end);
  const quoted = end === -1 ? '' : text.slice(end);
  const told = typeof listed === 'string' ? [{ addresses: listed, said }] : toldFailures(said);
  const judged = told.map((one) => {
    const status = /(?:#|\b)([245]\.\d{1,3}\.\d{1,3})\b/.exec(one.said)?.[1] ?? null;
    const addresses = one.addresses.split(',').flatMap((address) => addressIn(address) ?? []);
    return { addresses, status, permanent: isAddressGone(status, one.said) };
  });
  const chosen = judged.find(({ permanent }) => permanent) ?? judged[0];
  if (!chosen || chosen.addresses.length === 0) return null;
  const same = judged.filter(({ permanent }) => permanent === chosen.permanent);
  return {
    kind: 'bounce',
    addresses: [...new Set(same.flatMap(({ addresses }) => addresses))],
    permanent: chosen.permanent,
    status: chosen.status,
    messageId: messageIdIn(returned) ?? messageIdIn(quoted) ?? repliedTo(mail),
    token: tokenIn(returned) ?? tokenIn(quoted),
  };
}

/** A line that is an address or begins with one and a comma, and what is said up to the next one. */
function toldFailures(text: string): { addresses: string; said: string }[] {
  const lines = [...text.matchAll(/^[ \t]*<?([^\s<>:,@]+@[^\s<>:,@]+)>?(?::?[ \t]*$|,)/gm)];
  return lines.map((line, i) => ({ addresses: line[1] ?? '', said: text.slice(line.index, lines[i + 1]?.index) }));
}

/** `unsubscribe <token>` as the subject, as the mail program writes it for the address in `List-Unsubscribe`. */
function readUnsubscribe({ subject }: ParsedMail): MailReport {
  const token = /^\s*unsubscribe(?: +|_)([\w-]{22,64})\s*$/i.exec(subject ?? '')?.[1];
  return token === undefined ? OTHER : { kind: 'unsubscribe', token };
}

/**
 * RFC 3463: bad address (5.1.x), mailbox disabled (5.2.1), no such host (5.4.4, Exchange's 5.4.310). Not those of 5.1.x that are about the sender: 5.1.7 and 5.1.8,
 * Exchange's 5.1.20 (Reply-To) and 5.1.90 (its daily limit).
 */
const GONE = /^5\.(?:1\.(?!(?:7|8|20|90)$)\d+|2\.1|4\.(?:4|310))$/;
/** Full (5.2.2), too large (5.2.3, 5.3.4), a loop (5.4.6), expired (5.4.7): never about the address. */
const PASSING = /^5\.(?:2\.[23]|3\.4|4\.[67])$/;

/** What servers say of an address that does not exist, in English wherever they stand (SMTP replies are not translated). */
const GONE_WORDS =
  /user (?:is )?unknown|unknown (?:user|recipient|local.part)|no such (?:user|mailbox|recipient|person|address)|(?:mailbox|recipient|address|account|user)\b.{0,60}(?:does ?n[o']t exist|not exist|not found|not listed in|unavailable|inactive|disabled)|user does ?n[o']t have an? .{1,60} account|invalid (?:recipient|mailbox|address)|no mailbox here|host (?:or domain name )?not found|unrouteable address|recipient address rejected: access denied|recipientnotfound/i;
/** The same words stand in refusals of the sender or of the content. */
const REFUSED_WORDS =
  /\b(?:spam|blocked|blacklist|block list|reputation|policy|spf|dkim|dmarc|full|too large|rate limit|greylist)/i;
/** Of this mail, this day or this sender, whatever the status says. */
const PASSING_WORDS =
  /quota|mailbox (?:is )?full|is full|out of storage|at a rate that|temporar|\bsender\b.{0,40}(?:rejected|refused|denied)/i;

/** @param status enhanced status code; null: none was told. @param said the reply of the server that refused */
function isAddressGone(status: string | null, said: string): boolean {
  if (status?.startsWith('4.') || PASSING_WORDS.test(said)) return false;
  if (status !== null && GONE.test(status)) return true;
  return (status === null || !PASSING.test(status)) && GONE_WORDS.test(said) && !REFUSED_WORDS.test(said);
}
