// Finds in a mail that reports on another what tells which one: its headers, its Message-ID, its link to unsubscribe.
import type { Attachment, ParsedMail } from 'mailparser';
import type { Named } from './mail-report.ts';

const MAILS = ['message/rfc822', 'message/global'];
const HEADERS = ['text/rfc822-headers', 'message/rfc822-headers', 'message/global-headers'];

/** The first mail that is enclosed, if its headers are not alone. */
export const enclosedMail = ({ attachments }: ParsedMail): Buffer | null =>
  attachments.find(({ contentType }) => MAILS.includes(contentType))?.content ?? null;

/** The headers of the mail that came back, if it is enclosed. */
export function returnedHeaders({ attachments }: ParsedMail): string {
  const enclosed = attachments.find(({ contentType }) => MAILS.includes(contentType) || HEADERS.includes(contentType));
  if (!enclosed) return '';
  const content = contentOf(enclosed).trimStart();
  const end = content.indexOf('\n\n');
  return end === -1 ? content : content.slice(0, end);
}

export const contentOf = ({ content }: Attachment): string => content.toString('utf8').replaceAll('\r\n', '\n');

/** The first value of a header field, unfolded; null: there is none. */
export function field(block: string, name: string): string | null {
  const found = new RegExp(String.raw`^${name}:[ \t]*(.*(?:\n[ \t].*)*)`, 'im').exec(block)?.[1];
  return found === undefined ? null : found.replaceAll(/\s+/g, ' ').trim();
}

const MESSAGE_ID = /<[^<>\s@]+@[^<>\s]+>/;
/** As `surveys/survey-message-id.ts` writes it. */
const SURVEY_MESSAGE_ID = /<survey\.\d[\w.]*@[^<>\s]+>/i;

const messageIdIn = (block: string): string | null => MESSAGE_ID.exec(field(block, 'Message-ID') ?? '')?.[0] ?? null;

const tokenIn = (text: string): string | null => /\/u\/([\w-]{22,64})(?![\w-])/.exec(text)?.[1] ?? null;

/**
 * What came back stands in a part of its own, or anywhere in the text below a line in the server's language. @param returned its headers, where they
 * are a part
 */
export function findNamed(mail: ParsedMail, returned: string): Named {
  const everywhere = [returned, ...textsOf(mail)].join('\n');
  return {
    messageId: SURVEY_MESSAGE_ID.exec(everywhere)?.[0] ?? messageIdIn(returned),
    token: tokenIn(field(returned, 'List-Unsubscribe') ?? '') ?? tokenIn(everywhere),
  };
}

/** Lines that quoted-printable broke are joined: what is enclosed is not decoded. */
const textsOf = ({ text, html, attachments }: ParsedMail): string[] => [
  text ?? '',
  html || '',
  ...attachments
    .filter(({ contentType }) => /^(?:text|message)\//.test(contentType))
    .map((attachment) => contentOf(attachment).replaceAll('=\n', '')),
];

/** Servers that enclose nothing may write their report as a reply, which automatic replies are too. */
export const repliedTo = ({ inReplyTo, references }: ParsedMail): string | null =>
  MESSAGE_ID.exec(inReplyTo ?? [references ?? []].flat().at(-1) ?? '')?.[0] ?? null;

/** RFC 5321 allows 256; anybody may send us more. */
const LONGEST_ADDRESS_FIELD = 1_000;

/** `rfc822; <ana@example.com>`, `RFC822;ana@example.com`, `<ana@example.com>`: lower case; null: no address. */
export function addressIn(value: string | null): string | null {
  const text = (value ?? '')
    .slice(0, LONGEST_ADDRESS_FIELD)
    .replace(/^[\w-]+\s*;/, '')
    .trim();
  return /[^\s<>;,"]+@[^\s<>;,"]+/.exec(text)?.[0]?.toLowerCase() ?? null;
}
