import { removeEntries } from './fix-text.ts';

const TEXT = `# Kept
triggers: # in order
  - id: a # first
    value: [one, "two", three]   # words
  # about b
  - id: b
    value:
      - four # 4
      - five
  - { id: c, value: [six] }
`;

describe('removing entries', () => {
  it('keeps comments and layout', () => {
    expect(
      removeEntries(TEXT, [
        ['triggers', 0, 'value', 1],
        ['triggers', 1, 'value', 0],
        ['triggers', 2],
      ]),
    ).toBe(TEXT.replace('"two", ', '').replace('      - four # 4\n', '').replace('  - { id: c, value: [six] }\n', ''));
  });

  it('removes the last entry of a list on one line', () => {
    expect(removeEntries(TEXT, [['triggers', 0, 'value', 2]])).toBe(TEXT.replace(', three', ''));
    const lastTwo = [1, 2].map((at) => ['triggers', 0, 'value', at]);
    expect(removeEntries(TEXT, lastTwo)).toBe(TEXT.replace(', "two", three', ''));
  });

  it('changes nothing when a list would be empty, or the entry is not there', () => {
    expect([removeEntries(TEXT, [['triggers', 2, 'value', 0]]), removeEntries(TEXT, [['triggers', 7]])]).toEqual([
      null,
      null,
    ]);
  });
});
