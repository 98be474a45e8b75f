// Validates the addresses of Slack channels in the environment.
import { z } from 'zod';
import type { SlackAddresses } from '../slack/create-slack-sender.ts';
import type { SlackBotChannel } from '../slack/post-as-bot.ts';

const PREFIX = 'SLACK_WEBHOOK_URL';
const CHANNEL = 'SLACK_CHANNEL';
const TOKEN = 'SLACK_BOT_TOKEN';
const API = 'SLACK_API_URL';

/** The settings of Slack channels that the environment has, whether given directly or by a file. */
export function slackSettings(env: NodeJS.ProcessEnv): string[] {
  const names = Object.keys(env).filter((name) => env[name] && (name === PREFIX || name.startsWith(`${PREFIX}_`)));
  return [...new Set(names.map((name) => name.replace(/_FILE$/, '')))];
}

/** `leads` of `SLACK_WEBHOOK_URL_LEADS`; `default` of `SLACK_WEBHOOK_URL`. */
const channelOf = (name: string, prefix = PREFIX): string =>
  name === prefix ? 'default' : name.slice(prefix.length + 1).toLowerCase();

/** The settings that say where in Slack the bot posts. */
const channelSettings = (env: NodeJS.ProcessEnv): string[] =>
  Object.keys(env).filter((name) => env[name] && (name === CHANNEL || name.startsWith(`${CHANNEL}_`)));

/** The channels that the environment has an address for, as the policy names them. */
export const slackChannels = (env: NodeJS.ProcessEnv): string[] => [
  ...slackSettings(env).map((name) => channelOf(name)),
  ...channelSettings(env).map((name) => channelOf(name, CHANNEL)),
];

const EXAMPLE = 'https://hooks.slack.com/services/<team>/<webhook>/<secret>';

/**
 * By channel. Messages never show an address, which is a secret: who has it can write to the channel.
 * @param isOnThisMachine whether an address leads to this machine: there, http is allowed
 */
export const slackAddresses = (isOnThisMachine: (url: string) => boolean) =>
  z.record(z.string(), z.string().optional()).transform((env, context): SlackAddresses => {
    const addresses = new Map<string, string | SlackBotChannel>();
    for (const name of slackSettings(env)) {
      const given = env[name]?.trim();
      if (given === undefined) continue;
      const problem = addresses.has(channelOf(name))
        ? `${name} and ${PREFIX} are both set, and both are the channel "default"; remove one of them.`
        : findProblem(name, given, isOnThisMachine);
      if (problem === null) addresses.set(channelOf(name), given);
      else context.addIssue(problem);
    }
    // Where a channel has both, the bot posts: it can answer in threads.
    for (const name of channelSettings(env)) {
      const channelId = env[name]?.trim() ?? '';
      const [token, apiUrl] = [env[TOKEN]?.trim() ?? '', env[API]?.trim() || undefined];
      const problem = findBotProblem({ name, channelId, token, apiUrl }, isOnThisMachine);
      if (problem === null) addresses.set(channelOf(name, CHANNEL), { channelId, token, apiUrl });
      else context.addIssue(problem);
    }
    return Object.fromEntries(addresses);
  });

function findBotProblem(
  { name, channelId, token, apiUrl }: SlackBotChannel & { name: string },
  isOnThisMachine: (url: string) => boolean,
): string | null {
  if (!/^SLACK_CHANNEL(_[A-Z][A-Z0-9_]{0,39})?$/.test(name))
    return `${name} is not a valid setting: after SLACK_CHANNEL_ it must have the channel's name in A to Z, digits and _, such as SLACK_CHANNEL_LEADS.`;
  if (!/^[CG][A-Z0-9]{2,}$/.test(channelId))
    return `${name} is not the id of a Slack channel (it should look like C0123456789; Slack shows it below "About" in the channel's details).`;
  if (token === '') return `${name} is set and ${TOKEN} is not; set the bot's token, which begins with xoxb-.`;
  if (!/^xoxb-[\w-]+$/.test(token)) return `${TOKEN} is not the token of a bot of Slack (it begins with xoxb-).`;
  if (apiUrl === undefined) return null;
  const isSafe = URL.canParse(apiUrl) && (apiUrl.startsWith('https://') || isOnThisMachine(apiUrl));
  return isSafe ? null : `${API} is not an address that can be used here (it should look like https://slack.com/api/).`;
}

function findProblem(name: string, given: string, isOnThisMachine: (url: string) => boolean): string | null {
  if (!/^SLACK_WEBHOOK_URL(_[A-Z][A-Z0-9_]{0,39})?$/.test(name))
    return `${name} is not a valid setting: after SLACK_WEBHOOK_URL_ it must have the channel's name in A to Z, digits and _, such as SLACK_WEBHOOK_URL_LEADS.`;
  const wrong = `${name} is not the address of an incoming webhook of Slack (it should look like ${EXAMPLE}).`;
  if (!URL.canParse(given) || /[<>\s]/.test(given)) return wrong;
  const { protocol, hostname, pathname, username } = new URL(given);
  if (protocol === 'http:' && isOnThisMachine(given)) return null;
  if (protocol !== 'https:' || username !== '' || pathname === '/') return wrong;
  if (!/(^|\.)slack(-gov)?\.com$/.test(hostname)) return null;
  if (pathname.startsWith('/triggers/') || pathname.startsWith('/workflows/'))
    return `${name} is the address of a workflow, which takes other messages. Make an incoming webhook (docs/guides/slack.md): its address looks like ${EXAMPLE}.`;
  const isWebhook = /^\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/[A-Za-z0-9]+$/.test(pathname);
  // The one in Slack's documentation.
  return isWebhook && !/\/X{20,}$/.test(pathname) ? null : wrong;
}
