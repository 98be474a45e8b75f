// Renders messages for Slack: escaped, redacted, within Slack's limits.
import type { CountryCode } from 'libphonenumber-js/max';
import { countryOfLocale } from './country-of-locale.ts';
import { redact } from './redact.ts';
import type { SlackLine, SlackMessage, SlackPart } from './slack-message.ts';

/** The body of an incoming webhook's request: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
export interface SlackBody {
  /** For notifications and screen readers. */
  text: string;
  blocks: { type: 'section'; text: { type: 'mrkdwn'; text: string; verbatim: true } }[];
  unfurl_links: false;
  unfurl_media: false;
}

/** Of a section's text: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const SECTION_LIMIT = 3_000;
/** Of a message; the last one says how much is missing. */
const BLOCK_LIMIT = 50;
/** Longer than anybody reads; Slack shortens texts only at 40,000. */
const TEXT_LIMIT = 3_000;
const DIGEST_LINE_LIMIT = 400;

/** A message of its own. `company`: its country, for phone numbers without a country's prefix. */
export function renderMessage(message: SlackMessage, company: CountryCode | undefined): SlackBody {
  const countries = countriesOf([message], company);
  const { summary, lines } = message;
  return toBody(renderLine(summary, countries, TEXT_LIMIT), [summary, ...lines], countries, SECTION_LIMIT);
}

/** One message that lists many, each in one line with what stands below it, words of customers too, as far as there is room. */
export function renderDigest(messages: readonly SlackMessage[], company: CountryCode | undefined): SlackBody {
  const title = `${messages.length} messages`;
  const lines = messages.map(
    ({ summary, lines: rest }): SlackLine => ['• ', ...summary, ...rest.flatMap((line): SlackLine => [' · ', ...line])],
  );
  return toBody(title, [[{ bold: title }], ...lines], countriesOf(messages, company), DIGEST_LINE_LIMIT);
}

/** Customers write numbers of their own country and of the company's. */
const countriesOf = (messages: readonly SlackMessage[], company: CountryCode | undefined): readonly CountryCode[] =>
  [company, ...messages.map(({ customerLocale }) => customerLocale && countryOfLocale(customerLocale))].flatMap(
    (country) => country || [],
  );

function toBody(
  text: string,
  lines: readonly SlackLine[],
  countries: readonly CountryCode[],
  lineLimit: number,
): SlackBody {
  const sections = joinLines(lines.map((line) => renderLine(line, countries, lineLimit)));
  const shown =
    sections.length > BLOCK_LIMIT ? [...sections.slice(0, BLOCK_LIMIT - 1), '… and more than Slack shows.'] : sections;
  return {
    text,
    blocks: shown.map((section) => ({ type: 'section', text: { type: 'mrkdwn', text: section, verbatim: true } })),
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** As many lines in one section as fit; Slack refuses empty sections. */
function joinLines(lines: readonly string[]): string[] {
  const sections: string[] = [];
  for (const line of lines) {
    const last = sections.at(-1);
    if (last !== undefined && last.length + 1 + line.length <= SECTION_LIMIT)
      sections.splice(-1, 1, `${last}\n${line}`);
    else if (line !== '') sections.push(line);
  }
  return sections;
}

/** Ends with … where something did not fit: a part is shortened, a link left out. */
function renderLine(parts: SlackLine, countries: readonly CountryCode[], limit: number): string {
  let line = '';
  for (const part of parts) {
    const room = limit - 1 - line.length;
    const rendered = renderPart(part, countries, room);
    if (rendered === null) return `${line}…`;
    line += rendered.text;
    if (rendered.isCut) return `${line}…`;
  }
  return line;
}

function renderPart(
  part: SlackPart,
  countries: readonly CountryCode[],
  room: number,
): { text: string; isCut: boolean } | null {
  if (typeof part === 'string') return shorten(redact(part, countries), room);
  if ('bold' in part) {
    const { text, isCut } = shorten(redact(part.bold, countries), room - 2);
    return text === '' ? null : { text: `*${text}*`, isCut };
  }
  const url = linkTarget(part.url, countries);
  const { text, isCut } = shorten(redact(part.text, countries), room - url.length - 3);
  return text === '' ? null : { text: `<${url}|${text}>`, isCut };
}

/** Escaped, in at most `room` characters. Control characters, which Slack does not show, become spaces. */
function shorten(text: string, room: number): { text: string; isCut: boolean } {
  let escaped = '';
  for (const character of text.replaceAll(/\p{Cc}+/gu, ' ')) {
    const next = escape(character);
    if (escaped.length + next.length > room) return { text: escaped, isCut: true };
    escaped += next;
  }
  return { text: escaped, isCut: false };
}

/** The three characters that Slack asks to escape: https://docs.slack.dev/messaging/formatting-message-text#escaping */
const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Normalized, so that nothing in it ends the link; without a login. */
function linkTarget(url: string, countries: readonly CountryCode[]): string {
  const { origin, pathname, search, hash } = new URL(url);
  return escape(new URL(origin + redact(pathname + search + hash, countries)).href.replaceAll('|', '%7C'));
}
