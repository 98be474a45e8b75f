// Writes a report as a short message to Slack.
import type { SlackMessage } from '../../slack/slack-message.ts';
import { headOf } from '../engine/head.ts';
import type { Report } from '../engine/report.ts';

/** The head, the most important sentences, and where the rest is. */
export function reportSlackMessage(report: Report, channel: string): SlackMessage {
  return {
    channel,
    summary: [{ bold: headOf(report).title }, `, ${report.period.label}`],
    lines: [
      ...(report.about === null ? [] : [[report.about]]),
      ...report.summary.map((sentence) => [`• ${sentence}`]),
      ...(report.link === null ? [] : [[{ text: 'Open the dashboard', url: report.link }]]),
    ],
  };
}
