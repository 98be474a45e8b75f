// By which name is a step remembered as done?
import { createHash } from 'node:crypto';

/**
 * Names steps one after the other. A step's id depends on its words alone (capitals, spaces and signs aside), and on how
 * many steps above have the same words; so ticks stay where they are when other steps are added, moved or taken away.
 */
export function createStepIds(): (words: string) => string {
  const seen = new Map<string, number>();
  return (words) => {
    const plain = words
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    const count = (seen.get(plain) ?? 0) + 1;
    seen.set(plain, count);
    const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
    return count === 1 ? hash : `${hash}-${count}`;
  };
}
