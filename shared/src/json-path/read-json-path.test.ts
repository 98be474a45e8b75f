import { readJsonPath, whyNotJsonPath } from './read-json-path.ts';

const JSON_TEXT = { orders: [{ id: 'A', paid: true }, { id: 'B' }], '': 0, count: 2 };

test.each([
  ['$.count', [2]],
  ['$.orders[*].id', ['A', 'B']],
  ["$.orders[?@.id == 'B'].id", ['B']],
  ['$.nothing.here', []],
  ["$['']", [0]],
])('%s finds %p', (path, found) => expect(readJsonPath(path, JSON_TEXT)).toEqual(found));

test('finds nothing in what nests too deep to be searched', () => {
  const deep = Array.from({ length: 60 }).reduce<object>((inner) => ({ inner }), { id: 1 });
  expect(readJsonPath('$..id', deep)).toEqual([]);
});

test('says why a path cannot be read', () => {
  expect(whyNotJsonPath('$.a[')).toContain('unclosed');
  expect(whyNotJsonPath('$.a')).toBeNull();
});
