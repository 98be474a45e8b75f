// Composes the mail that thanks a promoter.
import type { Mail } from '../../mail/mail-sender.ts';
import { brandOf, inBrand, senderOf } from '../brand.ts';
import { quotable } from '../compose-invitation-mail.ts';
import { mailFrame } from '../mail-frame.ts';
import { surveyLinks } from '../survey-links.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { renderHtml, renderText } from '../templates/engine.ts';
import { textsFor } from '../texts/texts-for.ts';

export interface ThankYou {
  invitationId: number;
  to: { name: string; address: string };
  /** As Zendesk writes it; null: unknown. */
  locale: string | null;
  /** Who helped the customer last; null: unknown. */
  agent: string | null;
  /** Which thanks promoters. */
  policy: SurveyPolicy;
  /** Of the invitation. */
  brand: string | null;
  token: string;
  publicUrl: string;
  returnAddress?: string | null | undefined;
}

/** HTML and plain text with the same content. Without a name the greeting names nobody, without an agent the company stands in. */
export function composeThankYouMail(thankYou: ThankYou): Mail {
  const { invitationId, to, locale, agent, brand, token, publicUrl, returnAddress = null } = thankYou;
  const policy = inBrand(thankYou.policy, brand);
  const rule = policy.surveys.nps?.thank_you;
  const company = brandOf(policy);
  const texts = textsFor(locale, policy.surveys.page);
  const own = rule?.texts?.[texts.language];
  const who = quotable(agent ?? '', 60);
  const name = quotable(to.name, 60);
  const fill = (text: string) =>
    text.replaceAll(/\{(company|agent)\}/g, (_, word) => (word === 'company' ? company : who || company));
  const { unsubscribe: unsubscribeLink } = surveyLinks(publicUrl, token);
  const values = {
    ...mailFrame(policy, texts),
    subject: own?.subject === undefined ? texts.thankYou.subject(company) : fill(own.subject),
    greeting: texts.greeting(name),
    text: own?.text === undefined ? texts.thankYou.text(company, who) : fill(own.text),
    link: rule?.link ?? '',
    button: own?.link ?? texts.thankYou.link,
    unsubscribe: texts.mail.unsubscribe,
    unsubscribeWhy: texts.mail.unsubscribeWhy(company),
    unsubscribeLink,
  };
  return {
    to: { name, address: to.address },
    ...senderOf(policy, brand),
    subject: values.subject,
    html: renderHtml('thank-you-mail', values),
    text: renderText('thank-you-mail-text', values),
    messageId: `<thank-you.${invitationId}@${new URL(publicUrl).hostname}>`,
    unsubscribeUrl: unsubscribeLink,
    ...(returnAddress !== null && { unsubscribeMailto: `mailto:${returnAddress}?subject=unsubscribe%20${token}` }),
    language: texts.language,
  };
}
