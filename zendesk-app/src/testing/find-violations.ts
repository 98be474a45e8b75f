// Lists what axe finds wrong with the page.
import axe from 'axe-core';

/**
 * One line for each violation. Contrast is checked by the tests in a real browser, because jsdom does not render colours.
 * Ends Jest's fake timers: axe waits by a timer of its own, and would wait for ever.
 */
export async function findViolations(): Promise<string[]> {
  jest.useRealTimers();
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}
