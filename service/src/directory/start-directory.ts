// Opens the directory as soon as Zendesk accepts our login.
import { setTimeout as pause, setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type { NamePlaces, Policy } from '@deskwright/shared';
import { aboutError } from '../platform/errors/about-error.ts';
import type { Logger } from '../platform/logging/logger.ts';
import { findUnknownNames, type UnknownName } from '../policy/find-unknown-names.ts';
import { formatUnknownName } from '../policy/format-policy.ts';
import { ZendeskError } from '../zendesk/zendesk.ts';
import { type Directory, type DirectoryDeps, openDirectory } from './directory.ts';

export interface DirectoryStart {
  /** For work that starts once the directory is open; before that its calls throw `ZendeskError` (`unavailable`). */
  directory: Directory;
  /** Null until Zendesk has accepted our login. */
  current: () => Directory | null;
  /** Waits for Zendesk. Null: the service is stopping. */
  opened: () => Promise<Directory | null>;
  /** Why it is not open yet. */
  trouble: () => string;
}

/** Zendesk may be unavailable at start: this often we retry, while webhooks are already accepted. */
const ASK_AGAIN_MS = 5_000;

/** Starts opening one directory for all parts of the process, and retries until it is open or `signal` aborts. Returns at once. */
export function startDirectory(
  deps: DirectoryDeps,
  signal: AbortSignal,
  askAgainMs: number = ASK_AGAIN_MS,
): DirectoryStart {
  let directory: Directory | null = null;
  let trouble = 'waiting for Zendesk to accept our login';

  async function open(): Promise<Directory | null> {
    while (!signal.aborted) {
      try {
        directory = await openDirectory(deps);
        return directory;
      } catch (error) {
        trouble = error instanceof ZendeskError ? error.message : aboutError(error).error;
        deps.logger.warn({ err: trouble }, 'Zendesk does not accept our login or cannot be reached; retrying');
        await sleep(askAgainMs, undefined, { signal }).catch(() => undefined);
      }
    }
    return null;
  }
  const opening = open();
  const opened = (): Directory => {
    if (directory) return directory;
    throw new ZendeskError('unavailable', trouble, null);
  };
  return {
    directory: {
      me: () => opened().me(),
      isAgent: (userId, at) => opened().isAgent(userId, at),
      groupId: (name) => opened().groupId(name),
      nameOf: (kind, id) => opened().nameOf(kind, id),
      hasRead: (kind) => opened().hasRead(kind),
      emailOfAgent: (userId) => opened().emailOfAgent(userId),
      names: () => opened().names(),
      person: async (userId) => opened().person(userId),
      refresh: async (because) => opened().refresh(because),
    },
    current: () => directory,
    opened: () => opening,
    trouble: () => trouble,
  };
}

interface NamesWatchDeps {
  directory: Pick<DirectoryStart, 'current' | 'opened'>;
  policy: () => Policy;
  /** Where its names were read. */
  places?: () => NamePlaces;
  logger: Logger;
  signal: AbortSignal;
  /** Milliseconds between two checks. While a name is missing, each check reads the directory again. */
  everyMs?: number;
}

interface NamesWatch {
  /** What the policy in force names and the account, as far as known, does not have. Empty until Zendesk has accepted our login. */
  unknown: () => UnknownName[];
  /** Reads the names that a new policy uses, and checks. Does nothing after `signal` is aborted. */
  policyChanged: () => Promise<void>;
  /** Resolves after `signal` and the read in progress, whose result is stored. */
  ended: Promise<void>;
}

/** Starts watching and returns at once. Logs when the missing names change, not at every check. */
export function watchNames({
  directory,
  policy,
  places,
  logger,
  signal,
  everyMs = 60_000,
}: NamesWatchDeps): NamesWatch {
  let logged: UnknownName[] = [];
  const readings = new Set<Promise<void>>();

  function unknown(): UnknownName[] {
    const account = directory.current()?.names();
    return account ? findUnknownNames(policy(), account, places?.()) : [];
  }

  function logChanges(): void {
    const now = unknown();
    if (isDeepStrictEqual(now, logged)) return;
    if (now.length > 0) {
      logger.warn(
        { names: now.map(formatUnknownName) },
        'The policy names groups, agents or brands that Zendesk does not have',
      );
    } else logger.info({}, 'All groups, agents and brands that the policy names exist in Zendesk again');
    logged = now;
  }

  async function watch(): Promise<void> {
    const opened = await directory.opened();
    if (!opened) return;
    await compare(async () => undefined);
    while (!signal.aborted) {
      await pause(everyMs, null, { signal, ref: false }).catch(() => null);
      if (!signal.aborted) await compare(() => opened.refresh(unknown().length > 0 ? 'unknown' : undefined));
    }
  }

  /** Reads and reports. A failure, even a bug of ours, must not end the watching. */
  async function compare(read: () => Promise<void> | undefined): Promise<void> {
    try {
      await read();
      logChanges();
    } catch (error) {
      logger.error(aboutError(error), 'The names in the policy could not be compared with Zendesk; retrying');
    }
  }

  return {
    unknown,
    policyChanged: async () => {
      if (signal.aborted) return;
      const reading = compare(() => directory.current()?.refresh('policy'));
      readings.add(reading);
      await reading.finally(() => readings.delete(reading));
    },
    ended: watch().then(async () => void (await Promise.allSettled(readings))),
  };
}
