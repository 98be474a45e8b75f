// Finds brands of surveys that the account does not have.
import type { Policy } from '@deskwright/shared';
import type { LintFinding } from '../lint/index.ts';
import { isRecord, textOf } from './account-setup.ts';

/** @param brands as the account shows them: none at all where its plan has none, or this login may not read them */
export function checkBrands({ surveys }: Policy, brands: readonly unknown[]): LintFinding[] {
  const names = brands.filter(isRecord).map(({ name }) => textOf(name));
  if (names.length === 0) return [];
  return surveys.brands.flatMap(({ brand }, at): LintFinding[] =>
    names.includes(brand)
      ? []
      : [
          {
            code: 'brand-missing',
            severity: 'warning',
            path: ['surveys', 'brands', at, 'brand'],
            at: 'value',
            message: `Zendesk has no brand "${brand}", so nobody is asked under it`,
            proof: [],
          },
        ],
  );
}
