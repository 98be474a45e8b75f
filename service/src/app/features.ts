// The features of the service.

import { type AlertsDeps, alertsFeature } from '../alerts/index.ts';
import { type DashboardDeps, dashboardFeature } from '../dashboard/index.ts';
import { type HistoryDeps, historyFeature, measureTicketsJob } from '../history/index.ts';
import { createSmtpMailSender } from '../mail/create-smtp-mail-sender.ts';
import { type MailWatch, watchMail } from '../mail/watch-mail.ts';
import { type PastTicketsDeps, pastTicketsFeature } from '../past-tickets/index.ts';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Feature } from '../platform/feature.ts';
import { joinCalls } from '../platform/jobs/join-calls.ts';
import { createLive } from '../platform/live/live.ts';
import type { EffectDescription } from '../platform/outbox/effect-definition.ts';
import { outboxFeature, performEffectsJob } from '../platform/outbox/outbox.ts';
import { outbox } from '../platform/outbox/tables.ts';
import type { EffectKind } from '../platform/outbox/work.ts';
import { type ProvisionDeps, provisionFeature } from '../provision/index.ts';
import { type RefundsDeps, refundsFeature } from '../refunds/index.ts';
import { type ReportsDeps, reportsFeature, sendsMail } from '../reports/index.ts';
import {
  type AgentAction,
  type AppPagesDeps,
  type CardSection,
  createAppPages,
  type SidebarDeps,
  sidebarFeature,
  type TicketCall,
  type TimelineSource,
} from '../sidebar/index.ts';
import { asksAnything, type SurveysDeps, surveysFeature } from '../surveys/index.ts';
import {
  chargingReadBudget,
  type ErasingHook,
  ofNoOpenTicket,
  type TicketHook,
  type TicketsDeps,
  ticketsFeature,
} from '../tickets/index.ts';
import { isVerified, type ToolsDeps, toolsFeature } from '../tools/index.ts';
import { type ViewsDeps, viewsFeature } from '../views/index.ts';

/** Everything features are created from; each names the part that it needs. */
export type Context = Omit<
  TicketsDeps &
    HistoryDeps &
    ViewsDeps &
    SurveysDeps &
    AlertsDeps &
    SidebarDeps &
    DashboardDeps &
    ReportsDeps &
    RefundsDeps &
    ToolsDeps &
    ProvisionDeps &
    PastTicketsDeps &
    AppPagesDeps,
  'hooks' | 'actions' | 'calls' | 'sections' | 'timeline'
>;

/** New effects are enqueued at once, and then at most once per this interval. Milliseconds. */
const EFFECTS_EVERY_MS = 100;

/** Creates one capability. It depends on `tickets` and `sidebar`, which do not depend on it. */
export interface Capability {
  (
    context: Context,
  ): Feature & {
    readonly ticketHooks?: readonly TicketHook[];
    readonly actions?: readonly AgentAction[];
    readonly ticketCalls?: readonly TicketCall[];
    readonly cardSections?: readonly CardSection[];
    readonly timelineSources?: readonly TimelineSource[];
  };
  /** Erases the customers' words that it keeps. Needs no context, because `deskwright forget` erases without the service. */
  readonly erasing?: ErasingHook;
  /** The kinds of effect that it performs, for `deskwright failed`. */
  readonly effects?: readonly EffectDescription[];
}

/** To add a capability, add a folder and a line here. @internal */
export const CAPABILITIES: readonly Capability[] = [
  historyFeature,
  viewsFeature,
  surveysFeature,
  alertsFeature,
  dashboardFeature,
  reportsFeature,
  refundsFeature,
  toolsFeature,
  provisionFeature,
  pastTicketsFeature,
];

/** What erases the words that features keep. */
export function erasingHooks(capabilities: readonly Capability[] = CAPABILITIES): readonly ErasingHook[] {
  return [...capabilities, sidebarFeature].flatMap(({ erasing }: { erasing?: ErasingHook }) => erasing ?? []);
}

/** What operators are told of each kind of effect. One that no feature describes is shown by its name. */
export function effectDescriptions(capabilities: readonly Capability[] = CAPABILITIES): readonly EffectDescription[] {
  return [ticketsFeature, ...capabilities].flatMap(({ effects = [] }: Pick<Capability, 'effects'>) => effects);
}

/**
 * The kinds of effect that the features perform. Throws if one is not declared: `deskwright failed`, which runs without the service, could
 * neither describe nor retry its entries.
 * @internal
 */
