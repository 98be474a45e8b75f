// The feature that lets agents use the company's other systems from the sidebar, and verify who the customer is.
import type { Policy } from '@deskwright/shared';
import type { Directory } from '../directory/directory.ts';
import type { MailWatch } from '../mail/watch-mail.ts';
import type { Feature } from '../platform/feature.ts';
import type { Check } from '../platform/http/health.ts';
import type { Logger } from '../platform/logging/logger.ts';
import type { Metrics } from '../platform/metrics/create-metrics.ts';
import type { Database } from '../platform/storage/database.ts';
import { daysBefore } from '../platform/storage/delete-old-rows.ts';
import type { PolicyWithGuidance } from '../policy/policy-in-force.ts';
import type { AgentAction, CardSection, FindAgent, TicketCall, TimelineSource } from '../sidebar/index.ts';
import type { Zendesk } from '../zendesk/zendesk.ts';
import { askTool, showBeside } from './ask-tool.ts';
import { isSetUp, type ToolSecrets } from './call-tool.ts';
import { toolsSection } from './card/tools-section.ts';
import { verificationSection } from './card/verification-section.ts';
import { eraseOldInputs, pruneTools, toolsErasing } from './erasing.ts';
import { runTool } from './run-tool.ts';
import { TOOL_TABLES } from './tables.ts';
import { toolsTimeline, verificationsTimeline } from './timeline.ts';
import { TOOL_RUN, toolRunKind } from './tool-run-effect.ts';
import { checkAnswers } from './verification/answer-action.ts';
import { checkCode, sendCode } from './verification/code-actions.ts';
import { codeMailKind, VERIFICATION_MAIL } from './verification/code-mail.ts';
import { makeCode } from './verification/codes.ts';
import { VERIFICATION_TABLES } from './verification/tables.ts';

/** For what asks more of a customer who is not verified. */
export { isVerified, verifiedTimes } from './verification/is-verified.ts';

export interface ToolsDeps {
  config: { publicUrl: string; toolSecrets?: ToolSecrets | undefined };
  db: Database;
  mail: Pick<MailWatch, 'sender' | 'canSend'>;
  zendesk: Pick<Zendesk, 'showAddress'>;
  directory: { directory: Directory; current: () => Directory | null };
  policy: { current: () => PolicyWithGuidance };
  pages: { findAgent: FindAgent };
  metrics: Pick<Metrics, 'counter'>;
  /** Called when an effect was recorded. */
  onEffect: () => unknown;
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Logger;
}

toolsFeature.erasing = toolsErasing;
toolsFeature.effects = [TOOL_RUN, VERIFICATION_MAIL];

export function toolsFeature(given: ToolsDeps): Feature & {
  actions: readonly AgentAction[];
  ticketCalls: readonly TicketCall[];
  cardSections: readonly CardSection[];
  timelineSources: readonly TimelineSource[];
} {
  const { config, db, policy, directory, metrics } = given;
  const secrets = config.toolSecrets ?? {};
  const inForce = () => policy.current().policy;
  const requests = metrics.counter(
    'deskwright_tool_requests_total',
    'Requests of tools by this process, by what came of them.',
    ['tool', 'outcome'],
  );
  const count = (tool: string, outcome: string) => requests.inc({ tool, outcome });
  const deps = { ...given, secrets, fetch: globalThis.fetch, count, makeCode };
  const asking = { ...deps, recent: new Map() };
  return {
    name: 'tools',
    actions: [runTool, sendCode(deps), checkCode, checkAnswers(deps)],
    ticketCalls: [askTool(asking), showBeside(asking)],
    cardSections: [toolsSection(secrets), verificationSection],
    timelineSources: [toolsTimeline, verificationsTimeline],
    effectKinds: [
      toolRunKind({ ...deps, directory: directory.directory, findAgent: given.pages.findAgent }),
      codeMailKind({ ...deps, directory: directory.directory, policy: inForce, publicUrl: config.publicUrl }),
    ],
    readiness: { tools: () => Promise.resolve(checkSecrets(inForce(), secrets)) },
    tables: { ...TOOL_TABLES, ...VERIFICATION_TABLES },
    retention: [
      (now, signal) => pruneTools(db, daysBefore(now, inForce().retention.actions), signal),
      (now) => eraseOldInputs(db, now),
    ],
  };
}

/** A warning only: the other tools work. */
function checkSecrets({ tools }: Policy, secrets: ToolSecrets): Check {
  const missing = tools.flatMap((tool) =>
    isSetUp(tool, secrets) ? [] : [`TOOL_SECRET_${(tool.request.secret ?? '').toUpperCase()}`],
  );
  if (missing.length === 0) return { ok: true };
  return { ok: true, warning: `tools cannot be used: ${[...new Set(missing)].join(', ')} is not set` };
}
