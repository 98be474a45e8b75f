// Lists what axe finds wrong with a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame, Page } from 'playwright-core';

const AXE = readFileSync(createRequire(`${process.cwd()}/package.json`).resolve('axe-core/axe.min.js'), 'utf8');

/** A mail is shown inside another document, which has the landmarks. */
const NOT_FOR_MAILS = { 'landmark-one-main': { enabled: false }, region: { enabled: false } };

/** Checks the frame whose URL contains `path`; landmarks are the surrounding page's business. */
export async function violationsInFrame(page: Page, path: string): Promise<string[]> {
  const frame = page.frames().find((one) => one.url().includes(path));
  if (!frame) throw new Error(`No frame shows ${path}.`);
  return findViolations(frame, 'mail');
}

/** Runs all rules, WCAG and best practice. Returns one line per violation: rule, problem, element. */
export async function findViolations(page: Page | Frame, what: 'page' | 'mail' = 'page'): Promise<string[]> {
  await page.evaluate(AXE);
  const rules = JSON.stringify(what === 'mail' ? NOT_FOR_MAILS : {});
  const results = await page.evaluate<AxeResults>(`axe.run({ rules: ${rules} })`);
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${violation.help} (${node.target.join(' ')})`),
  );
}
