// Handles opening a survey link, sending its form, and unsubscribing.
import type { Request, RequestHandler, Response } from 'express';
import { aboutError } from '../../platform/errors/about-error.ts';
import type { Logger } from '../../platform/logging/logger.ts';
import type { Database } from '../../platform/storage/database.ts';
import { recordAnswer, settleInvitationAnswer } from '../record-answer.ts';
import { findSubscriber, findSurvey, hashSurveyToken, resubscribe, unsubscribe } from '../survey-links.ts';
import type { SurveyPolicy } from '../survey-policy.ts';
import {
  busyPage,
  type Draft,
  type NoticeName,
  readChosenScore,
  readDraft,
  surveyForm,
  surveyNotice,
  surveyThanks,
  unsubscribePage,
} from './page-views.ts';
import { type RequestLimits, showBrand } from './protect-page.ts';
import { receivePulse, showPulse } from './pulse-pages.ts';
import { readFormId, readSubmission } from './read-submission.ts';
import { readVisit } from './read-visit.ts';
import { type NewOpening, recordOpening } from './record-opening.ts';

export interface SurveyRouterDeps {
  db: Database;
  /** The policy in force. */
  policy: () => SurveyPolicy;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Cryptographically strong: `randomBytes` of node:crypto. */
  randomBytes: (size: number) => Buffer;
  /** For the hashes of networks and user agents. */
  visitKey: Buffer;
  logger: Pick<Logger, 'error' | 'warn'>;
  /** Called after an answer is committed, to enqueue its effects. A failure is logged; the sweeper enqueues them later. */
  onAnswer?: (() => unknown) | undefined;
  limits?: RequestLimits | undefined;
}

interface Pages {
  show: RequestHandler;
  receive: RequestHandler;
}

export function answerPages(deps: SurveyRouterDeps): Pages & { trap: RequestHandler } {
  const { db, policy, clock, randomBytes, visitKey, logger, onAnswer } = deps;
  const find = (request: Request) => findSurvey(db, tokenHashOf(request), new Date(clock()));
  const opened = (request: Request, opening: Omit<NewOpening, 'at' | 'network' | 'agent'>) =>
    recordOpening(db, { ...readVisit(request, visitKey), at: new Date(clock()), ...opening });

  /** Opening records no answer: mail scanners open every link. That it was opened is evidence. */
  const show: RequestHandler = async (request, response) => {
    response.type('html');
    const survey = await find(request);
    if (survey.state !== 'open') return void response.status(statusOf(survey)).send(closedPage(response, survey));
    if (survey.invitation.survey === 'pulse') return showPulse(deps, request, response, survey);
    const { invitation, answer } = survey;
    const branded = showBrand(response, policy(), invitation.brand);
    const chosen = readChosenScore(invitation.survey, request.query);
    if (answer && chosen === null && request.query.change === undefined) {
      return void response.send(surveyThanks(branded, survey, answer));
    }
    const form = randomBytes(12).toString('base64url');
    await opened(request, { invitationId: invitation.id, page: 'form', score: chosen, form });
    const draft: Draft = {
      score: chosen ?? answer?.score ?? null,
      comment: answer?.comment ?? '',
      drivers: answer?.drivers ?? [],
      mayContact: answer?.mayContact ?? null,
      problems: [],
    };
    response.send(surveyForm(branded, survey, { ...draft, form, token: tokenOf(request) }));
  };

  /** After a recorded answer the browser is sent to a page it may reload. What the page saves by itself gets no page. */
  const receive: RequestHandler = async (request, response) => {
    response.type('html');
    const survey = await find(request);
    if (survey.state !== 'open') return void response.status(statusOf(survey)).send(closedPage(response, survey));
    if (survey.invitation.survey === 'pulse') return receivePulse(deps, request, response, survey);
    const branded = showBrand(response, policy(), survey.invitation.brand);
    const draft = readDraft(survey.invitation.survey, request.body, branded.surveys.page);
    const sent = readSubmission(request.body);
    if (draft.score === null || draft.problems.length > 0) {
      if (!sent.final) return void response.status(422).end();
      const form = sent.form ?? randomBytes(12).toString('base64url');
      return void response.status(422).send(surveyForm(branded, survey, { ...draft, form, token: tokenOf(request) }));
    }
    const visit = readVisit(request, visitKey);
    const { outcome } = await recordAnswer(deps, {
      ...sent,
      tokenHash: tokenHashOf(request),
      score: draft.score,
      comment: draft.comment,
      drivers: draft.drivers,
      mayContact: draft.mayContact,
      visit,
      userAgent: visit.userAgent,
      policy: policy(),
      now: new Date(clock()),
    });
    if (outcome === 'too_many')
      return void response.status(429).send(busyPage(branded, request.body, survey.invitation.locale));
    // What was saved on the way is put on the ticket by the button, which changes nothing.
    if (outcome === 'recorded' || sent.final) await announce();
    if (sent.final) response.redirect(303, '?saved');
    else response.status(204).end();
  };

  /** No person sees the link to this page. What was sent with the form before is judged anew. */
  const trap: RequestHandler = async (request, response) => {
    response.type('html');
    const survey = await find(request);
    if (survey.state === 'open' && survey.invitation.survey !== 'pulse') {
      const { id: invitationId } = survey.invitation;
      await opened(request, { invitationId, page: 'trap', score: null, form: readFormId(request.query.form) });
      if (await settleInvitationAnswer(db, invitationId, policy(), new Date(clock()))) await announce();
    }
    response.status(404).send(surveyNotice(policy(), 'unknown'));
  };

  async function announce(): Promise<void> {
    try {
      await onAnswer?.();
    } catch (error) {
      logger.warn(aboutError(error), 'Could not enqueue the effects of a survey answer; the sweeper will');
    }
  }

  type Closed = Exclude<Awaited<ReturnType<typeof find>>, { state: 'open' }>;
  function closedPage(response: Response, survey: Closed): string {
    if (survey.state === 'unknown') return surveyNotice(policy(), 'unknown');
    const { brand, locale } = survey.invitation;
    return surveyNotice(showBrand(response, policy(), brand), closedNotice(survey), locale);
  }
  return { show, receive, trap };
}

