// Renders the HTML of a page.
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
export function renderTemplate(name: 'sidebar' | 'notice', values: object): string {
  return engine.renderFileSync(name, values) as string;
}
