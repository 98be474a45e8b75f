// Remembers which files a text names, so that unchanged files are not parsed again.
import type { NamedFiles } from '@deskwright/shared';
import type { NamesIn } from './read-policy-file.ts';

/** Twice as many as a policy may have. */
const MOST = 500;

/** @param remembered by text, the one used last at the end */
export function rememberNames(namesIn: NamesIn, remembered: Map<string, NamedFiles>): NamesIn {
  return async (texts) => {
    const fresh = [...new Set(texts.filter((text) => !remembered.has(text)))];
    const found = fresh.length === 0 ? [] : await namesIn(fresh);
    const all = new Map([
      ...texts.map((text) => [text, remembered.get(text)] as const),
      ...fresh.map((text, index) => [text, found[index]] as const),
    ]);
    for (const [text, names] of all) {
      remembered.delete(text);
      if (names) remembered.set(text, names);
    }
    for (const oldest of [...remembered.keys()].slice(0, -MOST)) remembered.delete(oldest);
    return texts.map((text) => all.get(text) ?? { guidance: [], includes: [] });
  };
}
