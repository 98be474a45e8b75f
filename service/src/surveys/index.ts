// The feature that sends surveys after a solve and records the answers.
import { createHmac, randomBytes } from 'node:crypto';
import type { Policy } from '@deskwright/shared';
import type { Directory } from '../directory/directory.ts';
import type { MailWatch } from '../mail/watch-mail.ts';
import { doEach } from '../platform/do-each.ts';
import type { Feature } from '../platform/feature.ts';
import { type Enqueue, job } from '../platform/jobs/job-queue.ts';
import { joinCalls } from '../platform/jobs/join-calls.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { type Metrics, STATE_LABEL } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore } from '../platform/storage/delete-old-rows.ts';
import type { AgentAction, CardSection, TicketCall, TimelineSource } from '../sidebar/index.ts';
import type { SlackAddresses } from '../slack/create-slack-sender.ts';
import type { TicketHook } from '../tickets/index.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import { confirmAnswers, confirmAnswersJob } from './answers/confirm-answers.ts';
import { putSavedAnswers, putSavedAnswersJob } from './answers/put-saved-answers.ts';
import { readComments, readCommentsJob } from './answers/read-comments.ts';
import { askForFeedback, feedbackSection } from './ask-for-feedback.ts';
import { renewCampaigns } from './campaigns/start-campaign.ts';
import { deadLetterAbandonedInvitations } from './claim-due-invitations.ts';
import { answersCall } from './customer-answers/answers-call.ts';
import { answersSection } from './customer-answers/answers-section.ts';
import type { SendDeps } from './deliver-invitation.ts';
import { pruneSurveys, surveyErasing } from './erasing.ts';
import { followUpTicketHook } from './follow-ups/follow-up-hook.ts';
import { followUpSection } from './follow-ups/follow-up-section.ts';
import { FOLLOW_UP_TICKET } from './follow-ups/follow-up-ticket.ts';
import { followUpTicketEffect } from './follow-ups/open-follow-up-ticket.ts';
import { recordOutcome } from './follow-ups/record-outcome.ts';
import { remindOfFollowUps, remindOfFollowUpsJob } from './follow-ups/remind-of-follow-ups.ts';
import { pruneImported } from './imports/erase-imported.ts';
import { SURVEY_TABLES } from './kept-tables.ts';
import { checkMail } from './mail-readiness.ts';
import { nameIfRead } from './names-asked.ts';
import { createMailEntrance } from './pages/create-mail-entrance.ts';
import { createSurveyRouter } from './pages/create-survey-router.ts';
import { describeStopOrPause } from './pause.ts';
import { closePulseRounds, prunePulse } from './pulse/close-pulse-rounds.ts';
import { surveyTicketHook } from './schedule-invitation.ts';
import { sendDueInvitations, sendInvitationsJob, sweepInvitations } from './send-due-invitations.ts';
import { deadLetterAbandonedReminders, sendDueReminders } from './send-due-reminders.ts';
import { asksAnything } from './survey-policy.ts';
import { tellAnswers, tellAnswersJob } from './telling/tell-answers.ts';
import { THANK_YOU_MAIL, thankYouEffect } from './thank-you/thank-you-mail.ts';
import { surveysTimeline } from './timeline.ts';
import { zendeskSurveyHook } from './zendesk-surveys.ts';

