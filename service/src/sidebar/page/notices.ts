// The texts shown in place of a page of the app.
import type { NoAgentReason } from '../identity/agent.ts';
import type { PageName } from './app-build.ts';

export interface Notice {
  status: number;
  title: string;
  text: string;
}

const OPEN_ANEW = 'Reload the page in Zendesk: it signs you in again.';

const WHERE_TO_OPEN: Readonly<Record<PageName, string>> = {
  sidebar:
    'Deskwright’s sidebar opens beside a ticket in Zendesk, which signs you in. Open a ticket in Zendesk to see it.',
  dashboard:
    'Deskwright’s dashboard opens in Zendesk, which signs you in. Choose Deskwright in the bar on the left of Zendesk to see it.',
};

type NoticeName =
  | NoAgentReason
  | 'inside'
  | 'missing'
  | 'expired'
  | 'invalid'
  | 'unavailable'
  | 'noKey'
  | 'notBuilt'
  | 'busy'
  | 'unreadable'
  | 'trouble';

export function noticesOf(page: PageName): Readonly<Record<NoticeName, Notice>> {
  return {
    /** GET: the address was opened outside Zendesk. */
    inside: { status: 200, title: 'Open this page from Zendesk', text: WHERE_TO_OPEN[page] },
    missing: {
      status: 401,
      title: 'Zendesk did not say who you are',
      text: `The ${page} was opened without Zendesk’s signed token. ${OPEN_ANEW} If this keeps happening, an admin should check that the app is installed with signed URLs.`,
    },
    expired: {
      status: 401,
      title: 'The sign-in is too old',
      text: `Zendesk’s signed token has expired. ${OPEN_ANEW}`,
    },
    invalid: {
      status: 401,
      title: 'The sign-in could not be verified',
      text: `Zendesk’s signed token is not valid for this service. ${OPEN_ANEW} If this keeps happening, an admin should check ZENDESK_APP_ID and the Zendesk address in the service’s configuration.`,
    },
    unavailable: {
      status: 503,
      title: 'Zendesk does not answer',
      text: 'Deskwright could not check with Zendesk who you are. Reload the page in a moment.',
    },
    noKey: {
      status: 503,
      title: `The ${page} is not set up yet`,
      text: 'An admin has to finish the installation: the service cannot verify Zendesk’s signature. Its /readyz page and its log say what is missing.',
    },
    notBuilt: {
      status: 503,
      title: `The ${page} is not built yet`,
      text: `The service runs without the ${page}’s files. An admin can build them with “npm run build” where the service runs.`,
    },
    busy: {
      status: 429,
      title: 'Too many requests',
      text: `The ${page} was opened too often from your network within a minute. Reload the page in a moment.`,
    },
    unreadable: {
      status: 400,
      title: 'The request could not be read',
      text: `The request was not in the form that Zendesk sends. ${OPEN_ANEW}`,
    },
    trouble: {
      status: 503,
      title: `The ${page} has a problem`,
      text: 'The problem is on our side. Reload the page in a moment.',
    },
    unknown: { status: 403, title: `The ${page} is for agents`, text: 'Your Zendesk user was deleted.' },
    end_user: {
      status: 403,
      title: `The ${page} is for agents`,
      text: 'Your Zendesk account is an end user’s. An admin can change your role in Zendesk.',
    },
    suspended: {
      status: 403,
      title: 'Your account is suspended',
      text: `Your Zendesk account is suspended, so the ${page} cannot be opened. An admin can unsuspend it in Zendesk.`,
    },
  };
}
