// Handles opening a survey link, sending its form, and unsubscribing.
import type { Request, RequestHandler } from 'express';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { recordAnswer } from '../record-answer.ts';
import { findSubscriber, findSurvey, hashSurveyToken, resubscribe, unsubscribe } from '../survey-links.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import {
  type Draft,
  type NoticeName,
  readChosenScore,
  readDraft,
  surveyForm,
  surveyNotice,
  surveyThanks,
  unsubscribePage,
} from './page-views.ts';
import type { RequestLimits } from './protect-page.ts';

export interface SurveyRouterDeps {
  db: Database;
  /** The policy in force. */
  policy: () => SurveyPolicy;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'error' | 'warn'>;
  /** Called after an answer is committed, to enqueue its effects. A failure is logged; the sweeper enqueues them later. */
  onAnswer?: (() => unknown) | undefined;
  limits?: RequestLimits | undefined;
}

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

export function unsubscribePages({ db, policy, clock }: SurveyRouterDeps): Pages {
  const find = (request: Request) => findSubscriber(db, hashSurveyToken(String(request.params.token)));

  const show: RequestHandler = async (request, response) => {
    response.type('html');
    const subscriber = await find(request);
    if (!subscriber) return void response.status(404).send(surveyNotice(policy(), 'unknown'));
    response.send(unsubscribePage(policy(), subscriber.unsubscribed ? 'done' : 'ask', subscriber.locale));
  };

  /**
   * Any POST unsubscribes, whatever its body: that is what a mail client's one-click POST means (RFC 8058, 3.1);
   * only our own resubscribe button sends `wish=surveys`.
   */
  const receive: RequestHandler = async (request, response) => {
    response.type('html');
    const subscriber = await find(request);
    if (!subscriber) return void response.status(404).send(surveyNotice(policy(), 'unknown'));
    const back = (request.body as { wish?: unknown } | undefined)?.wish === 'surveys';
    if (back) await resubscribe(db, subscriber.email);
    else await unsubscribe(db, subscriber.email, new Date(clock()));
    response.send(unsubscribePage(policy(), back ? 'undone' : 'done', subscriber.locale));
  };
  return { show, receive };
}
