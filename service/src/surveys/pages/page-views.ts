// Renders the customers' pages.
import { countGraphemes, isScoreOf, SURVEY_KINDS, type SurveyKind, scoresOf, tickedDrivers } from '@deskwright/shared';
import { brandOf, lookOf } from '../brand.ts';
import type { FoundSurvey } from '../survey-links.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { renderHtml } from '../templates/engine.ts';
import { type Notice, type SurveyTexts, scoreLabel } from '../texts/survey-texts.ts';
import { directionOf, driversFor, formatDay, type PagePolicy, textsFor } from '../texts/texts-for.ts';
import { brandStyle } from './brand-style.ts';
import { PAGE_SCRIPT, PAGE_STYLE } from './protect-page.ts';

type Survey = Extract<FoundSurvey, { state: 'open' | 'expired' }>;

/** Renders a template inside the frame that all pages share. */
export function page(
  template: string,
  texts: SurveyTexts,
  policy: SurveyPolicy,
  values: { title: string; [name: string]: unknown },
): string {
  const { page: look } = policy.surveys;
  return renderHtml(template, {
    language: texts.language,
    direction: directionOf(texts.language),
    company: brandOf(policy),
    logo: look?.logo ?? '',
    css: PAGE_STYLE,
    brandCss: brandStyle(look?.color),
    script: '',
    ...values,
  });
}

interface OpenForm {
  /** Names this rendering of the form. */
  form: string;
  token: string;
}

/** Which follow-up question is asked: bad, middling and good scores have one each. */
function toneOf(survey: SurveyKind, score: number): 'low' | 'middle' | 'high' {
  const { classes, goodFrom } = SURVEY_KINDS[survey];
  if (score >= goodFrom) return 'high';
  return score >= (classes[1]?.from ?? goodFrom) ? 'middle' : 'low';
}

/** The form: empty, with an answer preselected, with the problems of a submission, or to change an answer. */
export function surveyForm(policy: SurveyPolicy, survey: Survey, draft: Draft & OpenForm): string {
  const { invitation, answer } = survey;
  const texts = textsFor(invitation.locale, policy.surveys.page);
  const scale = texts.scales[invitation.survey];
  const followUps = { ...texts.form.followUp, ...scale.followUp };
  const { survey: kind } = invitation;
  const isAnonymous = SURVEY_KINDS[kind].anonymousUnder !== null;
  const firstScore = `score-${SURVEY_KINDS[kind].lowest}`;
  const errors = draft.problems.map(({ field, commentLength }) =>
    field === 'score'
      ? { field: firstScore, text: texts.form.scoreMissing }
      : { field: 'comment', text: texts.form.commentTooLong(commentLength, COMMENT_LIMIT) },
  );
  return page('survey-form', texts, policy, {
    title: `${errors.length > 0 ? texts.form.errorPrefix : ''}${texts.form.title}`,
    script: PAGE_SCRIPT,
    form: draft.form,
    // Nothing is recorded of an anonymous survey but the answer itself.
    once: isAnonymous,
    trap: isAnonymous ? '' : `${encodeURIComponent(draft.token)}/more?form=${draft.form}`,
    texts: texts.form,
    survey: kind,
    look: lookOf(kind, policy),
    about: invitation.ticketId === null ? '' : texts.form.about(texts.request(invitation.ticketId)),
    lead: scale.lead,
    question: scale.question(brandOf(policy)),
    scores: scoresOf(kind).map((score, index) => ({
      score,
      label: scale.labels[index] ?? '',
      followUp: followUps[toneOf(kind, score)],
    })),
    lowest: SURVEY_KINDS[kind].lowest,
    highest: SURVEY_KINDS[kind].highest,
    followUp: draft.score === null ? texts.form.comment : followUps[toneOf(kind, draft.score)],
    drivers: isAnonymous ? [] : driversFor(texts, policy.surveys.page),
    ticked: draft.drivers,
    mayContact:
      isAnonymous || policy.surveys.page?.ask_to_contact === false ? '' : texts.form.mayContact(brandOf(policy)),
    contact: draft.mayContact === true,
    chosen: draft.score,
    comment: draft.comment,
    changing: answer
      ? texts.form.changing(scoreLabel(texts, invitation.survey, answer.score) || String(answer.score))
      : '',
    send: answer ? texts.form.change : texts.form.send,
    commentHint: texts.form.commentHint(COMMENT_LIMIT),
    privacy: isAnonymous ? texts.pulse.promise : texts.form.privacy(brandOf(policy)),
    errors,
    scoreError: errors.find(({ field }) => field === firstScore)?.text ?? '',
    commentError: errors.find(({ field }) => field === 'comment')?.text ?? '',
  });
}

