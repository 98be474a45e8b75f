// The features of the service.
import type { Feature } from '../platform/feature.ts';
import { type SidebarDeps, sidebarFeature } from '../sidebar/index.ts';
import { type SurveysDeps, surveysFeature } from '../surveys/index.ts';
import { type TicketsDeps, ticketsFeature } from '../tickets/feature.ts';
import { performEffectsJob } from '../tickets/jobs.ts';
import { aheadOfReadBudget } from '../tickets/sync/read-budget.ts';
import { type ViewsDeps, viewsFeature } from '../views/index.ts';

/** What features are made from; each names the part that it needs. */
export type Context = Omit<TicketsDeps & ViewsDeps & SurveysDeps & SidebarDeps, 'hooks' | 'onEffect'>;

/** All of them. A new feature is a folder and a line here. */
export function createFeatures(given: Context): readonly Feature[] {
  const context = { ...given, onEffect: () => given.enqueue(performEffectsJob, {}) };
  const views = viewsFeature(context);
  const counted = { ...context, zendesk: aheadOfReadBudget(context.zendesk, context) };
  const surveys = surveysFeature(counted);
  const hooks = [...views.ticketHooks, ...surveys.ticketHooks];
  return [ticketsFeature({ ...context, hooks }), views, surveys, sidebarFeature({ ...counted, hooks })];
}
