// Watches files for changes, however editors save them.
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

export interface FilesWatch {
  /** Watches exactly these files from now on. */
  follow(paths: readonly string[]): void;
  stop(): void;
}

export interface WatchOptions {
  /** Called once nothing has changed for `debounceMs`, and every `pollMs`; the caller checks for changes. */
  readonly onMaybeChanged: () => void;
  readonly debounceMs: number;
  readonly pollMs: number;
}

/**
 * Watches the folders, because most editors replace the file, and a watch on the file itself would stay with the
 * old one. Network drives and mounted configuration report no changes, so it also polls.
 * Does not keep the process alive.
 */
export function watchFiles({ onMaybeChanged, debounceMs, pollMs }: WatchOptions): FilesWatch {
  const watchers = new Map<string, FSWatcher>();
  let followed: ReadonlySet<string> = new Set();
  let quiet: NodeJS.Timeout | undefined;
  const notice = (folder: string, name: string | null) => {
    // Kubernetes swaps a link next to the file instead of the file; its name starts with two dots.
    if (name !== null && !name.startsWith('..') && !followed.has(keyOf(folder, name))) return;
    clearTimeout(quiet);
    quiet = setTimeout(onMaybeChanged, debounceMs);
    quiet.unref();
  };
  const poll = setInterval(onMaybeChanged, pollMs);
  poll.unref();
  return {
    follow(paths) {
      followed = new Set(paths.map((path) => keyOf(dirname(path), basename(path))));
      const folders = new Set(paths.map((path) => dirname(path)));
      for (const [folder, watcher] of watchers) {
        if (folders.has(folder)) continue;
        watcher.close();
        watchers.delete(folder);
      }
      for (const folder of folders) {
        if (watchers.has(folder)) continue;
        const watcher = tryWatch(folder, (name) => notice(folder, name));
        // Too many watches, or the folder was removed: polling continues, and the next change may bring the watch back.
        watcher?.on('error', () => {
          watcher.close();
          watchers.delete(folder);
        });
        if (watcher) watchers.set(folder, watcher);
      }
    },
    stop() {
      clearTimeout(quiet);
      clearInterval(poll);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

function keyOf(folder: string, name: string): string {
  return `${folder}\n${name}`;
}

function tryWatch(folder: string, notice: (name: string | null) => void): FSWatcher | undefined {
  try {
    return watch(folder, { persistent: false }, (_, name) => notice(name));
  } catch {
    return undefined;
  }
}