/** The recorded answer, with the link to change it. */
export function surveyThanks(policy: SurveyPolicy, survey: Survey, answer: NonNullable<Survey['answer']>): string {
  const { invitation, expiresAt } = survey;
  const texts = textsFor(invitation.locale, policy.surveys.page);
  return page('survey-thanks', texts, policy, {
    title: texts.thanks.title,
    texts: texts.thanks,
    thanks: (texts.scales[invitation.survey].thanks ?? texts.thanks.lead)(brandOf(policy)),
    answer: scoreLabel(texts, invitation.survey, answer.score) || String(answer.score),
    comment: answer.comment,
    openUntil: texts.thanks.openUntil(formatDay(expiresAt, texts.language, policy.time_zone)),
  });
}

export type NoticeName = keyof SurveyTexts['closed'];

/** A page with a notice. `locale`: the customer's, if known. */
export function surveyNotice(policy: SurveyPolicy, name: NoticeName, locale: string | null = null): string {
  const texts = textsFor(locale, policy.surveys.page);
  return notice(policy, texts, texts.closed[name]);
}

/** Asks to send again, in a minute, what was sent with a form; nothing of it is lost. @param body of the request, as it was read */
export function busyPage(policy: SurveyPolicy, body: unknown, locale: string | null): string {
  const texts = textsFor(locale, policy.surveys.page);
  const sent = Object.entries(typeof body === 'object' && body !== null ? body : {});
  const fields = sent.flatMap(([name, value]) => [value].flat().map((one) => ({ name, value: String(one) })));
  return notice(policy, texts, texts.closed.busySending, { button: texts.form.send, fields });
}

/** `final`: unsubscribed, with no way back. `askAgain`: asks to confirm the wish for surveys. */
export type UnsubscribePage = 'ask' | 'done' | 'final' | 'askAgain' | 'undone';

/** A question to confirm, or the result of unsubscribing or resubscribing. */
export function unsubscribePage(policy: SurveyPolicy, name: UnsubscribePage, locale: string | null): string {
  const texts = textsFor(locale, policy.surveys.page);
  const { ask, confirm, done, undo, askAgain, undone } = texts.unsubscribe;
  switch (name) {
    case 'ask':
      return notice(policy, texts, ask, { button: confirm });
    case 'done':
      return notice(policy, texts, done, { button: undo, fields: wish('surveys'), quiet: true });
    case 'final':
      return notice(policy, texts, done);
    case 'askAgain':
      return notice(policy, texts, askAgain, { button: undo, fields: wish('surveys again') });
    case 'undone':
      return notice(policy, texts, undone);
  }
}

const wish = (value: string) => [{ name: 'wish', value }];

export function notice(
  policy: SurveyPolicy,
  texts: SurveyTexts,
  { title, text }: Notice,
  form: { button?: string; fields?: { name: string; value: string }[]; quiet?: boolean } = {},
): string {
  const { button = '', fields = [], quiet = false } = form;
  return page('notice', texts, policy, { title, text: text(brandOf(policy)), button, fields, quiet });
}

const COMMENT_LIMIT = 2_000;

/** Normalizes line ends and drops control characters (PostgreSQL rejects NUL). */
function normalize(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .trim();
}

export interface Draft {
  /** Null: no valid score of this survey was sent. */
  score: number | null;
  comment: string;
  /** Ids of ticked drivers. */
  drivers: readonly string[];
  /** Null: not asked. */
  mayContact: boolean | null;
  problems: { field: 'score' | 'comment'; commentLength: number }[];
}

/** Reads a form body; unknown fields are ignored. Without problems, `score` is set. The comment is kept so that the form can be shown again. */
export function readDraft(survey: SurveyKind, body: unknown, page: PagePolicy): Draft {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const comment = typeof fields.comment === 'string' ? normalize(fields.comment) : '';
  const score = readScore(survey, fields.score);
  // Graphemes: what a person counts as one character.
  const commentLength = countGraphemes(comment);
  const problems: Draft['problems'] = [];
  if (score === null) problems.push({ field: 'score', commentLength });
  if (commentLength > COMMENT_LIMIT) problems.push({ field: 'comment', commentLength });
  const ticked = [fields.driver].flat();
  const drivers = tickedDrivers(page).filter((id) => ticked.includes(id));
  const mayContact = fields.contact_asked === undefined ? null : fields.contact === '1';
  return { score, comment, drivers, mayContact, problems };
}

/** A score in the address only preselects a radio button. Null: none, or not a score of this survey. */
export function readChosenScore(survey: SurveyKind, query: Record<string, unknown>): number | null {
  return readScore(survey, query.score);
}

/** Digits, as a radio button sends it. */
function readScore(survey: SurveyKind, sent: unknown): number | null {
  const score = typeof sent === 'string' && /^\d{1,2}$/.test(sent) ? Number(sent) : Number.NaN;
  return isScoreOf(survey, score) ? score : null;
}
