// Opens a folder of Liquid templates.
import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';

/** Renders `<name>.liquid` of the folder. Throws on a variable that has no value. */
export type RenderTemplate = (name: string, values: object) => string;

/**
 * @param folder below `service/src`. Read from the source folder, like the migrations: `tsc` copies no templates to `dist`.
 * @param escape `html` escapes every value; `none` is for plain text
 */
export function createTemplates(folder: string, escape: 'html' | 'none' = 'html'): RenderTemplate {
  const engine = new Liquid({
    root: fileURLToPath(new URL(`../../../src/${folder}`, import.meta.url)),
    extname: '.liquid',
    cache: true,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    ...(escape === 'html' && { outputEscape: 'escape' as const }),
  });
  return (name, values) => engine.renderFileSync(name, values) as string;
}
