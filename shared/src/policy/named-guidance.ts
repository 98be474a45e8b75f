// Lists the guidance files named in a policy's text.
import { checkGuidanceFile } from './check/check-guidance-file.ts';
import { locate } from './locate.ts';
import { readYaml } from './read-yaml.ts';
import { entriesAt } from './value-at.ts';

export interface NamedGuidance {
  readonly categoryId: string;
  /** The category's name: the title of guidance without its own. */
  readonly categoryName: string;
  /** As written, relative to the folder of the policy file. */
  readonly file: string;
  /** Where the policy names it. */
  readonly place: { readonly line: number; readonly column: number; readonly path: string };
}

/**
 * Every category's guidance, in file order. Also works for an invalid policy, so that errors in guidance are reported
 * together with those of the policy; entries without a readable file name are left out. Never throws.
 */
export function namedGuidance(text: string): NamedGuidance[] {
  const read = readYaml(text);
  if (!read.ok) return [];
  const { document, positionOf, value } = read.yaml;
  return entriesAt(value, ['categories']).flatMap(({ entry, path }): NamedGuidance[] => {
    const { id, name, guidance: file } = entry;
    if (typeof id !== 'string' || typeof file !== 'string' || checkGuidanceFile(file).length > 0) return [];
    const { line, column } = positionOf(locate(document, [...path, 'guidance'], 'value'));
    const place = { line, column, path: `categories[${path.at(-1)}].guidance` };
    return [{ categoryId: id, categoryName: typeof name === 'string' ? name : id, file, place }];
  });
}
