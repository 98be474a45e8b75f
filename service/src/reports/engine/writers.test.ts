import { parse } from 'csv-parse/sync';
import { reportSlackMessage } from '../schedule/send-due-reports.ts';
import { buildSupportReport } from '../support/build-support-report.ts';
import { aSupportData } from '../testing/support-data.ts';
import type { Report } from './report.ts';
import { writeMarkdown } from './write-markdown.ts';
import { REPORT_FORMATS, writeReport } from './write-report.ts';

const TICKET = 'https://acme.zendesk.com/agent/tickets/4711';
const report = buildSupportReport(aSupportData());

/** With texts that would break each format. */
const HOSTILE = '<script>alert(1)</script> =1+1 | *a* "q" & `x`';
const hostile: Report = {
  ...report,
  company: HOSTILE,
  about: HOSTILE,
  summary: [HOSTILE],
  sections: [
    {
      id: 'a',
      title: HOSTILE,
      headline: HOSTILE,
      blocks: [
        { kind: 'list', items: [HOSTILE, '=1+1'] },
        { kind: 'note', text: HOSTILE },
        {
          kind: 'table',
          table: { columns: [{ title: HOSTILE }, { title: '=2' }], rows: [[{ text: '=3' }, { text: HOSTILE }]] },
        },
        {
          kind: 'chart',
          chart: {
            type: 'bars',
            title: HOSTILE,
            unit: 'count',
            labels: [HOSTILE],
            series: [{ name: HOSTILE, values: [3] }],
          },
        },
        {
          kind: 'chart',
          chart: {
            type: 'columns',
            title: HOSTILE,
            unit: 'duration',
            labels: [HOSTILE],
            series: [{ name: HOSTILE, values: [3] }],
          },
        },
      ],
    },
  ],
};

describe('HTML', () => {
  const html = writeReport(report, 'html');

  test('is one file that loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|javascript:|\son\w+=/i);
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(new Set(addresses)).toEqual(new Set(['https://acme.zendesk.com/agent/apps/deskwright', TICKET]));
  });

  test('links each number to the dashboard, and each ticket to itself', () => {
    expect(html).toMatch(/<a [^>]*href="https:\/\/acme[^"]*\/apps\/deskwright"[^>]*>150<\/a>/);
    expect(html).toMatch(/<a [^>]*\/apps\/deskwright"[^>]*>First reply: 52 min median/);
    expect(html).toMatch(/<a [^>]*\/tickets\/4711"[^>]*>#4711<\/a>/);
  });

  test('has each chart as a picture and as a table', () => {
    expect(html.match(/<svg /g)).toHaveLength(3);
    expect(html.match(/<details/g)).toHaveLength(3);
    expect(html).toContain('aria-label="Tickets by category"');
    expect(html).not.toContain('NaN');
  });

  test('closes what it opens', () => {
    for (const tag of ['table', 'tr', 'td', 'th', 'ul', 'li', 'p', 'svg', 'text', 'details', 'h2', 'div']) {
      const count = (pattern: string) => html.match(new RegExp(pattern, 'g'))?.length ?? 0;
      expect([tag, count(`<${tag}[ >]`)]).toEqual([tag, count(`</${tag}>`)]);
    }
  });

  test('escapes every text', () => {
    expect(writeReport(hostile, 'html')).not.toContain('<script');
  });
});

describe('Markdown', () => {
  test('reads as plain text', () => {
    const markdown = writeReport(report, 'md');
    expect(markdown).toMatch(
      /^# Northwind Outdoor: daily report\n\nFriday 27 November 2026, compared with Thursday 26/,
    );
    const link = '[Open](https://acme.zendesk.com/agent/apps/deskwright)';
    expect(markdown).toContain(`| Payment | 150 | 70% | +150% | ${link} |`);
    expect(markdown).toContain(`The change is real. ${link}`);
    expect(markdown).toContain(`[#4711](${TICKET})`);
    expect(writeMarkdown(report, { isLinked: false })).toContain('| Payment | 150 | 70% | +150% |');
    expect(markdown).toMatch(/\n\[Open the dashboard\]\(https:/);
    expect(markdown).not.toMatch(/\n{3}/);
  });

  test('escapes what would be formatted', () => {
    const markdown = writeReport(hostile, 'md');
    expect(markdown).not.toMatch(/[^\\]<script/);
    expect(markdown).toContain('\\| \\*a\\*');
  });
});

test('JSON says its format and version, and holds the whole report', () => {
  expect(JSON.parse(writeReport(report, 'json'))).toEqual({ format: 'deskwright-report', version: 1, ...report });
});

describe('CSV', () => {
  const rowsOf = (of: Report) => parse<Record<string, string>>(writeReport(of, 'csv'), { columns: true });

  test('has a line for each number, in its unit', () => {
    expect(rowsOf(report)).toContainEqual(
      expect.objectContaining({
        section: 'replies',
        item: 'First reply',
        value: '3120',
        unit: 'duration',
        n: '120',
        before: '11400',
        change: 'better',
      }),
    );
    expect(rowsOf(report)).toContainEqual(
      expect.objectContaining({ section: 'topics', item: 'Bug', column: 'Against the day before', value: '-0.2' }),
    );
  });

  test('has no formulas', () => {
    const cells = rowsOf(hostile).flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[=+\-@]/.test(cell) && !/^-?[\d.]+$/.test(cell))).toEqual([]);
    expect(cells).toContain("'=1+1");
  });
});

test('a message to Slack is short, and links to the dashboard', () => {
  const { channel, summary, lines } = reportSlackMessage(report, 'leads');
  expect([channel, ...summary]).toEqual([
    'leads',
    { bold: 'Northwind Outdoor: daily report' },
    ', Friday 27 November 2026',
  ]);
  expect(lines.length).toBeLessThan(12);
  expect(lines.at(-1)).toEqual([{ text: 'Open the dashboard', url: 'https://acme.zendesk.com/agent/apps/deskwright' }]);
});

test.each(REPORT_FORMATS)('%s can be written of a report without anything in it', (format) => {
  expect(writeReport({ ...report, sections: [], summary: [], link: null, before: null }, format)).not.toMatch(
    /undefined|null\b.*<\//,
  );
});
