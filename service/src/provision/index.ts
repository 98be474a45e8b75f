// The feature that sets up the account from the policy: plan, apply, roll back.
export { type ApplyDeps, type ApplyOutcome, alone, applyPlan, type Progress } from './apply-plan.ts';
export { checkApp, ZCLI } from './check-app.ts';
export { checkDrift, describeDrift } from './check-drift.ts';
export { costOf, describePlan } from './describe-plan.ts';
export { type ProvisionDeps, provisionFeature } from './feature.ts';
export { nameOfView } from './find-view.ts';
export { makePlan, type PlanDeps } from './make-plan.ts';
export { makeRollbackPlan } from './make-rollback-plan.ts';
export { patientCalls, StoppedError } from './patient-calls.ts';
export type { Plan } from './plan.ts';
export { loadPlan, savePlan } from './plan-file.ts';
export { applyWebhook, type KnownWebhook, planWebhook, type WebhookPlan } from './plan-webhook.ts';
export { type Apply, isOfPeople, listApplies, listSteps, readRecords } from './records.ts';
export { compareOrder, type SetBackDeps, setBackView } from './set-back-view.ts';
export { type DriftChoice, settleDrift } from './settle-drift.ts';
export { type ManagedView, sortOf, type ViewSort, wantedSort } from './view-order.ts';
