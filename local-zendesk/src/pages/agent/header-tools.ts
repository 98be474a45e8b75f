// Renders the agent's settings in the header.
import type { User } from '../../account/types.ts';
import { type Html, html } from '../html.ts';

/** Languages to try apps in; the workspace itself speaks English only. Arabic is written from right to left. */
export const LOCALES: readonly (readonly [locale: string, name: string])[] = [
  ['en-US', 'English (US)'],
  ['en-GB', 'English (UK)'],
  ['es', 'Español'],
  ['fr', 'Français'],
  ['de', 'Deutsch'],
  ['ar', 'العربية'],
  ['ja', '日本語'],
  ['pt-BR', 'Português (Brasil)'],
];

const SCHEMES = [
  ['', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
] as const;

/** Apps' icons, light or dark, language, and who the agent is. `back` is where the forms return to. */
export function headerTools(agent: User, back: string, scheme: 'light' | 'dark' | undefined): Html {
  const known = LOCALES.some(([locale]) => locale === agent.locale);
  const locales = known ? LOCALES : [[agent.locale, agent.locale] as const, ...LOCALES];
  return html`<div class="tools">
<div id="top-bar" class="top-bar" role="group" aria-label="Apps in the top bar"></div>
<form method="post" action="/agent/scheme" id="scheme-form"><input type="hidden" name="back" value="${back}">
<label class="sr" for="scheme">Colors</label><select id="scheme" name="scheme">
${SCHEMES.map(([value, name]) => html`<option value="${value}"${value === (scheme ?? '') && html` selected`}>${name}</option>`)}</select>
<button class="small quiet">Set</button></form>
<details class="me"><summary>${agent.name}</summary><div class="card">
<form method="post" action="/agent/language"><input type="hidden" name="back" value="${back}">
<label for="locale">Language, for apps</label><select id="locale" name="locale">${locales.map(
    ([locale, name]) => html`<option value="${locale}"${locale === agent.locale && html` selected`}>${name}</option>`,
  )}</select>
<div class="buttons"><button class="quiet">Use it</button></div></form>
<p><a href="/agent/who">Act as another agent</a></p></div></details>
</div>`;
}
