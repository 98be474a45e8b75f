// Reads a bounce of a program that writes no machine-readable report: qmail, Exim, older Exchange and others.
import type { ParsedMail } from 'mailparser';
import { isAddressGone, PERMANENT_REPLY, saysGone } from './is-address-gone.ts';
import type { Failure, MailReport } from './mail-report.ts';
import { hasAutomaticSubject, isAutomaticReply } from './read-unsubscribe.ts';
import { addressIn, field, findNamed, repliedTo } from './returned-part.ts';

const DAEMON =
  /^(?:mailer[-_.]?daemon|postmaster|mail[-_.]?daemon|mdaemon|bounces?|mail-?delivery(?:-?(?:sub)?system)?|ndr|microsoftexchange[\da-f]{8,})$/i;
/** People are postmasters, and set automatic replies. */
const PROGRAM = /^mail(?:er)?[-_.]?daemon$/i;
/** A code of SMTP is no part of a phone number. */
const FAILURE =
  /(?<![\d.,-]|\d[ -])[45][0-5]\d(?!\d|[ -]\d{2,}(?![\d.]))|\b[45]\.\d{1,3}\.\d{1,3}\b|undeliver|not (?:be )?deliver|able to deliver|delivery (?:has )?fail|failed to deliver/i;
const DELAY =
  /^warning|\bdelay|could not be delivered (?:yet|for)|will be retried|verzögert|retrasad|demorad|retardé|différé|ritard|vertraag|vertraging|uitgesteld|atrasad|\batraso|adiad|opóźn|fördröj|försen|forsink|задерж|отложен|遅延|延迟|延遲/i;

/** Null: it is no bounce. @param returned headers of what came back, where they are a part */
export function readOldBounce(mail: ParsedMail, returned: string): MailReport | null {
  const sender = mail.from?.value[0]?.address ?? '';
  const listed = mail.headers.get('x-failed-recipients');
  const text = (mail.text ?? textIn(mail.html || '')).replaceAll('\r\n', '\n');
  const isEnclosed = returned !== '' || hasReturnedHeaders(text);
  if (
    listed === undefined &&
    !(isDaemon(mail, sender, isEnclosed) && (isEnclosed ? saysFailure(text) : FAILURE.test(text)))
  )
    return null;
  const said = beforeReturned(text);
  // The subject of what came back may be a part of this one.
  if (DELAY.test(mail.subject ?? '') && !PERMANENT_REPLY.test(said)) return { kind: 'other' };
  const named = findNamed(mail, returned);
  const answered = named.messageId ?? (named.token === null ? repliedTo(mail) : null);
  const isOne = typeof listed === 'string' && !listed.includes(',');
  const reported = isOne ? [{ addresses: listed, said }] : reportedFailures(said);
  if (typeof listed === 'string' && reported.length === 0) reported.push({ addresses: listed, said });
  if (reported.length === 0 && (answered ?? named.token) !== null)
    reported.push({ addresses: addressesIn(said, sender), said });
  const failures = reported.map((one) => {
    const status = statusIn(one.said) ?? (reported.length === 1 ? statusIn(said) : null);
    // The reason may stand above the address.
    const isGoneAsWhole = reported.length === 1 && isAddressGone(status, said);
    const addresses = one.addresses.split(',').flatMap((address) => addressIn(address) ?? []);
    return { addresses, status, permanent: isAddressGone(status, one.said) || isGoneAsWhole };
  });
  const all = together(failures);
  if (failures.length === 0 || (all.addresses.length === 0 && (answered ?? named.token) === null)) return null;
  return {
    kind: 'bounce',
    ...all,
    messageId: answered,
    token: named.token,
    // Automatic replies name what they answer too.
    isMention: named.isMention || (named.messageId === null && named.token === null),
  };
}

/** All failures that a mail reports, and what they are as one. */
export function together(failures: readonly Failure[]): Failure & { failures: readonly Failure[] } {
  const chosen = failures.find(({ permanent }) => permanent) ?? failures[0];
  return {
    addresses: [...new Set(failures.flatMap(({ addresses }) => addresses))],
    permanent: chosen?.permanent ?? false,
    status: chosen?.status ?? null,
    failures,
  };
}

/** Bounces are marked as automatic replies too; the automatic replies of people do not enclose what they answer. */
function isDaemon(mail: ParsedMail, sender: string, isEnclosed: boolean): boolean {
  const name = sender.split('@')[0] ?? '';
  const isReply = isEnclosed ? hasAutomaticSubject(mail.subject) : isAutomaticReply(mail);
  return DAEMON.test(name) && (PROGRAM.test(name) || !isReply);
}

const saysFailure = (text: string): boolean => FAILURE.test(text) || saysGone(text);

/** `mailparser` writes no text for HTML that is a part among others. */
const textIn = (html: string): string =>
  html
    .replaceAll(/<[^<>]*>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');

/** What came back, or its headers, stands in the text, not quoted. */
const hasReturnedHeaders = (text: string): boolean =>
  text.split(/\n[ \t]*\n/).some((block) => ['Message-ID', 'From', 'To'].every((name) => field(block, name) !== null));

const statusIn = (said: string): string | null => /(?:#|\b)([245]\.\d{1,3}\.\d{1,3})\b/.exec(said)?.[1] ?? null;

/** Above the mail that came back. The line between them is in the server's language; the headers below it are in none. */
function beforeReturned(text: string): string {
  const line = text.search(
    /^[ \t]*-{2,} ?(?:Below this line is|This is a copy|Original message|The header of the original|Undelivered message|Message header follows)|^Return-Path:|^Received:/im,
  );
  const id = text.search(/^[> \t]*Message-ID:/im);
  const ends = [line, id === -1 ? -1 : text.lastIndexOf('\n\n', id)].filter((end) => end !== -1);
  const said = text.slice(0, ends.length === 0 ? undefined : Math.min(...ends));
  return saysFailure(said) ? said : text;
}

/** A line that is an address or begins with one, as programs write it, and what is said up to the next one. */
function reportedFailures(text: string): { addresses: string; said: string }[] {
  const lines = [
    ...text.matchAll(
      /^[ \t]*["'<]?([^\s<>:,@"']+@[^\s<>:,@"']+)["'>]?(?::?[ \t]*$|,|:[ \t]|[ \t]+(?:[[(]|\p{L}{1,4}[ \t]+\d))/gmu,
    ),
  ];
  return lines.map((line, i) => ({ addresses: line[1] ?? '', said: text.slice(line.index, lines[i + 1]?.index) }));
}

/** Of a program that puts it into a sentence. */
function addressesIn(said: string, sender: string): string {
  const found = said.match(/(?<=^|[\s<("':;])[^\s<>()[\]"',:;@]{1,64}@[^\s<>()[\]"',:;@]{1,255}/gm) ?? [];
  return found
    .map((address) => address.replace(/[.!?]+$/, ''))
    .filter((address) => address.toLowerCase() !== sender.toLowerCase())
    .join(',');
}
