// Composes a survey mail.
import type { Mail } from '../mail/mail-sender.ts';
import { quotable } from './quotable.ts';
import type { Reservation } from './reserve-invitation.ts';
import { surveyLinks } from './survey-links.ts';
import type { SurveyPolicy } from './survey-policy.ts';
import { scoresOf } from './survey-scale.ts';
import { renderHtml, renderText } from './templates/engine.ts';
import { formatDay, textsFor } from './texts/texts-for.ts';
import type { InvitationRow, Requester } from './why-not-send.ts';

export interface Composition {
  reservation: Reservation;
  requester: Requester;
  policy: SurveyPolicy;
  token: string;
  publicUrl: string;
}

const FACES = ['😞', '🙁', '😐', '🙂', '😀'];

/** HTML and plain text with the same content. The ticket's number and subject appear in it, nothing else of the ticket. */
export function composeInvitationMail({ reservation, requester, policy, token, publicUrl }: Composition): Mail {
  const { invitation, ticketSubject, email, expiresAt } = reservation;
  const { company } = policy;
  const texts = textsFor(requester.locale);
  const scale = texts.scales[invitation.survey];
  const links = surveyLinks(publicUrl, token);
  const name = quotable(requester.name, 60);
  const values = {
    language: texts.language,
    company,
    subject: scale.subject(company),
    greeting: texts.greeting(name),
    intro: texts.mail.intro(company, texts.request(invitation.ticketId)),
    ticketSubject: quotable(ticketSubject, 80),
    lead: scale.lead,
    question: scale.question(company),
    survey: invitation.survey,
    scores: scoresOf(invitation.survey).map((score, index) => ({
      score,
      label: scale.labels[index] ?? '',
      spoken: texts.mail.scoreLink(score, scale.labels[index] ?? ''),
      face: FACES[index] ?? '',
      link: links.score(score),
    })),
    how: texts.mail.how,
    expires: texts.mail.expires(formatDay(expiresAt, texts.language, policy.time_zone)),
    unsubscribe: texts.mail.unsubscribe,
    unsubscribeWhy: texts.mail.unsubscribeWhy(company),
    unsubscribeLink: links.unsubscribe,
  };
  return {
    to: { name, address: email },
    subject: values.subject,
    html: renderHtml('invitation-mail', values),
    text: renderText('invitation-mail-text', values),
    messageId: invitationMessageId(invitation, publicUrl),
    unsubscribeUrl: links.unsubscribe,
    language: texts.language,
  };
}

/** The same for every attempt, so that a mail log shows whether one arrived. */
export function invitationMessageId(
  { id, ticketId, solvedAt }: Pick<InvitationRow, 'id' | 'ticketId' | 'solvedAt'>,
  publicUrl: string,
): string {
  return `<survey.${id}.${ticketId}.${Math.floor(solvedAt.getTime() / 1000)}@${new URL(publicUrl).hostname}>`;
}
