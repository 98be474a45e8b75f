// Handles opening a survey link and sending its form.
import type { Request, RequestHandler } from 'express';
import { aboutError } from '../../platform/errors/about-error.ts';
import { findSurvey } from '../find-survey.ts';
import { recordAnswer } from '../record-answer.ts';
import { hashSurveyToken } from '../survey-token.ts';
import { type NoticeName, surveyForm, surveyNotice, surveyThanks } from './page-views.ts';
import { type Draft, readChosenScore, readDraft } from './read-draft.ts';
import type { SurveyRouterDeps } from './survey-router-deps.ts';

interface Pages {
  show: RequestHandler;
  receive: RequestHandler;
}

export function answerPages({ db, policy, clock, logger, onAnswer }: SurveyRouterDeps): Pages {
  const find = (request: Request) => findSurvey(db, tokenHashOf(request), new Date(clock()));

  /** Opening records nothing: mail scanners open every link. */
  const show: RequestHandler = async (request, response) => {
    response.type('html');
    const survey = await find(request);
    if (survey.state !== 'open') return void response.status(statusOf(survey)).send(closedPage(survey));
    const { invitation, answer } = survey;
    const chosen = readChosenScore(invitation.survey, request.query);
    if (answer && chosen === null && request.query.change === undefined) {
      return void response.send(surveyThanks(policy(), survey, answer));
    }
    const draft: Draft = { score: chosen ?? answer?.score ?? null, comment: answer?.comment ?? '', problems: [] };
    response.send(surveyForm(policy(), survey, draft));
  };

  /** After a recorded answer the browser is sent to a page it may reload. */
  const receive: RequestHandler = async (request, response) => {
    response.type('html');
    const survey = await find(request);
    if (survey.state !== 'open') return void response.status(statusOf(survey)).send(closedPage(survey));
    const draft = readDraft(survey.invitation.survey, request.body);
    if (draft.score === null || draft.problems.length > 0) {
      return void response.status(422).send(surveyForm(policy(), survey, draft));
    }
    const { outcome } = await recordAnswer(db, {
      tokenHash: tokenHashOf(request),
      score: draft.score,
      comment: draft.comment,
      company: policy().company,
      now: new Date(clock()),
    });
    if (outcome === 'recorded') await announce();
    response.redirect(303, '?saved');
  };

  async function announce(): Promise<void> {
    try {
      await onAnswer?.();
    } catch (error) {
      logger.warn(aboutError(error), 'Could not enqueue the effects of a survey answer; the sweeper will');
    }
  }

  type Closed = Exclude<Awaited<ReturnType<typeof find>>, { state: 'open' }>;
  function closedPage(survey: Closed): string {
    if (survey.state === 'unknown') return surveyNotice(policy(), 'unknown');
    return surveyNotice(policy(), closedNotice(survey), survey.invitation.locale);
  }
  return { show, receive };
}

const tokenHashOf = (request: Request) => hashSurveyToken(String(request.params.token));

const statusOf = ({ state }: { state: string }) => (state === 'unknown' ? 404 : 410);

function closedNotice(survey: { state: 'cancelled' } | { state: 'open' | 'expired'; answer: unknown }): NoticeName {
  if (survey.state === 'cancelled') return 'cancelled';
  return survey.answer ? 'expiredAnswered' : 'expired';
}
