// Renders the layout that all pages share.
import { scriptsPath } from './agent/scripts-path.ts';
import { type Html, html, jsonBlock } from './html.ts';

type Section = 'start' | 'agent' | 'mail' | 'slack';

export interface Page {
  title: string;
  section: Section;
  body: Html;
  /** Extra class on `main`, for pages with a layout of their own. */
  layout?: 'wide';
  /** Whole seconds between gentle reloads; for lists only, never where people type. Offer `refreshControl` with it. */
  refreshS?: number | undefined;
  workspace?: WorkspaceParts | undefined;
}

/** What only the agent workspace has. */
interface WorkspaceParts {
  /** Far left: ways through the workspace. */
  rail: Html;
  /** Right side of the header. */
  tools: Html;
  /** The agent's choice; undefined follows the system. */
  scheme: 'light' | 'dark' | undefined;
  /** For the page's script. */
  data: unknown;
}

const SECTIONS: readonly (readonly [Section, string, string])[] = [
  ['start', '/', 'Start'],
  ['agent', '/agent', 'Agent workspace'],
  ['mail', '/mail', "Customers' mail"],
  ['slack', '/slack', 'Slack'],
];

/** A whole document as text. */
export function layout(page: Page): string {
  const { title, section, body, refreshS, workspace } = page;
  const document = html`<!doctype html>
<html lang="en"${workspace?.scheme !== undefined && html` data-scheme="${workspace.scheme}"`}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${refreshS !== undefined && html`<noscript><meta http-equiv="refresh" content="${refreshS}"></noscript>`}
<title>${title} · Northwind Outdoor (local Zendesk)</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/style.css">
${workspace !== undefined && html`<script type="module" src="${scriptsPath()}/main.js"></script>`}
${refreshS !== undefined && html`<script type="module" src="${scriptsPath()}/keep-fresh.js"></script>`}
</head>
<body${workspace !== undefined && html` class="workspace"`}>
<a class="skip" href="#main">Skip to content</a>
<header class="top">
<a class="brand" href="/"><span aria-hidden="true">▲</span> Northwind Outdoor <small>local Zendesk</small></a>
<nav aria-label="Sections">${SECTIONS.map(
    ([name, href, label]) => html`<a href="${href}"${name === section && html` aria-current="page"`}>${label}</a>`,
  )}</nav>
${workspace?.tools}
</header>
${workspace?.rail}
<main id="main" tabindex="-1"${refreshS !== undefined && html` data-refresh-s="${refreshS}"`}${page.layout === 'wide' && html` class="wide"`}>
${body}
</main>
${workspace !== undefined && jsonBlock('page-data', workspace.data)}
</body>
</html>
`;
  return document.markup;
}
