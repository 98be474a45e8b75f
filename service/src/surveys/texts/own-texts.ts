// Replaces our texts by those that the policy has.
import { ALL_SURVEYS, compileText, type Policy, SURVEY_WORDS, type SurveyWord } from '@deskwright/shared';
import type { Notice, ScaleTexts, SurveyTexts } from './survey-texts.ts';

type OwnTexts = NonNullable<NonNullable<Policy['surveys']['page']>['texts']>[string];

/** Numbers, which each language writes its own way. */
const NUMBERS = ['length', 'limit'];

/** English stands in for what neither we nor the policy have in the language. */
export function withOwnTexts(ours: SurveyTexts, own: OwnTexts): SurveyTexts {
  const { language } = ours;
  const { words = {} } = own;
  /** Its arguments are what `SURVEY_WORDS` names, in that order. */
  const filled = <Values extends readonly (string | number)[]>(
    word: SurveyWord,
    standard: (...values: Values) => string,
  ): ((...values: Values) => string) => {
    const text = words[word];
    if (text === undefined) return standard;
    const fill = compileText(text, language, NUMBERS);
    return (...values) =>
      fill(Object.fromEntries(SURVEY_WORDS[word].map((name, index) => [name, values[index] ?? ''])));
  };
  const fixed = (word: SurveyWord, standard: string): string => filled(word, () => standard)();
  const notice = (title: SurveyWord, text: SurveyWord, standard: Notice): Notice => ({
    title: fixed(title, standard.title),
    text: filled(text, standard.text),
  });
  const { mail, form, thanks, pulse, closed, unsubscribe } = ours;
  const [named, nameless] = [
    filled('greeting', ours.greeting),
    filled('greeting_without_name', () => ours.greeting('')),
  ];
  return {
    ...ours,
    scales: Object.fromEntries(
      ALL_SURVEYS.map((kind) => [kind, withOwnScale(ours.scales[kind], own[kind] ?? {}, language)]),
    ) as unknown as SurveyTexts['scales'],
    greeting: (name) => (name === '' ? nameless() : named(name)),
    request: filled('request', ours.request),
    mail: {
      ...mail,
      intro: filled('intro', mail.intro),
      how: fixed('how', mail.how),
      expires: filled('until', mail.expires),
      unsubscribe: fixed('unsubscribe', mail.unsubscribe),
      unsubscribeWhy: filled('unsubscribe_why', mail.unsubscribeWhy),
    },
    form: {
      title: fixed('title', form.title),
      about: filled('about', form.about),
      comment: fixed('comment', form.comment),
      followUp: {
        low: fixed('low', form.followUp.low),
        middle: fixed('middle', form.followUp.middle),
        high: fixed('high', form.followUp.high),
      },
      drivers: fixed('drivers', form.drivers),
      mayContact: filled('may_contact', form.mayContact),
      saved: fixed('saved', form.saved),
      optional: fixed('optional', form.optional),
      commentHint: filled('comment_hint', form.commentHint),
      privacy: filled('privacy', form.privacy),
      send: fixed('send', form.send),
      errorTitle: fixed('error_title', form.errorTitle),
      errorPrefix: fixed('error_prefix', form.errorPrefix),
      scoreMissing: fixed('score_missing', form.scoreMissing),
      commentTooLong: filled('comment_too_long', form.commentTooLong),
      changing: filled('changing', form.changing),
      change: fixed('change', form.change),
    },
    thanks: {
      title: fixed('thanks_title', thanks.title),
      lead: filled('thanks', thanks.lead),
      yourAnswer: fixed('your_answer', thanks.yourAnswer),
      yourComment: fixed('your_comment', thanks.yourComment),
      openUntil: filled('open_until', thanks.openUntil),
      change: fixed('change_link', thanks.change),
    },
    pulse: {
      ...pulse,
      open: fixed('pulse_button', pulse.open),
      how: fixed('pulse_how', pulse.how),
      expires: filled('pulse_until', pulse.expires),
      unsubscribeWhy: filled('pulse_why', pulse.unsubscribeWhy),
      promise: fixed('pulse_promise', pulse.promise),
      thanks: notice('pulse_thanks_title', 'pulse_thanks', pulse.thanks),
      answered: notice('pulse_used_title', 'pulse_used', pulse.answered),
    },
    closed: {
      ...closed,
      expired: notice('expired_title', 'expired', closed.expired),
      expiredAnswered: notice('expired_answered_title', 'expired_answered', closed.expiredAnswered),
      cancelled: notice('cancelled_title', 'cancelled', closed.cancelled),
      trouble: notice('trouble_title', 'trouble', closed.trouble),
      unknown: notice('unknown_title', 'unknown', closed.unknown),
      busy: notice('busy_title', 'busy', closed.busy),
      busySending: notice('busy_title', 'busy_sending', closed.busySending),
      tooLarge: notice('too_large_title', 'too_large', closed.tooLarge),
    },
    unsubscribe: {
      ask: notice('unsubscribe_title', 'unsubscribe_text', unsubscribe.ask),
      confirm: fixed('unsubscribe_button', unsubscribe.confirm),
      done: notice('unsubscribed_title', 'unsubscribed', unsubscribe.done),
      undo: fixed('resubscribe_button', unsubscribe.undo),
      askAgain: notice('resubscribe_title', 'resubscribe_text', unsubscribe.askAgain),
      undone: notice('resubscribed_title', 'resubscribed', unsubscribe.undone),
    },
  };
}

type OwnScale = NonNullable<OwnTexts['csat']>;

function withOwnScale(ours: ScaleTexts, own: OwnScale, language: string): ScaleTexts {
  const { question, subject, intro, thanks, lead, labels, low, middle, high } = own;
  const ofCompany = (text: string) => {
    const fill = compileText(text, language);
    return (company: string, request = '') => fill({ company, request });
  };
  return {
    ...ours,
    ...(question !== undefined && { question: ofCompany(question) }),
    ...(subject !== undefined && { subject: ofCompany(subject) }),
    ...(intro !== undefined && { intro: ofCompany(intro) }),
    ...(thanks !== undefined && { thanks: ofCompany(thanks) }),
    ...(lead !== undefined && { lead }),
    ...(labels !== undefined && { labels }),
    followUp: {
      ...(low !== undefined && { low }),
      ...(middle !== undefined && { middle }),
      ...(high !== undefined && { high }),
    },
  };
}
