// Reads a mail that came back: a bounce (RFC 3464, or the older forms of qmail, Exim and others), a complaint (RFC 5965), or a wish to get no more mails.
import { type ParsedMail, simpleParser } from 'mailparser';
import { isAddressGone } from './is-address-gone.ts';
import type { MailReport } from './mail-report.ts';
import { readOldBounce, together } from './read-old-bounce.ts';
import { readUnsubscribe } from './read-unsubscribe.ts';
import { addressIn, contentOf, enclosedMail, field, findNamed, repliedTo, returnedHeaders } from './returned-part.ts';

const OTHER: MailReport = { kind: 'other' };
const MOST_BYTES = 2_000_000;

/**
 * Reads by structure: machine-readable parts and header fields, which are the same in every language. Only programs that write none are read
 * by their fixed English sentences. Never throws for what is in the mail. @param raw RFC 5322; what is beyond 2 MB is not read
 */
export async function readMailReport(raw: Buffer): Promise<MailReport> {
  const mail = await parse(raw);
  if (mail === null) return OTHER;
  const report = readOne(mail);
  const enclosed = report.kind === 'other' && !isReport(mail) ? enclosedMail(mail) : null;
  const inner = enclosed && (await parse(enclosed));
  // A person may forward what came back to them as an attachment.
  const forwarded = inner ? readOne(inner) : OTHER;
  return forwarded.kind === 'bounce' || forwarded.kind === 'complaint' ? forwarded : report;
}

async function parse(raw: Buffer): Promise<ParsedMail | null> {
  try {
    // What came back is read as an attachment, never as a part of this mail's text.
    const options = { keepDeliveryStatus: true, ignoreEmbedded: true, skipImageLinks: true, skipTextToHtml: true };
    return await simpleParser(raw.subarray(0, MOST_BYTES), options);
  } catch {
    return null;
  }
}

function readOne(mail: ParsedMail): MailReport {
  const returned = returnedHeaders(mail);
  const feedback = partOf(mail, 'message/feedback-report');
  if (feedback) return readComplaint(feedback, mail, returned);
  // The complaints of outlook.com are no reports.
  const complainer = addressIn(field(returned, 'X-HmXmrOriginalRecipient'));
  if (complainer) return { kind: 'complaint', addresses: [complainer], ...findNamed(mail, returned) };
  const status = partOf(mail, 'message/delivery-status') ?? partOf(mail, 'message/global-delivery-status');
  if (status) return readDeliveryStatus(status, mail, returned);
  if (isReport(mail, /^(?!delivery-status$)/i)) return OTHER;
  // Yahoo's report of a delivery may have no machine-readable part.
  const bounce = readOldBounce(mail, returned);
  if (bounce) return bounce;
  if (isReport(mail)) return OTHER;
  const token = readUnsubscribe(mail);
  return token === null ? OTHER : { kind: 'unsubscribe', token };
}

const partOf = ({ attachments }: ParsedMail, type: string): string | null => {
  const found = attachments.find(({ contentType }) => contentType === type);
  return found ? contentOf(found) : null;
};

/** Of a delivery, receipts of reading (RFC 8098) and others. @param type that the report says it has */
function isReport({ headers }: ParsedMail, type = /^/): boolean {
  const content = headers.get('content-type');
  if (typeof content !== 'object' || !('params' in content)) return false;
  const named = Object.entries(content.params ?? {}).find(([name]) => name === 'report-type')?.[1];
  return content.value === 'multipart/report' && type.test(String(named ?? ''));
}

function readComplaint(feedback: string, mail: ParsedMail, returned: string): MailReport {
  const type = field(feedback, 'Feedback-Type')?.toLowerCase();
  // `not-spam`, `auth-failure` and `virus` say nothing about the person's wish.
  if (type !== 'abuse' && type !== 'fraud' && type !== 'opt-out' && type !== 'opt-out-list') return OTHER;
  const lines = [...feedback.matchAll(/^Original-Rcpt-To:(.*)$/gim)].map(([, value]) => addressIn(value ?? ''));
  const addressed = lines.flatMap((address) => address ?? []);
  const addresses = addressed.length > 0 ? addressed : onlyRecipient(returned);
  return { kind: 'complaint', addresses, ...findNamed(mail, returned) };
}

/** Of several nobody knows who complained. */
function onlyRecipient(returned: string): string[] {
  const to = field(returned, 'To') ?? '';
  const isOne = field(returned, 'Cc') === null && to.split('@').length === 2;
  return isOne ? [addressIn(to)].flatMap((address) => address ?? []) : [];
}

/** One block about the report, then one for each recipient. */
function readDeliveryStatus(text: string, mail: ParsedMail, returned: string): MailReport {
  const recipients = text
    .split(/\n\s*\n/)
    .filter((block) => field(block, 'Action') !== null || field(block, 'Final-Recipient') !== null);
  const failed = recipients.filter(isFailed);
  if (failed.length === 0) return OTHER;
  // A survey has one recipient; a list or a rule of theirs sends it on to others.
  const failures = failed.map((block) => {
    const status = statusIn(block);
    // Exim says in its text alone what it found by itself.
    const said = field(block, 'Diagnostic-Code') ?? (failed.length === 1 ? (mail.text ?? '') : '');
    const values = [field(block, 'Original-Recipient'), field(block, 'Final-Recipient')];
    const addresses = [...new Set(values.flatMap((value) => addressIn(value) ?? []))];
    return { addresses, status, permanent: isAddressGone(status, said) };
  });
  const named = findNamed(mail, returned);
  return { kind: 'bounce', ...together(failures), ...named, messageId: named.messageId ?? repliedTo(mail) };
}

/** Some gateways leave the action out, or write one of their own (`error`); a delay always has one of RFC 3464. */
function isFailed(block: string): boolean {
  const action = field(block, 'Action')?.toLowerCase() ?? '';
  if (/^(?:delayed|delivered|relayed|expanded)/.test(action)) return false;
  return action.startsWith('failed') || statusIn(block)?.startsWith('5.') === true;
}

/** The diagnosis is the other server's, and tells more than a status that the reporting server made up (`5.0.0`). */
function statusIn(block: string): string | null {
  const code = /\b([245]\.\d{1,3}\.\d{1,3})\b/;
  const own = code.exec(field(block, 'Status') ?? '')?.[1] ?? null;
  const theirs = code.exec(field(block, 'Diagnostic-Code') ?? '')?.[1] ?? null;
  return own === null || /^5\.[0]\.0$/.test(own) ? (theirs ?? own) : own;
}
