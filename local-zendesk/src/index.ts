// What may other packages use of the local Zendesk?
export { type Clock, createClock } from './clock.ts';
export type { LocalZendeskOptions } from './options.ts';
export { type LocalZendesk, startLocalZendesk } from './server.ts';
