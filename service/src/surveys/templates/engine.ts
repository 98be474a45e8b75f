// Renders templates (Liquid).
import { fileURLToPath } from 'node:url';
import { Liquid } from 'liquidjs';

/** Read from the source folder, like the migrations: `tsc` copies no templates to `dist`. */
const FOLDER = fileURLToPath(new URL('../../../src/surveys/templates', import.meta.url));

const html = new Liquid({
  root: FOLDER,
  extname: '.liquid',
  cache: true,
  outputEscape: 'escape',
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
});
const text = new Liquid({
  root: FOLDER,
  extname: '.liquid',
  cache: true,
  strictVariables: true,
  strictFilters: true,
  ownPropertyOnly: true,
});

/** Renders `templates/<name>.liquid` as HTML and escapes every value. Throws on a variable that has no value. */
export function renderHtml(name: string, values: object): string {
  return html.renderFileSync(name, values) as string;
}

/** Renders plain text: nothing is escaped. */
export function renderText(name: string, values: object): string {
  return text.renderFileSync(name, values) as string;
}
