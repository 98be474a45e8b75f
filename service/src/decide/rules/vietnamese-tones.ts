// Compares Vietnamese words with their tones.
import type { WordPattern } from '@deskwright/shared';

/** Hook above, dot below and horn are in no other language's everyday words; nor are two marks on one vowel. */
const VIETNAMESE = /[\u0309\u031B]|[aeiouy]\u0323|[aeo]\p{M}[\u0300\u0301\u0303]/u;
const MARK = /\p{M}|đ/gu;

/**
 * True when both words have marks, one of them has marks of Vietnamese, and the marks differ: `đôi` (pair) is not `đổi`
 * (exchange). Who types without marks types none at all, so `doi` is either. Where in the word they stand does not
 * count (`hóa`, `hoá`).
 */
export function saysOtherTones(word: string, pattern: WordPattern | undefined): boolean {
  if (pattern === undefined || pattern.anyBeginning || pattern.anyEnding || /^[a-z0-9']*$/.test(word)) return false;
  const [typed, wanted] = [word.normalize('NFD'), pattern.word.normalize('NFD')];
  if (!VIETNAMESE.test(typed) && !VIETNAMESE.test(wanted)) return false;
  const [marks, wantedMarks] = [marksOf(typed), marksOf(wanted)];
  return marks !== '' && wantedMarks !== '' && marks !== wantedMarks;
}

const marksOf = (word: string): string => (word.match(MARK) ?? []).toSorted().join('');
