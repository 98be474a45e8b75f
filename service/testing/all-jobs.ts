// The jobs that tests run at once, as their schedules would.
import { sendInvitationsJob } from '../src/surveys/jobs.ts';
import { performEffectsJob, processBatchJob, readExportJob } from '../src/tickets/jobs.ts';
import { checkViewsJob } from '../src/views/index.ts';

export { checkViewsJob, performEffectsJob, readExportJob, sendInvitationsJob };

export const ALL_JOBS = [processBatchJob, performEffectsJob, readExportJob, checkViewsJob, sendInvitationsJob];
