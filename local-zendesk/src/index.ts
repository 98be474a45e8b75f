// Exports what other packages use of the local Zendesk.
export { mayAgentSee } from './account/may-agent-see.ts';
export { type PackageFiles, type PackageReading, readFolder } from './apps/package/read-package.ts';
export { type PackageReport, validatePackage } from './apps/validation/validate-package.ts';
export { createBackOffice } from './back-office/back-office.ts';
export { BACK_OFFICE_SECRET, backOfficeRouter } from './back-office/back-office-router.ts';
export { type Clock, createClock } from './clock.ts';
export type { LocalZendeskOptions } from './options.ts';
export { createRandom } from './random.ts';
export { type LocalZendesk, startLocalZendesk } from './server.ts';
export {
  SLACK_API_PATH,
  SLACK_BOT_TOKEN,
  slackChannelId,
  slackRouter,
  slackWebhookPath,
} from './slack/slack-router.ts';
export { createSlackWorkspace, type SlackWorkspace } from './slack/slack-workspace.ts';
export { createLocalStripe, type LocalStripe } from './stripe/local-stripe.ts';
export { STRIPE_READ_ONLY_KEY, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET } from './stripe/stripe-router.ts';
export { createSurveyTakers } from './trickle/let-customers-answer.ts';
