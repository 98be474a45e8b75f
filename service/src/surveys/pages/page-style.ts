// Holds the style sheet of the customers' pages and its hash for the CSP.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Inlined, so that a page needs one request; read from the source folder, like the templates. */
export const PAGE_STYLE = readFileSync(
  fileURLToPath(new URL('../../../src/surveys/templates/page.css', import.meta.url)),
  'utf8',
);

/** For `style-src`: only this exact style sheet is allowed (CSP 3, hash source). */
export const PAGE_STYLE_HASH = `'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`;
