// Writes a report as a short chat message.
import { headOf } from './head.ts';
import type { Report } from './report.ts';

/** In Slack's mrkdwn: the head, the most important sentences, and where the rest is. */
export function writeChatMessage(report: Report): string {
  const { title, lines } = headOf(report);
  return [
    `*${escaped(title)}*`,
    ...lines.map(escaped),
    ...report.summary.map((sentence) => `• ${escaped(sentence)}`),
    ...(report.link === null ? [] : [`<${report.link}|Open the dashboard>`]),
  ].join('\n');
}

/** The three characters that Slack asks to escape. */
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
