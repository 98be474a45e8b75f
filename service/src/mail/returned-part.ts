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

/** A field with the Message-ID that we gave the mail, which servers that replace it keep in one of these. `X-Forwarded-Message-ID` is another mail's. */
const OWN_ID = /^(?:(?:X-(?:\w+-)?)?Original-?|X-)?Message-?ID:[ \t]*(?:\n[ \t]+)?(<[^<>\s]+>)/gim;

const ownIdIn = (block: string): string | null =>
  [...block.matchAll(OWN_ID)].flatMap(([, id]) => SURVEY_MESSAGE_ID.exec(id ?? '')?.[0] ?? [])[0] ?? null;

const tokenIn = (text: string): string | null => /\/u\/([\w-]{22,64})(?![\w-])/.exec(text)?.[1] ?? null;

/**
 * What came back stands in a part of its own, or anywhere in the text below a line in the server's language. If its headers are those of another mail,
 * such as an answer to ours, the mail of ours that it quotes or refers to is only mentioned. @param returned its headers, where they are a part
 */
export function findNamed(mail: ParsedMail, returned: string): Named {
  const texts = textsOf(mail).join('\n');
  const headers = returned || headersIn(texts);
  const messageId = ownIdIn([headers, ...statusesOf(mail)].join('\n\n'));
  const token = tokenIn(field(headers, 'List-Unsubscribe') ?? '');
  const everywhere = `${returned}\n${texts}`;
  if (messageId !== null) return { messageId, token: token ?? tokenIn(everywhere), isMention: false };
  const other = MESSAGE_ID.exec(field(headers, 'Message-ID') ?? '')?.[0] ?? null;
  if (token !== null) return { messageId: other, token, isMention: false };
  return {
    messageId: SURVEY_MESSAGE_ID.exec(everywhere)?.[0] ?? other,
    token: tokenIn(everywhere),
    isMention: ['Message-ID', 'In-Reply-To', 'References'].some((name) => field(headers, name) !== null),
  };
}

/** The headers of the first mail that is quoted in a text. */
function headersIn(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[> \t]*(?=[\w-]+:)|^>[> ]*/, '').trimEnd());
  const at = lines.findIndex((line) => /^(?:Message-ID|In-Reply-To|References):/i.test(line));
  if (at === -1) return '';
  const start = lines.slice(0, at).lastIndexOf('') + 1;
  const end = lines.indexOf('', at);
  return lines.slice(start, end === -1 ? undefined : end).join('\n');
}

/** What a report says by machine; Gmail's names the mail there too. */
const statusesOf = ({ attachments }: ParsedMail): string[] =>
  attachments
    .filter(({ contentType }) => /^message\/(?:(?:global-)?delivery-status|feedback-report)$/.test(contentType))
    .map(contentOf);

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
