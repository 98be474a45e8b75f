// The feature that sets up the account as the policy wants it: plan, apply, roll back.
import type { Feature } from '../platform/feature.ts';
import { PROVISION_TABLES } from './tables.ts';

export { type ApplyDeps, type ApplyOutcome, alone, applyPlan, type Progress } from './apply-plan.ts';
export { costOf, describePlan } from './describe-plan.ts';
export { makePlan, type PlanDeps } from './make-plan.ts';
export { makeRollbackPlan } from './make-rollback-plan.ts';
export type { Plan, Step } from './plan.ts';
export { loadPlan, savePlan } from './plan-file.ts';
export { type Apply, listApplies, listSteps } from './records.ts';

export const provisionFeature = (): Feature => ({ name: 'provision', tables: PROVISION_TABLES });
