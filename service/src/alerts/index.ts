// The feature that tells leaders and agents without being asked: in Slack.
import type { Policy } from '@deskwright/shared';
import type { Feature } from '../platform/feature.ts';
import type { Check } from '../platform/http/health.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { channelsWithoutAddress } from '../slack/address-variable.ts';
import { countryOfTimeZone } from '../slack/country-of-time-zone.ts';
import { createSlackSender, type SlackAddresses } from '../slack/create-slack-sender.ts';
import { slackEffect } from '../slack/slack-effect.ts';
import { SLACK_MESSAGE } from '../slack/slack-message.ts';

export interface AlertsDeps {
  config: { slack: SlackAddresses };
  policy: { current: () => { policy: Policy } };
  /** Epoch milliseconds. */
  clock: () => number;
  logger: Pick<Logger, 'warn'>;
}

alertsFeature.effects = [SLACK_MESSAGE];

export function alertsFeature(deps: AlertsDeps): Feature {
  const { config, clock, logger } = deps;
  const policy = () => deps.policy.current().policy;
  const sender = createSlackSender(config.slack);
  const missing = () => channelsWithoutAddress(policy(), (channel) => sender.has(channel));
  const warnOfMissing = () => {
    for (const problem of missing())
      logger.warn({ problem }, 'A Slack channel has no address: its messages wait, up to a week, until it has one');
  };
  warnOfMissing();
  return {
    name: 'alerts',
    effectKinds: [slackEffect({ sender, country: () => countryOfTimeZone(policy().time_zone), clock })],
    onPolicyChange: warnOfMissing,
    readiness: { slack: async (): Promise<Check> => checkSlack(missing()) },
  };
}

const checkSlack = (problems: readonly string[]): Check =>
  problems.length === 0 ? { ok: true } : { ok: true, warning: `${problems.join('; ')}: messages wait for it` };
