// Renders the HTML of a page, and JSON for a script element in it.
import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';

const engine = new Liquid({
  // Read from the source folder, like the migrations: `tsc` copies no templates to `dist`.
  root: fileURLToPath(new URL('../../../src/sidebar/page/templates', import.meta.url)),
  extname: '.liquid',
  cache: true,
  outputEscape: 'escape',
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
});

/** Renders `templates/<name>.liquid`: every value is escaped. Throws on a variable that has no value. */
export function renderTemplate(name: 'page' | 'notice', values: object): string {
  return engine.renderFileSync(name, values) as string;
}

/** JSON in which no `<` can close the element or start a comment (HTML standard, 4.12.1.3), and which is valid JavaScript, too. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
