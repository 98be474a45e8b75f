// What does axe find wrong with what is shown?
import axe from 'axe-core';

/**
 * Each violation as one line. Colours are left to the journeys in a real browser: jsdom paints nothing, so axe cannot see a contrast.
 */
export async function findViolations(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}
