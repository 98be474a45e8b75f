// Writes a report as a short message to Slack.
import type { SlackMessage } from '../../slack/slack-message.ts';
import { headOf } from '../engine/head.ts';
import type { Report } from '../engine/report.ts';

/** The head, the most important sentences, and where the rest is. */
export function reportSlackMessage(report: Report, channel: string): SlackMessage {
  const { title, lines } = headOf(report);
  return {
    channel,
    summary: [{ bold: title }, `, ${report.period.label}`],
    lines: [
      ...lines.map((line) => [line]),
      ...report.summary.map((sentence) => [`• ${sentence}`]),
      ...(report.link === null ? [] : [[{ text: 'Open the dashboard', url: report.link }]]),
    ],
  };
}
