// Holds the style of the customers' pages and its hash for the CSP.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Inlined, so that a page is one request; read from the sources, as the templates are. */
export const PAGE_STYLE = readFileSync(
  fileURLToPath(new URL('../../../src/surveys/templates/page.css', import.meta.url)),
  'utf8',
);

/** For `style-src`: nothing but this very text may style the page (CSP 3, hash source). */
export const PAGE_STYLE_HASH = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
