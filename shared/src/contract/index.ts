// What do the sidebar and the service say to each other? Types only, so that a browser loads nothing for them.
export type { ConditionTrace, Decision, NearestMiss, Reason } from '../words/decision.ts';
export type { Priority, Status, SurveyKind } from '../words/ticket-words.ts';
export type * from './api.ts';
export type * from './customer-card.ts';
export type * from './guidance-card.ts';
export type * from './instant.ts';
export type * from './ticket-card.ts';