export { CUSTOMER_SURVEYS, type CustomerSurvey } from '@deskwright/shared';
/** Whether mail can be sent, for features that tell leaders. */
export { readMailStatus } from '../mail/mail-status.ts';
export { chooseSubmission, type NewChoice } from './answers/choose-submission.ts';
export { hasFailedAnswer, listFailedAnswers, retryFailedAnswers } from './answers/failed-answers.ts';
export { type ListedSubmission, listSubmissions, type WhichSubmissions } from './answers/list-submissions.ts';
export { readScores } from './answers/read-scores.ts';
export { askAgain, type CampaignPlan, previewCampaign, startCampaign } from './campaigns/start-campaign.ts';
export {
  type CampaignStatus,
  listCampaigns,
  pauseCampaigns,
  resumeCampaigns,
  stopCampaigns,
  type WhichCampaigns,
} from './campaigns/steer-campaign.ts';
export { listDeadLetteredInvitations, retryDeadLetteredInvitations } from './dead-lettered-invitations.ts';
export { nameOfChoice } from './follow-ups/choices.ts';
export { hasBadAnswer } from './follow-ups/follow-up-answer.ts';
export {
  chooseColumns,
  IMPORT_FIELDS,
  IMPORT_SOURCES,
  type ImportField,
  type ImportSource,
  nameOfSource,
} from './imports/choose-columns.ts';
export { type ImportResult, importAnswers } from './imports/import-answers.ts';
export { type JudgedRows, judgeRows } from './imports/judge-rows.ts';
export { countImported, listImports, undoImport } from './imports/list-imports.ts';
export { type AnswerRows, readAnswerRows } from './imports/read-answer-rows.ts';
export { DATE_ORDERS, type DateOrder, isTimeZone } from './imports/read-moment.ts';
export { describeMailProblem } from './mail-readiness.ts';
export { type NameOf, namesAsked, namesOfCohort } from './names-asked.ts';
export { brandStyle } from './pages/brand-style.ts';
export { PAGE_STYLE as SURVEY_PAGE_STYLE } from './pages/protect-page.ts';
export {
  describeStopOrPause,
  pauseSurveys,
  readSurveyStop,
  resumeSurveys,
  switchSurveys,
} from './pause.ts';
export { type PulseRound, readPulseRounds } from './pulse/read-pulse-rounds.ts';
export { ANSWERS_EXPORT } from './scores/export-answers.ts';
export { INVITATIONS_EXPORT } from './scores/export-invitations.ts';
export { type Export, type ExportedRow, readExport } from './scores/export-pages.ts';
export { SUBMISSIONS_EXPORT } from './scores/export-submissions.ts';
export { AT_RISK_DAYS, type AtRisk, countFollowUps, readAtRisk } from './scores/read-at-risk.ts';
export { type FollowUpResults, readFollowUpResults } from './scores/read-follow-up-results.ts';
export { readRawScores } from './scores/read-raw-scores.ts';
export { readSends, type SendsOfMonth } from './scores/read-sends.ts';
export { readSkipped, type Skipped } from './scores/read-skipped.ts';
export {
  readQuarterScores,
  readSurveyCells,
  type SurveyCells,
  type SurveyQuery,
} from './scores/read-survey-cells.ts';
export { addPolicyDuration, asksAnything } from './survey-policy.ts';
export { invitations, responses } from './tables.ts';
export { driverName, driversFor, formatDay, textsFor } from './texts/texts-for.ts';
export { explainNotSent, type NotSentReason } from './why-not-send.ts';

export interface SurveysDeps {
  config: {
    publicUrl: string;
    zendesk: { baseUrl: string };
    slack: SlackAddresses;
    webhookSecrets: readonly string[];
    /** Left out: mails that come back are not taken in. */
    surveyMail?: { secret: string | null; address: string | null } | undefined;
  };
  mail: Pick<MailWatch, 'sender' | 'canSend'>;
  db: Database;
  zendesk: Zendesk;
  directory: { directory: Directory };
  policy: { current: () => { policy: Policy } };
  metrics: Metrics;
  enqueue: Enqueue;
  /** Called when an effect was recorded. */
  onEffect: () => unknown;
  /** For demos: how long after a solve a survey is due, in milliseconds, in place of the policy's delay. Null: the policy's delay. */
  surveyDelayMs: number | null;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
  signal: AbortSignal;
}

/** Slack is told of an answer at once, and of the next ones together. Milliseconds. */
const TELL_EVERY_MS = 1_000;

surveysFeature.erasing = surveyErasing;
surveysFeature.effects = [FOLLOW_UP_TICKET, THANK_YOU_MAIL];

