// Composes a survey mail.
import { createRequire } from 'node:module';
import { cutGraphemes, SURVEY_KINDS, scoresOf } from '@deskwright/shared';
import { LinkifyIt } from 'linkify-it';
import type { Mail } from '../mail/mail-sender.ts';
import { brandOf, inBrand, lookOf, senderOf } from './brand.ts';
import { mailFrame } from './mail-frame.ts';
import type { Reservation } from './reserve-invitation.ts';
import { hashSurveyToken, surveyLinks } from './survey-links.ts';
import { invitationMessageId } from './survey-message-id.ts';
import type { SurveyPolicy } from './survey-policy.ts';
import { renderHtml, renderText } from './templates/engine.ts';
import { formatDay, textsFor } from './texts/texts-for.ts';
import type { Requester } from './why-not-send.ts';

interface Composition {
  reservation: Reservation;
  requester: Requester;
  policy: SurveyPolicy;
  token: string;
  publicUrl: string;
  /** `SURVEY_MAIL_ADDRESS`: takes wishes to unsubscribe by mail. Null or left out: none does. */
  returnAddress?: string | null | undefined;
}

/** HTML and plain text with the same content. The ticket's number and subject appear in it, nothing else of the ticket. */
export function composeInvitationMail({
  reservation,
  requester,
  policy: ofAll,
  token,
  publicUrl,
  returnAddress = null,
}: Composition): Mail {
  const { invitation, ticketSubject, email, expiresAt } = reservation;
  const policy = inBrand(ofAll, invitation.brand);
  const company = brandOf(policy);
  const texts = textsFor(requester.locale, policy.surveys.page);
  const scale = texts.scales[invitation.survey];
  const links = surveyLinks(publicUrl, token);
  const name = quotable(requester.name, 60);
  // A score in a link would stand in proxies' logs beside the token, so an anonymous survey has one link for all.
  const isAnonymous = SURVEY_KINDS[invitation.survey].anonymousUnder !== null;
  const about = isAnonymous ? texts.pulse : texts.mail;
  const request = invitation.ticketId === null ? '' : texts.request(invitation.ticketId);
  const values = {
    ...mailFrame(policy, texts),
    subject: scale.subject(company),
    greeting: texts.greeting(name),
    intro: scale.intro?.(company, request) ?? (request === '' ? '' : texts.mail.intro(company, request)),
    ticketSubject: quotable(ticketSubject, 80),
    lead: scale.lead,
    question: scale.question(company),
    survey: invitation.survey,
    look: lookOf(invitation.survey, policy),
    button: isAnonymous ? texts.pulse.open : '',
    page: links.page,
    scores: (isAnonymous ? [] : scoresOf(invitation.survey)).map((score, index) => ({
      score,
      label: scale.labels[index] ?? '',
      face: FACES[index] ?? '',
      spoken: scale.labels[index] ? texts.mail.scoreLink(score, scale.labels[index]) : String(score),
      link: links.score(score),
    })),
    how: about.how,
    expires: about.expires(formatDay(expiresAt, texts.language, policy.time_zone)),
    unsubscribe: texts.mail.unsubscribe,
    unsubscribeWhy: about.unsubscribeWhy(company),
    unsubscribeLink: links.unsubscribe,
  };
  return {
    to: { name, address: email },
    ...senderOf(policy, invitation.brand),
    subject: values.subject,
    html: renderHtml('invitation-mail', values),
    text: renderText('invitation-mail-text', values),
    messageId: invitationMessageId({ ...invitation, tokenHash: hashSurveyToken(token) }, publicUrl),
    unsubscribeUrl: links.unsubscribe,
    ...(returnAddress !== null && { unsubscribeMailto: `mailto:${returnAddress}?subject=unsubscribe%20${token}` }),
    language: texts.language,
  };
}

/** Of the five scores that have some; in fonts since Unicode 6. Mail programs show no SVG, in which the page draws its faces. */
const FACES = ['😞', '😕', '😐', '😊', '😃'];

/** Only this much of a text is checked: a few dozen characters are shown, and few emoji have many code units. */
const LONGEST = 1_000;

/** Everything that ends a line or changes the text direction. A line end would also end a mail header. */
const BREAKS = /[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu;
/** Invisible characters that no word needs: direction marks, byte order marks, annotations. Joiners stay, because words and emoji need them. */
const LEFTOVERS = /[\u061C\u200E\u200F\u206A-\u206F\uFEFF\uFFF9-\uFFFB\u{E0001}]/gu;
const INVISIBLE = /^[\s\p{Cf}\p{Mn}]*$/u;

/**
 * One line, cut to `max` characters. Empty when it contains anything that a mail program would turn into a link: anybody can open a ticket
 * in another person's name, and our mail must not carry their advertisement.
 */
export function quotable(text: string, max: number): string {
  const line = text.slice(0, LONGEST).toWellFormed().replace(LEFTOVERS, '').replace(BREAKS, ' ').trim();
  return INVISIBLE.test(line) || containsLink(line) ? '' : cutGraphemes(line, max);
}

// JSON, which Node 20 imports only with a warning.
const tlds = createRequire(import.meta.url)('tlds') as string[];

/** Finds web and mail addresses without a scheme too, under every top-level domain, and bare IP addresses. */
const linkify = new LinkifyIt({ fuzzyLink: true, fuzzyEmail: true, fuzzyIP: true }).tlds(tlds);

/** What some mail programs turn into a link wherever it stands: schemes, `www.`, anything before a path, `@`, Windows shares. */
const SPELT =
  /:\/\/|\b(?:tel|sms|mailto|callto|skype|facetime|whatsapp|tg|magnet|data|javascript|file|ftp|webcal|bitcoin):\S|\bwww\.|\S@\S|[\p{L}\p{N}]\.\p{L}{2,}[/?#]|\\\\/iu;

/** Phone numbers: international, or in groups, 9 to 15 digits in all (ITU-T E.164). An order number without separators and a date are not. */
const PHONE = /(?<![\d.])(?:\+|00|\()?\d[\d\s().\-/]{7,24}\d(?![\d])/gu;

/** @param line one line; the caller limits its length, because every word of it is checked @internal */
export function containsLink(line: string): boolean {
  // Normalized as browsers do: full-width letters and other scripts' dots become the common ones, and invisible characters are dropped.
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
