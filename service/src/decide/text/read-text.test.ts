import { readText } from './read-text.ts';
import { CUT, KEEP, WHOLE } from './testing/mail-cases.ts';

const lines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');

describe('readText', () => {
  it.each(CUT)('reads what was written now: %s', (_, text, written) => {
    expect(lines(readText(text).written)).toBe(written);
  });

  it.each(KEEP)('leaves ordinary text unchanged: %s', (_, text) => {
    expect(readText(text)).toEqual({ whole: text, written: text, cuts: [] });
  });

  it.each(WHOLE)('reads the rest if nothing else was written: %s', (_, text, says) => {
    expect(readText(text).written).toContain(says);
  });

  it('reads the rest of a message whose subject says that it is forwarded', () => {
    const text = 'See below\n\nFrom: Max <max@shop.test>\nSent: Wed\nTo: Shop\nSubject: x\n\nI want a refund.\n';

    expect(readText(text, true).written).toContain('refund');
    expect(readText(text, false).written).not.toContain('refund');
  });

  it('reports what it left out, and where', () => {
    const text = 'Where is it? See https://shop.test/refund\n\n> refund\n> refund\n\nSent from my iPhone';
    const { whole, cuts } = readText(text);

    expect(cuts.map(({ kind, start, end }) => [kind, whole.slice(start, end)])).toEqual([
      ['link', 'https://shop.test/refund'],
      ['quoted', '> refund\n> refund'],
      ['signature', 'Sent from my iPhone'],
    ]);
  });
});
