// What does the shared package offer to everybody?
export type { Condition, ConditionGroup, ConditionNode, ConditionValue, Policy } from './policy/schema.ts';
export { policySchema } from './policy/schema.ts';
export type { ConditionTrace, Decision, NearestMiss, Reason, Reasoned } from './words/decision.ts';
export type { TicketFacts } from './words/facts.ts';
export type { Priority, Status, SurveyKind, TicketType } from './words/ticket-words.ts';
export { PRIORITIES, STATUSES, SURVEYS, TICKET_TYPES } from './words/ticket-words.ts';
