// Routes the pages where customers answer and unsubscribe.

import type { ErrorRequestHandler, Request, Response, Router } from 'express';
import express from 'express';
import { aboutError } from '../../platform/errors/about-error.ts';
import { parseForm } from '../../platform/http/request-body.ts';
import { requestFailureOf } from '../../platform/http/request-failure.ts';
import { surveyNotice } from './page-views.ts';
import { DEFAULT_LIMITS, limitRequests, protectPage, showBrand } from './protect-page.ts';
import { answerPages, type SurveyRouterDeps, unsubscribePages } from './survey-pages.ts';

/** 2,000 characters of eight bytes each (an emoji with a skin tone), percent-encoded, plus the other fields of the form. */
const BODY_LIMIT = 64 * 1024;

/** `/s/:token` and `/u/:token`, each with GET (which records no answer) and POST. Mount it at the root of the application. */
export function createSurveyRouter(deps: SurveyRouterDeps): Router {
  const router = express.Router({ caseSensitive: true });
  const paths = ['/s/:token', '/u/:token'];
  const busy = (_request: Request, response: Response) =>
    response.status(429).type('html').send(surveyNotice(deps.policy(), 'busy'));
  router.use(paths, protectPage(deps.policy));
  const limits = deps.limits ?? DEFAULT_LIMITS;
  router.use('/s/:token', ...limitRequests(limits, busy));
  router.get('/u/:token', ...limitRequests(limits, busy));
  // Mail services unsubscribe for all their users from a few addresses (RFC 8058), so that only the link limits how often.
  router.post('/u/:token', ...limitRequests({ ...limits, perIp: Number.MAX_SAFE_INTEGER }, busy));
  router.use(paths, ...parseForm(BODY_LIMIT, 40));

  const survey = answerPages(deps);
  router.get('/s/:token', survey.show);
  router.post('/s/:token', survey.receive);
  router.all('/s/:token/more', survey.trap);
  const unsubscribe = unsubscribePages(deps);
  router.get('/u/:token', unsubscribe.show);
  router.post('/u/:token', unsubscribe.receive);
  router.use(paths, sendErrorPage(deps));
  return router;
}

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
