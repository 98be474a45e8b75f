// Finds the policy's phrases that equal an entry of a list (a tag, a chosen value).
import { EXACTLY, exactForms, foldings, plainText } from '@deskwright/shared';

/**
 * Compares whole entries: case and accents are ignored except with `exact:`; `*` at either end matches
 * anything. Misspellings are not considered: entries are chosen, not typed.
 * @param phrases a phrase's index is its id
 */
export function findEntries(phrases: readonly string[]): (entry: string) => readonly number[] {
  const whole = new Map<string, number[]>();
  const open: Array<{ readonly id: number; readonly fits: (folded: string) => boolean }> = [];
  const exact = new Map<string, number[]>();
  for (const [id, phrase] of phrases.entries()) {
    if (phrase.startsWith(EXACTLY)) {
      addTo(exact, plainText(phrase.slice(EXACTLY.length)).trim(), id);
      continue;
    }
    const word = phrase.replace(/[*~]+$/, '').replace(/^\*+/, '');
    const [anyBeginning, anyEnding] = [phrase.startsWith('*'), /\*~*$/.test(phrase)];
    for (const folded of foldings(word)) {
      if (!anyBeginning && !anyEnding) addTo(whole, folded, id);
      else open.push({ id, fits: fitsOpen(folded, anyBeginning, anyEnding) });
    }
  }
  return (entry) => {
    const found = new Set<number>();
    for (const folded of foldings(entry)) {
      for (const id of whole.get(folded) ?? []) found.add(id);
      for (const { id, fits } of open) if (fits(folded)) found.add(id);
    }
    for (const form of exact.size > 0 ? exactForms(entry) : []) for (const id of exact.get(form) ?? []) found.add(id);
    return [...found];
  };
}

function fitsOpen(wanted: string, anyBeginning: boolean, anyEnding: boolean): (folded: string) => boolean {
  if (anyBeginning && anyEnding) return (folded) => folded.includes(wanted);
  return anyBeginning ? (folded) => folded.endsWith(wanted) : (folded) => folded.startsWith(wanted);
}

function addTo(map: Map<string, number[]>, key: string, id: number): void {
  map.set(key, [...(map.get(key) ?? []), id]);
}
