// Renders the HTML of a page, and JSON for a script element in it.
import { createTemplates } from '../../platform/text-files/create-templates.ts';

export const renderTemplate = createTemplates('sidebar/page/templates');

/** JSON in which no `<` can close the element or start a comment (HTML standard, 4.12.1.3), and which is valid JavaScript, too. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
