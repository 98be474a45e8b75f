// Handles unsubscribing from surveys.
import type { Request, RequestHandler } from 'express';
import { hashSurveyToken } from '../survey-token.ts';
import { findSubscriber, resubscribe, unsubscribe } from '../unsubscribe.ts';
import { surveyNotice, unsubscribePage } from './page-views.ts';
import type { SurveyRouterDeps } from './survey-router-deps.ts';

interface Pages {
  show: RequestHandler;
  receive: RequestHandler;
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