export function performedKinds(
  features: readonly Feature[],
  capabilities: readonly Capability[] = CAPABILITIES,
): readonly EffectKind[] {
  const declared = new Set(effectDescriptions(capabilities).map(({ name }) => name));
  return features.flatMap(({ name: feature, effectKinds = [] }) =>
    effectKinds.map((kind) => {
      if (declared.has(kind.name)) return kind;
      throw new Error(
        `The feature "${feature}" performs effects of the kind "${kind.name}", which is not in its \`effects\`; add the definition there.`,
      );
    }),
  );
}

/** Throws if an agent tool records an effect that its own feature does not perform. @internal */
export function requireEffects({ name: feature, actions = [], effectKinds = [] }: ReturnType<Capability>): void {
  const performed = new Set(effectKinds.map(({ name }) => name));
  for (const { name, effect } of actions)
    if (effect !== undefined && !performed.has(effect))
      throw new Error(
        `The tool "${name}" records the effect "${effect}", which the feature "${feature}" does not perform.`,
      );
}

/** What a hook does after a batch concerns its own feature only; what it does in a ticket's transaction is the ticket's. */
function guardHooks({ name, ticketHooks = [] }: ReturnType<Capability>, logger: Context['logger']): TicketHook[] {
  return ticketHooks.map((hook) => ({
    ...hook,
    onBatchProcessed: async () => {
      try {
        await hook.onBatchProcessed?.();
      } catch (error) {
        logger.error({ feature: name, ...aboutError(error) }, 'A feature failed to process a batch of events');
      }
    },
  }));
}

interface MailDeps extends Pick<Context, 'db' | 'policy' | 'metrics' | 'clock' | 'logger' | 'signal'> {
  config: { smtpUrl: string | null; mailFrom: string };
  /** Whether this process sends mails. */
  isWorker: boolean;
}

/** The mail server, whose state every feature that sends mail shares. */
function watchMailOf({ db, config, policy, isWorker, metrics, clock, logger, signal }: MailDeps): MailWatch {
  const mail = watchMail({
    db,
    server: config.smtpUrl ? createSmtpMailSender({ url: config.smtpUrl, from: config.mailFrom }) : null,
    isNeeded: () => {
      const { policy: inForce } = policy.current();
      return asksAnything(inForce) || sendsMail(inForce) || inForce.verification?.code !== undefined;
    },
    metrics,
    clock,
    logger,
  });
  if (isWorker) void mail.keepChecking(signal);
  return mail;
}

/** All features of the service. `given.zendesk` has no read budget yet: each kind of work reads within its own. */
export function createFeatures(
  given: Omit<Context, 'onEffect' | 'live' | 'pages' | 'mail'> & MailDeps,
  capabilities: readonly Capability[] = CAPABILITIES,
): readonly Feature[] {
  // What agents do and customers answer is recorded in the history too.
  const startWork = () => Promise.all([given.enqueue(performEffectsJob, {}), given.enqueue(measureTicketsJob, {})]);
  const onEffect = joinCalls(startWork, EFFECTS_EVERY_MS, given.signal);
  const zendesk = chargingReadBudget(given.zendesk, given);
  const context = {
    ...given,
    isVerified,
    onEffect,
    zendesk,
    live: createLive(),
    mail: watchMailOf(given),
    pages: createAppPages({ ...given, zendesk }),
  };
  const made = capabilities.map((make) => make(context));
  for (const feature of made) requireEffects(feature);
  const hooks = [...erasingHooks(capabilities), ...made.flatMap((feature) => guardHooks(feature, given.logger))];
  const actions = made.flatMap((feature) => feature.actions ?? []);
  const calls = made.flatMap(({ ticketCalls = [] }) => ticketCalls);
  const timeline = made.flatMap(({ timelineSources = [] }) => timelineSources);
  const sections = made.flatMap(({ cardSections = [] }) => cardSections);
  const features: Feature[] = [
    ticketsFeature({ ...context, zendesk: given.zendesk, hooks }),
    ...made,
    sidebarFeature({ ...context, hooks, actions, calls, sections, timeline }),
  ];
  const kinds = performedKinds(features, capabilities);
  return [
    ...features,
    outboxFeature({
      ...context,
      kinds,
      keepEffects: () => given.policy.current().policy.retention.effects,
      mayDelete: ofNoOpenTicket(outbox.ticketId),
    }),
  ];
}
