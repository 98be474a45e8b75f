// Opens the directory as soon as Zendesk accepts our login.
import { setTimeout as sleep } from 'node:timers/promises';
import { aboutError } from '../platform/errors/about-error.ts';
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
