// What does axe find wrong with a page?
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js'), 'utf8');

/** A mail is shown inside another document, which has the landmarks. */
const NOT_FOR_MAILS = { 'landmark-one-main': { enabled: false }, region: { enabled: false } };

/** What axe finds in the frame whose address holds `path`; the page around it has the landmarks. */
export async function violationsInFrame(page: Page, path: string): Promise<string[]> {
  const frame = page.frames().find((one) => one.url().includes(path));
  if (!frame) throw new Error(`No frame shows ${path}.`);
  return findViolations(frame, 'mail');
}

/** All rules, WCAG and best practice. Each violation as one line: rule, what is wrong, where. */
export async function findViolations(page: Page | Frame, what: 'page' | 'mail' = 'page'): Promise<string[]> {
  await page.evaluate(AXE);
  const rules = JSON.stringify(what === 'mail' ? NOT_FOR_MAILS : {});
  const results = await page.evaluate<AxeResults>(`axe.run({ rules: ${rules} })`);
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help} (${node.target.join(' ')})`),
  );
}
