// Lists the jobs that tests run at once, as their schedules would.
import { watchAlertsJob } from '../src/alerts/watch.ts';
import { pruneJob } from '../src/app/run-workers.ts';
import { performEffectsJob } from '../src/platform/outbox/outbox.ts';
import { remindOfFollowUpsJob } from '../src/surveys/follow-ups/remind-of-follow-ups.ts';
import { sendInvitationsJob } from '../src/surveys/send-due-invitations.ts';
import { tellAnswersJob } from '../src/surveys/telling/tell-answers.ts';
import { processBatchJob, readExportJob } from '../src/tickets/jobs.ts';
import { checkViewsJob } from '../src/views/index.ts';

export {
  checkViewsJob,
  performEffectsJob,
  pruneJob,
  readExportJob,
  remindOfFollowUpsJob,
  sendInvitationsJob,
  tellAnswersJob,
  watchAlertsJob,
};

export const ALL_JOBS = [
  processBatchJob,
  performEffectsJob,
  readExportJob,
  checkViewsJob,
  sendInvitationsJob,
  pruneJob,
  watchAlertsJob,
  tellAnswersJob,
  remindOfFollowUpsJob,
];
