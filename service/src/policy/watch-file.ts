// Has a file changed, however it was saved?
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

export interface FileWatch {
  stop(): void;
}

export interface WatchOptions {
  readonly path: string;
  /** Called after things have been quiet for `debounceMs`, and every `pollMs`; look whether there is something new. */
  readonly onMaybeChanged: () => void;
  readonly debounceMs: number;
  readonly pollMs: number;
}

/**
 * Watches the folder, since most editors put a new file in the old one's place and a watch on the file itself would
 * go on looking at the old one. Network drives and mounted configuration send no notices, so it also asks regularly.
 * Does not keep the process alive.
 */
export function watchFile({ path, onMaybeChanged, debounceMs, pollMs }: WatchOptions): FileWatch {
  let quiet: NodeJS.Timeout | undefined;
  const notice = (name: string | null) => {
    // Kubernetes swaps a link beside the file instead of the file; its name begins with two dots.
    if (name !== null && name !== basename(path) && !name.startsWith('..')) return;
    clearTimeout(quiet);
    quiet = setTimeout(onMaybeChanged, debounceMs);
    quiet.unref();
  };
  const watcher = tryWatch(dirname(path), notice);
  const poll = setInterval(onMaybeChanged, pollMs);
  poll.unref();
  return {
    stop() {
      clearTimeout(quiet);
      clearInterval(poll);
      watcher?.close();
    },
  };
}

function tryWatch(folder: string, notice: (name: string | null) => void): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => notice(name));
    // Too many watches, or the folder went away: the regular look remains.
    watcher.on('error', () => watcher.close());
    return watcher;
  } catch {
    return undefined;
  }
}
