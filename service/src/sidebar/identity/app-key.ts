// Fetches and caches the key that verifies the tokens Zendesk signs for our app.
import { createPublicKey, type KeyObject } from 'node:crypto';
import { MAX_WAIT_MS, withTimeLimit } from '../../zendesk/with-time-limit.ts';
import { ZendeskError } from '../../zendesk/zendesk.ts';

type AppKeyAnswer =
  | { kind: 'key'; key: KeyObject }
  /** The operator must act; `message` says how. */
  | { kind: 'missing'; message: string }
  /** Zendesk does not answer now. */
  | { kind: 'unavailable' };

export interface AppKey {
  /** The key for verification. While there is none, Zendesk is called at most every few seconds, however many requests arrive. */
  current(): Promise<AppKeyAnswer>;
  /**
   * Called when a signature does not match: Zendesk may have changed the key. Reads it at most once a minute, however many invalid requests
   * arrive. Null: there is no other key.
   */
  renewed(tried: KeyObject): Promise<KeyObject | null>;
}

export interface AppKeyDeps {
  /** PEM key from the configuration: then nothing is fetched. */
  given: string | null;
  appId: number | null;
  readAppKey: (appId: number) => Promise<string>;
  /** Epoch milliseconds. */
  clock: () => number;
  maxWaitMs?: number;
}

const HOLDS_MS = 3_600_000;
const ASK_AGAIN_MS = 60_000;
/** Between attempts while there is no key. */
const NO_KEY_HOLDS_MS = 2_000;

const APP_UNKNOWN =
  'Neither ZENDESK_APP_ID nor ZENDESK_APP_PUBLIC_KEY is set, so agents cannot be identified. Install the app, then set ZENDESK_APP_ID to its number in Zendesk.';

/** The configured key, or the one fetched by the app's id: cached for an hour, and fetched once for all waiting callers. */
export function createAppKey({ given, appId, readAppKey, clock, maxWaitMs = MAX_WAIT_MS }: AppKeyDeps): AppKey {
  let held: { key: KeyObject; readAt: number } | null = given
    ? { key: createPublicKey(given), readAt: Number.POSITIVE_INFINITY }
    : null;
  let pending: Promise<AppKeyAnswer> | null = null;
  let refusal: AppKeyAnswer | null = null;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function read(id: number): Promise<AppKeyAnswer> {
    askedAt = clock();
    try {
      const key = createPublicKey(await readAppKey(id));
      held = { key, readAt: clock() };
      return { kind: 'key', key };
    } catch (error) {
      if (!(error instanceof ZendeskError))
        return { kind: 'missing', message: `Zendesk returned an invalid key for app ${id}.` };
      if (error.kind === 'not_found')
        return { kind: 'missing', message: `Zendesk has no app with the id ${id}: check ZENDESK_APP_ID.` };
      if (error.kind === 'forbidden')
        return {
          kind: 'missing',
          message: `Deskwright's login may not read the key of app ${id}: its owner must be an admin, or set ZENDESK_APP_PUBLIC_KEY.`,
        };
      return { kind: 'unavailable' };
    }
  }

  async function ask(id: number): Promise<AppKeyAnswer> {
    pending ??= read(id).then((answer) => {
      pending = null;
      refusal = answer.kind === 'key' ? null : answer;
      return answer;
    });
    return (await withTimeLimit(pending, maxWaitMs)) ?? { kind: 'unavailable' };
  }

  return {
    async current() {
      if (held && clock() - held.readAt < HOLDS_MS) return { kind: 'key', key: held.key };
      if (appId === null) return { kind: 'missing', message: APP_UNKNOWN };
      const old = held;
      // An hour-old key is most likely still valid: better than refusing everybody while Zendesk is down.
      if (old && clock() - askedAt < ASK_AGAIN_MS) return { kind: 'key', key: old.key };
      if (!old && refusal && pending === null && clock() - askedAt < NO_KEY_HOLDS_MS) return refusal;
      const answer = await ask(appId);
      return answer.kind !== 'key' && old ? { kind: 'key', key: old.key } : answer;
    },
    async renewed(tried) {
      if (given || appId === null) return null;
      if (held && !held.key.equals(tried)) return held.key;
      if (pending === null && clock() - askedAt < ASK_AGAIN_MS) return null;
      const answer = await ask(appId);
      return answer.kind === 'key' && !answer.key.equals(tried) ? answer.key : null;
    },
  };
}
