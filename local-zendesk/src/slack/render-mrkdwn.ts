// Renders Slack's markup as HTML.
import { type Html, html } from '../pages/html.ts';

const LINK = /<([^<>|]+)(?:\|([^<>]*))?>/g;
const STYLED = /(?<![\p{L}\p{N}])([*_~`])(?=\S)(.+?)(?<=\S)\1(?![\p{L}\p{N}])/gu;
const TAGS = { '*': 'strong', _: 'em', '~': 's', '`': 'code' } as const;

/** Links, bold, italic, struck-through and code, https://docs.slack.dev/messaging/formatting-message-text; anything else is shown as text. */
export function renderMrkdwn(text: string): Html {
  return join(
    split(text, LINK).map((part) => {
      if (typeof part === 'string') return renderStyled(part);
      const [, target = '', label] = part;
      if (!/^(https?|mailto):/.test(target)) return html`<span class="badge plain">${decode(label ?? target)}</span>`;
      return html`<a href="${decode(target)}" target="_blank" rel="noreferrer">${decode(label ?? target)}</a>`;
    }),
  );
}

function renderStyled(text: string): Html {
  return join(
    split(text, STYLED).map((part) => {
      if (typeof part === 'string') return html`${decode(part)}`;
      const [, mark = '*', content = ''] = part;
      const tag = { markup: TAGS[mark as keyof typeof TAGS] };
      return html`<${tag}>${decode(content)}</${tag}>`;
    }),
  );
}

/** The matches, and the texts between them. */
function split(text: string, pattern: RegExp): (string | RegExpMatchArray)[] {
  const parts: (string | RegExpMatchArray)[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(from, match.index), match);
    from = match.index + match[0].length;
  }
  return [...parts, text.slice(from)];
}

const join = (parts: readonly Html[]): Html => html`${parts}`;

const decode = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
