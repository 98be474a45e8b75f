/** @jest-environment node */
import { FIGURE_IDS } from '@deskwright/shared/contract';
import fc from 'fast-check';
import { type Address, FILTERS, RANGES, readAddress, SECTIONS, searchOf, writeAddress } from './address.ts';

const filters = fc.record(Object.fromEntries(FILTERS.map((name) => [name, fc.string({ minLength: 1 })])), {
  requiredKeys: [],
});

it('reads what it wrote, whatever the filters are called', () => {
  const addresses = fc.record({
    section: fc.constantFrom(...SECTIONS),
    query: fc
      .tuple(filters, fc.constantFrom(...RANGES, '2026-11-01..2026-11-28'), fc.boolean())
      .map(([chosen, range, compare]) => ({
        ...chosen,
        ...(range === 'today' ? {} : { range }),
        ...(compare ? {} : { compare: '0' as const }),
      })),
    open: fc.option(fc.record({ figure: fc.constantFrom(...FIGURE_IDS), only: filters })),
  });
  fc.assert(
    fc.property(addresses, (address) => {
      expect(readAddress(writeAddress(address as Address))).toEqual(address);
    }),
  );
});

it.each([
  ['', 'overview'],
  ['#', 'overview'],
  ['#/nowhere', 'overview'],
  ['#/trends', 'trends'],
])('%s is the section %s', (hash, section) => {
  expect(readAddress(hash)).toEqual({ section, query: {}, open: null });
});

it('leaves out what it cannot read', () => {
  const hash = '#/trends?range=2026-11-28..2026-11-01&compare=2&figure=unknown&tier=&color=red';
  expect(readAddress(hash)).toEqual({ section: 'trends', query: {}, open: null });
});

it('asks the service for everything but the defaults', () => {
  expect(searchOf({})).toBe('');
  expect(searchOf({ range: '7d', tier: 'a&b' }, { figure: 'csat' })).toBe('?range=7d&tier=a%26b&figure=csat');
});
