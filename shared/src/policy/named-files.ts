// Lists the files that a policy's text names: guidance, and further files of the policy.
import { checkGuidanceFile, checkInclude } from './check/check-file-names.ts';
import { locate } from './locate.ts';
import { readYaml } from './read-yaml.ts';
import { entriesAt, valueAt } from './value-at.ts';

/** Where a text names a file; the path is within this text. */
interface NamedPlace {
  readonly line: number;
  readonly column: number;
  readonly path: string;
}

export interface NamedGuidance {
  readonly categoryId: string;
  /** The category's name: the title of guidance without its own. */
  readonly categoryName: string;
  /** As written, relative to the folder of the policy file. */
  readonly file: string;
  readonly place: NamedPlace;
  /** The file that names it, from the same folder; left out: the policy itself. */
  readonly includedBy?: string;
}

export interface NamedInclude {
  /** As written, relative to the folder of the policy file; the name of the file may have a `*`. */
  readonly path: string;
  readonly place: NamedPlace;
}

export interface NamedFiles {
  readonly guidance: readonly NamedGuidance[];
  readonly includes: readonly NamedInclude[];
}

/**
 * In file order. Also works for an invalid policy, so that errors in those files are reported together with those of the policy; entries
 * without a readable name are left out. Never throws.
 */
export function namedFiles(text: string): NamedFiles {
  const read = readYaml(text);
  if (!read.ok) return { guidance: [], includes: [] };
  const { document, positionOf, value } = read.yaml;
  const place = (list: string, index: number, key?: string): NamedPlace => ({
    ...positionOf(locate(document, key === undefined ? [list, index] : [list, index, key], 'value')),
    path: `${list}[${index}]${key === undefined ? '' : `.${key}`}`,
  });
  const includes = valueAt(value, ['include']);
  return {
    guidance: entriesAt(value, ['categories']).flatMap(({ entry, path }): NamedGuidance[] => {
      const { id, name, guidance: file } = entry;
      if (typeof id !== 'string' || typeof file !== 'string' || checkGuidanceFile(file).length > 0) return [];
      const at = place('categories', Number(path.at(-1)), 'guidance');
      return [{ categoryId: id, categoryName: typeof name === 'string' ? name : id, file, place: at }];
    }),
    includes: (Array.isArray(includes) ? includes : []).flatMap((path: unknown, index): NamedInclude[] =>
      typeof path !== 'string' || checkInclude(path).length > 0 ? [] : [{ path, place: place('include', index) }],
    ),
  };
}
