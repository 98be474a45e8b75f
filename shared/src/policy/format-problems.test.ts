import { policyTextWith } from '../../testing/policy-text.ts';
import { formatProblems, formatProblemsJson } from './format-problems.ts';
import { loadPolicy } from './load-policy.ts';

function problemsOf(text: string) {
  const result = loadPolicy(text, 'policy.yaml');
  return result.ok ? result.warnings : result.problems;
}

describe('problems for a person', () => {
  it('show the line, a caret, what was meant and what is allowed', () => {
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
      /^policy\.yaml: warning: line 29, column 3: no category asks ces/,
    );
  });

  it('show the stretch of a long line in which the mistake stands', () => {
    const text = policyTextWith({
      replace: 'title: Asks for money back',
      by: `title: Asks ${' '.repeat(200)} , x: y`,
    }).replace('title: Asks', '"titel" : Asks');
    const shown = formatProblems(problemsOf(text), text).split('\n');
    expect(Math.max(...shown.filter((line) => line.includes(' | ')).map((line) => line.length))).toBeLessThanOrEqual(
      110,
    );
  });

  it('let no control character through to the terminal', () => {
    const text = 'version: 1\ncompany: "\u001b[2J" # \u001b[31m\nx\u0007y: 1\n';
    expect(formatProblems(problemsOf(text), text).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });

  it('do without the text when it is not at hand', () => {
    expect(formatProblems(problemsOf('version: 2\n').slice(0, 1))).not.toContain('|');
  });
});

it('problems for a program are a JSON array', () => {
  const text = policyTextWith({ replace: 'delay: 24h', by: 'delay: 24' });
  expect(JSON.parse(formatProblemsJson(problemsOf(text)))).toMatchObject([
    { severity: 'error', file: 'policy.yaml', line: 28, column: 18, path: 'surveys.csat.delay' },
  ]);
});