const tokenOf = (request: Request) => String(request.params.token);
const tokenHashOf = (request: Request) => hashSurveyToken(tokenOf(request));

const statusOf = ({ state }: { state: string }) => (state === 'unknown' ? 404 : 410);

function closedNotice(survey: { state: 'cancelled' } | { state: 'open' | 'expired'; answer: unknown }): NoticeName {
  if (survey.state === 'cancelled') return 'cancelled';
  return survey.answer ? 'expiredAnswered' : 'expired';
}

export function unsubscribePages({ db, policy, clock, visitKey }: SurveyRouterDeps): Pages {
  const find = (request: Request) => findSubscriber(db, tokenHashOf(request));

  const show: RequestHandler = async (request, response) => {
    response.type('html');
    const subscriber = await find(request);
    if (!subscriber) return void response.status(404).send(surveyNotice(policy(), 'unknown'));
    if (!subscriber.anonymous) {
      const { invitationId } = subscriber;
      const at = new Date(clock());
      const opening = { invitationId, at, page: 'unsubscribe', score: null, form: null } as const;
      await recordOpening(db, { ...readVisit(request, visitKey), ...opening });
    }
    const branded = showBrand(response, policy(), subscriber.brand);
    response.send(unsubscribePage(branded, subscriber.unsubscribed ? doneFor(subscriber) : 'ask', subscriber.locale));
  };

  /**
   * Any POST unsubscribes, whatever its body: that is what a mail client's one-click POST means (RFC 8058, 3.1); only our own button sends
   * `wish=surveys`. Scanners press the buttons of pages they open, so that button leads to a second page, and only its button resubscribes.
   */
  const receive: RequestHandler = async (request, response) => {
    response.type('html');
    const subscriber = await find(request);
    if (!subscriber) return void response.status(404).send(surveyNotice(policy(), 'unknown'));
    const { locale, unsubscribed, mayResubscribe } = subscriber;
    const branded = showBrand(response, policy(), subscriber.brand);
    const wish = (request.body as { wish?: unknown } | undefined)?.wish;
    if (wish !== 'surveys' && wish !== 'surveys again') {
      await unsubscribe(db, subscriber, new Date(clock()));
      const found = await find(request);
      return void response.send(unsubscribePage(branded, doneFor(found), locale));
    }
    if (unsubscribed && !mayResubscribe) return void response.send(unsubscribePage(branded, 'final', locale));
    if (unsubscribed && wish === 'surveys') return void response.send(unsubscribePage(branded, 'askAgain', locale));
    await resubscribe(db, subscriber);
    response.send(unsubscribePage(branded, 'undone', locale));
  };
  return { show, receive };
}

/** Without a button where the customer cannot undo it. */
const doneFor = (subscriber: { mayResubscribe: boolean } | null) => (subscriber?.mayResubscribe ? 'done' : 'final');
