// Checks the name of a guidance file.
import { errorAt, type Finding } from '../finding.ts';

/** Existence and content are checked when the file is read. */
export function checkGuidanceFile(file: unknown): Finding[] {
  if (typeof file !== 'string') return [];
  if (file.trim() === '') return [errorAt([], 'is empty; name a Markdown file or remove the key')];
  if (/\p{Cc}/u.test(file)) return [errorAt([], 'contains a line break, tab or other invisible character; remove it')];
  if (file.includes('\\')) {
    return [errorAt([], 'has \\; separate folders with /', { didYouMean: file.replaceAll('\\', '/') })];
  }
  if (/^(\/|[a-z]+:)/i.test(file)) {
    return [errorAt([], 'must be a path relative to the folder of the policy file, such as guidance/refunds.md')];
  }
  if (file.split('/').includes('..')) {
    return [errorAt([], 'must be in the folder of the policy file or below it; remove ..')];
  }
  if (!/[^/]\.md$/.test(file)) return [errorAt([], 'must be a Markdown file, whose name ends in .md')];
  return [];
}
