// Checks the names of the files that a policy names: guidance, and further files of the policy.
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

/** Existence and content are checked when the files are read. */
export function checkInclude(path: unknown): Finding[] {
  if (typeof path !== 'string') return [];
  if (path.trim() === '') return [errorAt([], 'is empty; name a YAML file or remove the entry')];
  if (/\p{Cc}/u.test(path)) return [errorAt([], 'contains a line break, tab or other invisible character; remove it')];
  if (path.includes('\\'))
    return [errorAt([], 'has \\; separate folders with /', { didYouMean: path.replaceAll('\\', '/') })];
  if (/^(\/|[a-z]+:)/i.test(path))
    return [errorAt([], 'must be a path relative to the folder of the policy file, such as triggers/refunds.yaml')];
  const folders = path.split('/');
  if (folders.includes('..')) return [errorAt([], 'must be in the folder of the policy file or below it; remove ..')];
  if (/[?[\]{}!]|\*\*/.test(path) || folders.slice(0, -1).some((folder) => folder.includes('*')))
    return [errorAt([], 'may contain * only in the file name, such as triggers/*.yaml')];
  if (!/[^/]\.ya?ml$/.test(path)) return [errorAt([], 'must be a YAML file, whose name ends in .yaml or .yml')];
  return [];
}
