// Shows the page of the anonymous pulse and takes its one answer; nothing else of a visit is kept.
import type { Request, Response } from 'express';
import type { Database } from '../../platform/storage/database.ts';
import { comesFromPerson } from '../pulse/comes-from-person.ts';
import { recordPulseAnswer } from '../pulse/record-pulse-answer.ts';
import { type FoundSurvey, hashSurveyToken } from '../survey-links.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import { type SurveyTexts, scoreLabel } from '../texts/survey-texts.ts';
import { textsFor } from '../texts/texts-for.ts';
import { notice, page, readDraft, surveyForm } from './page-views.ts';
import { readSubmission } from './read-submission.ts';
import { readVisit } from './read-visit.ts';

type OpenSurvey = Extract<FoundSurvey, { state: 'open' | 'expired' }>;

interface PulsePageDeps {
  db: Database;
  policy: () => SurveyPolicy;
  /** Epoch milliseconds. */
  clock: () => number;
  visitKey: Buffer;
}

export function showPulse({ policy }: PulsePageDeps, request: Request, response: Response, survey: OpenSurvey): void {
  const texts = textsFor(survey.invitation.locale, policy().surveys.page);
  if (survey.invitation.state === 'answered') {
    const { thanks, answered } = texts.pulse;
    return void response.send(notice(policy(), texts, request.query.saved === undefined ? answered : thanks));
  }
  const draft = { score: null, comment: '', drivers: [], mayContact: null, problems: [] };
  response.send(surveyForm(policy(), survey, { ...draft, form: '', token: '' }));
}

/** What the request shows of its sender is looked at here and not kept. */
export async function receivePulse(
  deps: PulsePageDeps,
  request: Request,
  response: Response,
  survey: OpenSurvey,
): Promise<void> {
  const policy = deps.policy();
  const texts = textsFor(survey.invitation.locale, policy.surveys.page);
  if (survey.invitation.state === 'answered') return void response.send(notice(policy, texts, texts.pulse.answered));
  const sent = readSubmission(request.body);
  if (!sent.final) return void response.status(204).end();
  const { score, comment, problems } = readDraft('pulse', request.body, policy.surveys.page);
  if (score === null || problems.length > 0) {
    const draft = { score, comment, drivers: [], mayContact: null, problems };
    return void response.status(422).send(surveyForm(policy, survey, { ...draft, form: '', token: '' }));
  }
  const again = readAgain(request.body);
  const { agentKind } = readVisit(request, deps.visitKey);
  if (!comesFromPerson({ ...sent, agentKind, score, again })) {
    const error = again === null ? '' : texts.pulse.confirm.mismatch;
    return void response.status(422).send(confirmPage(policy, texts, { score, comment, error }));
  }
  const tokenHash = hashSurveyToken(String(request.params.token));
  const outcome = await recordPulseAnswer(deps.db, { tokenHash, score, comment, now: new Date(deps.clock()) });
  // Its GET says what is true then: thanks, or that the survey has closed.
  if (outcome !== 'answered') return response.redirect(303, '?saved');
  response.send(notice(policy, texts, texts.pulse.answered));
}

function readAgain(body: unknown): string | null {
  const again = typeof body === 'object' && body !== null && 'again' in body ? body.again : null;
  return typeof again === 'string' ? again.slice(0, 10) : null;
}

function confirmPage(
  policy: SurveyPolicy,
  texts: SurveyTexts,
  { score, comment, error }: { score: number; comment: string; error: string },
): string {
  const { confirm } = texts.pulse;
  return page('pulse-confirm', texts, policy, {
    title: `${error === '' ? '' : texts.form.errorPrefix}${confirm.title}`,
    texts: confirm,
    yourAnswer: texts.thanks.yourAnswer,
    yourComment: texts.thanks.yourComment,
    answer: `${score}: ${scoreLabel(texts, 'pulse', score)}`,
    again: confirm.again(score),
    send: texts.form.send,
    score,
    comment,
    error,
  });
}
