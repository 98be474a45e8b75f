// Exports the HTTP contract of sidebar and service: types, and the few constants that both use at run time.

export { FIGURE_IDS, FIGURE_UNITS, type FigureId, type FigureUnit } from '../figures/figure-ids.ts';
export { FIELD_NAMES, NEGATED_OPERATORS, OPERATOR_NAMES } from '../words/condition-names.ts';
export type { ConditionTrace, Decision, NearestMiss, Reason } from '../words/decision.ts';
export type { SurveyKind } from '../words/survey-kinds.ts';
export { CHANNELS, type Priority, type Status } from '../words/ticket-words.ts';
export * from './api.ts';
export type * from './customer-card.ts';
export type * from './dashboard.ts';
export type * from './dashboard-sections.ts';
export type * from './follow-up-card.ts';
export type * from './goodwill-card.ts';
export type * from './guidance-card.ts';
export * from './not-surveyed.ts';
export type * from './payments.ts';
export type * from './queue-card.ts';
export type * from './refund-approvals.ts';
export type * from './refund-card.ts';
export { type ApiRefusal, type FeedbackRefusal, REFUSAL_STATUS, type RefusalCode } from './refusals.ts';
export type * from './ticket-card.ts';
export type * from './timeline.ts';
export * from './tools-card.ts';
export type * from './values.ts';
export type * from './verification-card.ts';
