import { parse } from 'csv-parse/sync';
import { writeCsv } from './csv.ts';

test('writes a header, and quotes what needs it', () => {
  expect(
    writeCsv(
      ['a', 'b'],
      [
        ['x, "y"', 1.5],
        ['two\nlines', null],
      ],
    ),
  ).toBe('a,b\r\n"x, ""y""",1.5\r\n"two\nlines",\r\n');
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '=HYPERLINK("http://x","y")'])(
  'takes no text for a formula: %j',
  (text) => {
    expect(parse(writeCsv(['a'], [[text]]))[1]).toEqual([`'${text}`]);
  },
);

test('leaves negative numbers as they are', () => {
  expect(writeCsv(['a'], [[-0.2]])).toBe('a\r\n-0.2\r\n');
});
