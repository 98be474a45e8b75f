// Validates the addresses of Slack channels in the environment.
import { z } from 'zod';

const PREFIX = 'SLACK_WEBHOOK_URL';

/** The settings of Slack channels that the environment has, whether given directly or by a file. */
export function slackSettings(env: NodeJS.ProcessEnv): string[] {
  const names = Object.keys(env).filter((name) => env[name] && (name === PREFIX || name.startsWith(`${PREFIX}_`)));
  return [...new Set(names.map((name) => name.replace(/_FILE$/, '')))];
}

/** `leads` of `SLACK_WEBHOOK_URL_LEADS`; `default` of `SLACK_WEBHOOK_URL`. */
export const channelOf = (name: string): string =>
  name === PREFIX ? 'default' : name.slice(PREFIX.length + 1).toLowerCase();

const EXAMPLE = 'https://hooks.slack.com/services/<team>/<webhook>/<secret>';

/**
 * By channel. Messages never show an address, which is a secret: who has it can write to the channel.
 * @param isOnThisMachine whether an address leads to this machine: there, http is allowed
 */
export const slackAddresses = (isOnThisMachine: (url: string) => boolean) =>
  z.record(z.string(), z.string().optional()).transform((env, context): Readonly<Record<string, string>> => {
    const addresses = new Map<string, string>();
    for (const name of slackSettings(env)) {
      const given = env[name]?.trim();
      if (given === undefined) continue;
      const problem = addresses.has(channelOf(name))
        ? `${name} and ${PREFIX} are both set, and both are the channel "default"; remove one of them.`
        : findProblem(name, given, isOnThisMachine);
      if (problem === null) addresses.set(channelOf(name), given);
      else context.addIssue(problem);
    }
    return Object.fromEntries(addresses);
  });

function findProblem(name: string, given: string, isOnThisMachine: (url: string) => boolean): string | null {
  if (!/^SLACK_WEBHOOK_URL(_[A-Z][A-Z0-9_]{0,39})?$/.test(name))
    return `${name} is not the setting of a Slack channel: after SLACK_WEBHOOK_URL_ comes the channel's name in A to Z, digits and _, such as SLACK_WEBHOOK_URL_LEADS.`;
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
