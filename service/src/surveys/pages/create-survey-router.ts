// Routes the pages where customers answer and unsubscribe.

import type { ErrorRequestHandler, Request, Response, Router } from 'express';
import express from 'express';
import { aboutError } from '../../platform/errors/about-error.ts';
import { parseForm } from '../../platform/http/request-body.ts';
import { requestFailureOf } from '../../platform/http/request-failure.ts';
import { isUsed } from '../answers/keep-submission.ts';
import { findSubscriber, hashSurveyToken, isSurveyLink } from '../survey-links.ts';
import { busyPage, surveyNotice } from './page-views.ts';
import {
  addressOf,
  DEFAULT_LIMITS,
  limitByAddress,
  limitByLink,
  limitVisits,
  protectPage,
  showBrand,
} from './protect-page.ts';
import { readSubmission } from './read-submission.ts';
import { answerPages, type SurveyRouterDeps, unsubscribePages } from './survey-pages.ts';

/** 2,000 characters of eight bytes each (an emoji with a skin tone), percent-encoded, plus the other fields of the form. */
const BODY_LIMIT = 64 * 1024;

/** `/s/:token` and `/u/:token`, each with GET (which records no answer) and POST. Mount it at the root of the application. */
export function createSurveyRouter(deps: SurveyRouterDeps): Router {
  const router = express.Router({ caseSensitive: true });
  const paths = ['/s/:token', '/u/:token'];
  const busy = (request: Request, response: Response) =>
    response
      .status(429)
      .type('html')
      .send(surveyNotice(deps.policy(), 'busy', languageOf(request)));
  // What was sent is on the page that refuses it, to be sent again.
  const busyWithAnswer = (request: Request, response: Response) =>
    response
      .status(429)
      .type('html')
      .send(busyPage(deps.policy(), request.body, languageOf(request)));
  const limits = deps.limits ?? DEFAULT_LIMITS;
  const isKnown = (request: Request) => isSurveyLink(deps.db, tokenHashOf(request));
  const visits = limitByAddress(
    limits.visits,
    (request, response) => (request.method === 'POST' ? busyWithAnswer : busy)(request, response),
    'visits',
  );
  const opened = limitByLink(limits.opened, busy, addressOf);
  const guessed = limitByAddress(limits.guessed, busy);
  const ofSurvey = limitVisits(isKnown, { known: opened, unknown: guessed });
  const ofSubscriber = limitVisits(async (request) => (await findSubscriber(deps.db, tokenHashOf(request))) !== null, {
    known: opened,
    unknown: guessed,
  });
  // Bare forms, which scanners send, leave the customer's own uncounted.
  const sentBy = (request: Request) => `${addressOf(request)} ${isUsed(readUse(request.body))}`;
  const sent = limitVisits(isKnown, { known: limitByLink(limits.sent, busyWithAnswer, sentBy), unknown: guessed });
  const form = parseForm(BODY_LIMIT, 40);
  router.use(paths, protectPage(deps.policy));

  const survey = answerPages(deps);
  router.get('/s/:token', visits, ofSurvey, survey.show);
  router.post('/s/:token', ...form, visits, sent, survey.receive);
  router.all('/s/:token/more', visits, ofSurvey, survey.trap);
  const unsubscribe = unsubscribePages(deps);
  router.get('/u/:token', visits, ofSubscriber, unsubscribe.show);
  // Mail services unsubscribe for all their users from a few addresses (RFC 8058), so that only the link limits how often.
  router.post('/u/:token', limitByLink(limits.unsubscribed, busy), ...form, withoutBody, unsubscribe.receive);
  router.use(paths, sendErrorPage(deps));
  return router;
}

/** That the request came is the wish (RFC 8058, 3.1); its body may be in a form that we do not read. */
const withoutBody: ErrorRequestHandler = (error: unknown, request, _response, next) => {
  if (requestFailureOf(error).kind !== 'bad_request') return next(error);
  request.body = undefined;
  next();
};

const tokenHashOf = (request: Request): Buffer => hashSurveyToken(String(request.params.token));

/** What tells whether a person used the page. */
function readUse(body: unknown): Parameters<typeof isUsed>[0] {
  const comment = (body as { comment?: unknown } | undefined)?.comment;
  return { signals: readSubmission(body).signals, comment: typeof comment === 'string' ? comment : '' };
}

/** That of the browser: whose link it is, is not looked up for a request that is refused. */
const languageOf = (request: Request): string | null => request.acceptsLanguages()[0] ?? null;

/** Customers get a page, whatever the error is. */
function sendErrorPage({ policy, logger }: SurveyRouterDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const trouble = requestFailureOf(error);
    const status = trouble.kind === 'bad_request' ? trouble.status : 503;
    if (status >= 500) {
      logger.error({ ...aboutError(error), method: request.method }, 'A survey page failed');
    }
    const name = status === 413 ? 'tooLarge' : 'trouble';
    response
      .status(status)
      .type('html')
      .send(surveyNotice(showBrand(response, policy(), null), name));
  };
}
