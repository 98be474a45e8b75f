// Writes the results of a policy's tests as a JUnit report, which build servers show.
import reports, { type Builder } from 'junit-report-builder';
import type { PlacedResult } from './describe-results.ts';

/** The package exports a builder; its types say that it exports a module with one. */
const builder = reports as unknown as Builder;

/** XML: one suite with one case a test. */
export function toJunit(results: readonly PlacedResult[]): string {
  const report = builder.newBuilder();
  const suite = report.testSuite().name('policy');
  for (const { name, file, line, differences } of results) {
    const one = suite
      .testCase()
      .className(plain(file))
      .name(plain(name))
      .file(plain(`${file}:${line}`));
    if (differences.length === 0) continue;
    const texts = differences.map(
      ({ key, expected, got, because }) => `${key}: expected ${expected}, got ${got}, because ${because}`,
    );
    one.failure(plain(texts.join('\n')));
  }
  return report.build();
}

/** XML has no way to write control characters and half characters. */
const plain = (text: string): string => text.toWellFormed().replace(/[^\n\P{Cc}]|[\uFFFE\uFFFF]/gu, ' ');