export function surveysFeature(deps: SurveysDeps): Feature & {
  ticketHooks: TicketHook[];
  cardSections: CardSection[];
  actions: AgentAction[];
  ticketCalls: TicketCall[];
  timelineSources: TimelineSource[];
} {
  const { config, db, mail, zendesk, directory, clock, logger, signal } = deps;
  const policy = () => deps.policy.current().policy;
  // Derived, so that the hashes in the database cannot be made without the service's secret.
  const visitKey = createHmac('sha256', config.webhookSecrets[0] ?? '')
    .update('survey visits')
    .digest();
  deps.metrics.counted('deskwright_invitations', 'Survey invitations, by survey and state.', {
    table: 'invitations',
    labels: { survey: 'survey', state: STATE_LABEL },
    exact: ["state IN ('scheduled', 'sending')", "state = 'parked'"],
  });
  const tellSoon = joinCalls(() => deps.enqueue(tellAnswersJob, {}), TELL_EVERY_MS, signal);
  const onAnswer = () => {
    // The customer's page does not wait for it.
    void tellSoon();
    return deps.onEffect();
  };
  return {
    name: 'surveys',
    routes: () => [
      {
        path: '/',
        router: createSurveyRouter({ db, policy, clock, randomBytes, visitKey, logger, onAnswer }),
      },
      { path: '/', router: createMailEntrance({ db, secret: config.surveyMail?.secret ?? null, clock, logger }) },
    ],
    jobs: [
      job(putSavedAnswersJob, async () => {
        await putSavedAnswers(db, policy(), new Date(clock()), onAnswer);
      }),
      job(confirmAnswersJob, async () => {
        await confirmAnswers(db, policy(), new Date(clock()), onAnswer);
      }),
      job(tellAnswersJob, async () => {
        const hasAddress = (channel: string) => Object.hasOwn(config.slack, channel);
        const organizationName = (id: number | null) => directory.directory.nameOf('organization', id);
        await tellAnswers({ ...deps, policy, zendesk: config.zendesk.baseUrl, hasAddress, organizationName });
      }),
      job(remindOfFollowUpsJob, () => remindOfFollowUps(db, policy(), new Date(clock()), onAnswer)),
      job(readCommentsJob, async () => {
        await readComments(db, policy().surveys.lexicon, signal);
      }),
      job(sendInvitationsJob, async () => {
        // Whether or not a mail may be sent now.
        const always = [closePulseRounds, deadLetterAbandonedInvitations, deadLetterAbandonedReminders].map(
          (step) => () => step(db, new Date(clock())),
        );
        if (!mail.sender || !mail.canSend()) return doEach(always, (step) => step());
        const sending: SendDeps = {
          db,
          mail: mail.sender,
          person: directory.directory.person,
          ticketRequester: async (ticketId) => (await zendesk.showTicket(ticketId))?.requester_id ?? null,
          nameOf: (kind, id) => directory.directory.nameOf(kind, id),
          policy,
          publicUrl: config.publicUrl,
          returnAddress: config.surveyMail?.address,
          clock,
          randomBytes,
          logger,
          signal,
        };
        const renew = () => renewCampaigns(db, policy(), new Date(clock()), nameIfRead(directory.directory));
        const remind = async () => {
          if (mail.canSend() && (await describeStopOrPause(db)) === null) await sendDueReminders(sending);
        };
        await doEach([...always, renew, () => sendDueInvitations(sending), remind], (step) => step());
      }),
    ],
    effectKinds: [
      followUpTicketEffect({ db, zendesk, directory: directory.directory, policy, clock }),
      thankYouEffect({
        db,
        mail,
        directory: directory.directory,
        policy,
        publicUrl: config.publicUrl,
        returnAddress: config.surveyMail?.address,
        randomBytes,
        clock,
      }),
    ],
    actions: [askForFeedback, recordOutcome],
    sweep: sweepInvitations({ db, clock }),
    readiness: { mail: checkMail({ db, clock, isNeeded: () => asksAnything(policy()) }) },
    tables: SURVEY_TABLES,
    retention: [
      (now, signal) => pruneSurveys(db, daysBefore(now, policy().retention.surveys), signal),
      (now, signal) => pruneImported(db, now, policy().retention, signal),
      (now) => prunePulse(db, daysBefore(now, policy().retention.surveys)),
    ],
    ticketCalls: [answersCall(deps)],
    cardSections: [answersSection, feedbackSection, followUpSection],
    timelineSources: [surveysTimeline],
    ticketHooks: [surveyTicketHook(deps.surveyDelayMs), zendeskSurveyHook, followUpTicketHook],
  };
}
