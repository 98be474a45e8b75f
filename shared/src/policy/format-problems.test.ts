import { policyTextWith } from '../../testing/policy-text.ts';
import { formatProblems, formatProblemsJson } from './format-problems.ts';
import { loadPolicy } from './load-policy.ts';

function problemsOf(text: string) {
  const result = loadPolicy(text, 'policy.yaml');
  return result.ok ? result.warnings : result.problems;
}

describe('problems as text', () => {
  it('show the line, a caret, the nearest name and what is allowed', () => {
    const text = policyTextWith({ replace: 'default_category: other', by: 'default_category: refnd' });
    expect(formatProblems(problemsOf(text), text)).toBe(
      [
        'policy.yaml: line 14, column 19: category "refnd" does not exist. Did you mean "refund"? Allowed: refund, bug, other',
        '  14 | default_category: refnd',
        '     |                   ^',
      ].join('\n'),
    );
  });

  it('say that a warning is one', () => {
    const text = policyTextWith({ replace: ', survey: ces', by: '' });
    expect(formatProblems(problemsOf(text), text)).toMatch(
      /^policy\.yaml: warning: line 29, column 3: neither a category nor default_survey uses ces/,
    );
  });

  it('show the part of a long line that contains the mistake', () => {
    const text = policyTextWith({
      replace: 'title: Asks for money back',
      by: `title: Asks ${' '.repeat(200)} , x: y`,
    }).replace('title: Asks', '"titel" : Asks');
    const shown = formatProblems(problemsOf(text), text).split('\n');
    expect(Math.max(...shown.filter((line) => line.includes(' | ')).map((line) => line.length))).toBeLessThanOrEqual(
      110,
    );
  });

  it('contain no control characters for the terminal', () => {
    const text = 'version: 1\ncompany: "\u001b[2J" # \u001b[31m\nx\u0007y: 1\n';
    expect(formatProblems(problemsOf(text), text).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('leave out the source line when there is no source', () => {
    expect(formatProblems(problemsOf('version: 2\n').slice(0, 1))).not.toContain('|');
  });
});

it('problems as JSON are an array', () => {
  const text = policyTextWith({ replace: 'delay: 24h', by: 'delay: 24' });
  expect(JSON.parse(formatProblemsJson(problemsOf(text)))).toMatchObject([
    { severity: 'error', file: 'policy.yaml', line: 28, column: 18, path: 'surveys.csat.delay' },
  ]);
});
