// Reads a mail to unsubscribe, as mail programs write it for the address in `List-Unsubscribe`; and tells automatic replies, which wish nothing.
import type { ParsedMail } from 'mailparser';

/**
 * `unsubscribe <token>`: in the subject, to which gateways and programs add words and which some leave encoded, or as the first line.
 * A token may begin with an underscore.
 */
const WISH = /(?:^|[^\p{L}\p{N}_-])unsubscribe(?:(?:\s|\+|%20)+|_)([\w-]{22,64})(?![\w-])/iu;
const WISH_ALONE = /^unsubscribe(?:(?:\s|\+|%20)+|_)([\w-]{22,64})$/i;

/** The token of the survey mail's link; null: the mail wishes nothing. */
export function readUnsubscribe(mail: ParsedMail): string | null {
  if (isAutomaticReply(mail)) return null;
  const firstLine = (mail.text ?? '').trimStart().split('\n', 1)[0] ?? '';
  return WISH.exec(mail.subject ?? '')?.[1] ?? WISH_ALONE.exec(firstLine.trim())?.[1] ?? null;
}

const AUTOMATIC_SUBJECT =
  /\b(?:automatic reply|auto[- ]?reply|autoresponse|out of (?:the )?office|automatische antwort|abwesenheit|respuesta automática|fuera de la oficina|risposta automatica|resposta automática|automatisch antwoord|réponse automatique|absence du bureau)/i;

/** What people's programs write, in the languages of most. */
export const hasAutomaticSubject = (subject = ''): boolean => AUTOMATIC_SUBJECT.test(subject);

/** By RFC 3834 and the older marks. Programs that unsubscribe for a person say `auto-generated`. */
export function isAutomaticReply({ headers, subject }: ParsedMail): boolean {
  const has = (name: string, value: RegExp) =>
    [headers.get(name)].flat().some((written) => typeof written === 'string' && value.test(written));
  return (
    has('auto-submitted', /^\s*auto-replied/i) ||
    has('precedence', /^\s*auto[-_]?reply/i) ||
    headers.has('x-autoreply') ||
    headers.has('x-autorespond') ||
    hasAutomaticSubject(subject)
  );
}
