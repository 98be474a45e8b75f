// Compares the tone marks of Vietnamese words.
import type { WordPattern } from '@deskwright/shared';

/** Hook above, dot below and horn occur in no other language's everyday words; nor do two marks on one vowel. */
const VIETNAMESE = /[\u0309\u031B]|[aeiouy]\u0323|[aeo]\p{M}[\u0300\u0301\u0303]/u;
const MARK = /\p{M}|đ/gu;

/**
 * True when both words have marks, one of them has Vietnamese marks, and the marks differ: `đôi` (pair) is not `đổi`
 * (exchange). People who type without marks type none at all, so `doi` matches either. The position of a mark does not
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
