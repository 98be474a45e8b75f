// Names the environment variable with a channel's address, and the channels of a policy that have none.
import { ALL_SURVEYS, type Policy } from '@deskwright/shared';

/** `SLACK_WEBHOOK_URL_LEADS` of `leads`. */
export const addressVariable = (channel: string): string =>
  channel === 'default' ? 'SLACK_WEBHOOK_URL' : `SLACK_WEBHOOK_URL_${channel.toUpperCase()}`;

/** `SLACK_CHANNEL_LEADS` of `leads`: where a bot posts. */
const channelVariable = (channel: string): string =>
  channel === 'default' ? 'SLACK_CHANNEL' : `SLACK_CHANNEL_${channel.toUpperCase()}`;

/** A sentence for each channel that the policy names and that has no address. */
export function channelsWithoutAddress(
  policy: Pick<Policy, 'alarms' | 'reminders' | 'refunds' | 'reports' | 'surveys'>,
  hasAddress: (channel: string) => boolean,
): string[] {
  const uses = [
    ...(policy.alarms.slack === undefined ? [] : [{ key: 'alarms', channel: policy.alarms.slack }]),
    ...(policy.reminders.slack === undefined ? [] : [{ key: 'reminders', channel: policy.reminders.slack }]),
    ...(policy.refunds?.approvals.slack === undefined
      ? []
      : [{ key: 'requests to approve refunds', channel: policy.refunds.approvals.slack }]),
    ...policy.reports.flatMap(({ id, slack }) =>
      slack === undefined ? [] : [{ key: `report "${id}"`, channel: slack }],
    ),
    ...ALL_SURVEYS.flatMap((survey) =>
      survey === 'pulse'
        ? []
        : (policy.surveys[survey]?.slack ?? []).map(({ channel }) => ({ key: `answers to ${survey}`, channel })),
    ),
  ];
  const missing = [...new Set(uses.map(({ channel }) => channel))].filter((channel) => !hasAddress(channel));
  return missing.map((channel) => {
    const keys = new Set(uses.filter((use) => use.channel === channel).map(({ key }) => key));
    return `the policy sends ${[...keys].join(', ')} to the Slack channel "${channel}", and neither ${addressVariable(channel)} nor ${channelVariable(channel)} is set`;
  });
}
