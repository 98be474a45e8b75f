// Checks that Deskwright may use the account: login, token, scopes, clock, rate limit, app.
import { checkApp } from '../../provision/index.ts';
import type { ZendeskClient } from '../../zendesk/create-zendesk.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';
import { builtAppVersion } from '../app-folder.ts';
import { type Check, failed, ok, skipped, type Verdict, warning } from './check.ts';

const DAY_MS = 86_400_000;
/** See docs/guides/install.md and https://developer.zendesk.com/documentation/api-basics/authentication/oauth-migration/ */
const API_TOKENS_END = Date.UTC(2027, 3, 30);
const OAUTH = 'Admin Center > Apps and integrations > APIs > OAuth clients';

const login: Check = {
  name: 'login',
  run: async ({ asService, config }) => {
    const me = await asService.me({ tries: 2 });
    if (me.role !== 'admin')
      return warning(
        `${config.zendesk.baseUrl} lets us in as ${me.name}, who is ${me.role}.`,
        'Make the user an admin: the export of tickets and the setting up of the account need one.',
      );
    return ok(`${config.zendesk.baseUrl} lets us in as ${me.name} (admin).`);
  },
};

const token: Check = {
  name: 'token',
  run: async ({ config, now, asService }) => {
    if (config.zendesk.login.kind === 'oauth') {
      if (await isRefused(asService)) return skipped('Not known, since the login failed.');
      return ok('OAuth client: each token lives about half an hour and is renewed by itself.');
    }
    const days = Math.ceil((API_TOKENS_END - now().getTime()) / DAY_MS);
    const action = `Make a confidential OAuth client (${OAUTH}), and set ZENDESK_OAUTH_CLIENT_ID and ZENDESK_OAUTH_CLIENT_SECRET.`;
    return days > 0
      ? warning(`API token: Zendesk stops accepting it on 2027-04-30, in ${days} days.`, action)
      : failed('API token: Zendesk stopped accepting them on 2027-04-30.', action);
  },
};

const isRefused = (zendesk: ZendeskClient): Promise<boolean> =>
  zendesk.me({ tries: 2 }).then(
    () => false,
    () => true,
  );

/** A misspelt scope still gives a token, and then every call answers 403: so one call is made for each. */
const scopes: Check = {
  name: 'scopes',
  run: async ({ asService, zendesk, config }) => {
    const refused = [
      ...(await refusedBy(asService, 'the service')),
      ...(await refusedBy(zendesk, 'plan and apply (scope "read write")')),
    ];
    if (refused.length === 0) return ok('Everything that is read can be read.');
    const fix =
      config.zendesk.login.kind === 'oauth'
        ? `Let the OAuth client have the scopes read and write (${OAUTH}).`
        : 'Make the user of the token an admin.';
    return failed(`Refused: ${refused.join('; ')}.`, fix);
  },
};

async function refusedBy({ objects }: ZendeskClient, who: string): Promise<string[]> {
  const kinds = ['group', 'ticket_field', 'view', 'webhook'] as const;
  const answers = await Promise.all(kinds.map((kind) => objects.list(kind).then(() => null, refusalOf)));
  return answers.flatMap((refusal) => (refusal === null ? [] : [`${who}: ${refusal}`]));
}

function refusalOf(error: unknown): string {
  if (error instanceof ZendeskError && error.kind === 'forbidden' && error.status !== 401) return error.message;
  throw error;
}

/** Signatures of events and tokens of the sidebar are refused when they seem to be from another time. */
const MOST_SKEW_MS = 60_000;

const clock: Check = {
  name: 'clock',
  run: async ({ fetch: get, config, now }) => {
    const answer = await get(`${config.zendesk.baseUrl}/api/v2/users/me.json`);
    const date = Date.parse(answer.headers.get('date') ?? '');
    if (Number.isNaN(date)) return skipped('Zendesk did not report the time.');
    const skew = now().getTime() - date;
    return Math.abs(skew) <= MOST_SKEW_MS
      ? ok('This machine and Zendesk agree on the time.')
      : failed(
          `This machine is ${Math.round(Math.abs(skew) / 1000)} s ${skew > 0 ? 'ahead of' : 'behind'} Zendesk.`,
          'Set its clock (timedatectl set-ntp true): otherwise events and sign-ins are refused.',
        );
  },
};

const rateLimit: Check = {
  name: 'rate limit',
  run: async ({ zendesk }) => {
    await zendesk.me();
    return zendesk.scarceMs() === 0
      ? ok('More than half of the account’s calls of this minute are left.')
      : warning(
          'Less than half of the account’s calls of this minute are left.',
          'Find what else calls the API (Admin Center > APIs > API usage), or lower zendesk.writes_per_minute.',
        );
  },
};

const app: Check = {
  name: 'app',
  run: async ({ config, zendesk, asService, publicUrl }): Promise<Verdict> => {
    const { appId, publicKey } = config.sidebar;
    if (appId === null && publicKey === null)
      return warning(
        'ZENDESK_APP_ID is not set: the sidebar and the dashboard cannot sign anybody in.',
        'Install the app: deskwright app.',
      );
    if (appId !== null) {
      const wanted = { appId, version: builtAppVersion(), serviceUrl: publicUrl };
      const problems = await checkApp(zendesk.objects, wanted);
      const worst = problems.find(({ level }) => level === 'failed') ?? problems[0];
      if (worst)
        return (worst.level === 'failed' ? failed : warning)(
          problems.map(({ message }) => message).join(' '),
          worst.action,
        );
      if (publicKey === null) await asService.readAppKey(appId);
    }
    return ok('The app is installed, and its key can be read.');
  },
};

export const ACCESS_CHECKS: readonly Check[] = [login, token, scopes, rateLimit, clock, app];
