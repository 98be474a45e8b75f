// Names the dimensions by which scores are shown, and their values.
import type { SurveyDimension } from '../../figures/survey-cells.ts';
import type { SurveyReportData } from './read-survey-data.ts';

/** All but weeks, which are no place where something goes wrong. */
export const WHERE = ['category', 'tier', 'group', 'language', 'channel', 'brand'] as const satisfies SurveyDimension[];

const LANGUAGES = new Intl.DisplayNames('en', { type: 'language', fallback: 'code' });

/** Gives the name of a value; of one that is unknown `none`. */
export function dimensionNames(
  { policy, groups, brands }: Pick<SurveyReportData, 'policy' | 'groups' | 'brands'>,
  dimension: SurveyDimension,
): (value: string | null) => string {
  const nameOf = (value: string): string => {
    switch (dimension) {
      case 'category':
        return policy.categories.find(({ id }) => id === value)?.name ?? value;
      case 'tier':
        return policy.tiers.find(({ id }) => id === value)?.name ?? value;
      case 'group':
        return groups.get(value) ?? `group ${value}`;
      case 'language':
        return languageOf(value);
      case 'brand':
        // Of a campaign it is the name.
        return brands.get(value) ?? (/^\d+$/.test(value) ? `brand ${value}` : value);
      case 'channel':
        return capitalized(value.replaceAll('_', ' '));
      case 'week':
        return value;
    }
  };
  return (value) => (value === null ? 'none' : nameOf(value));
}

export const capitalized = (word: string): string => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`;

function languageOf(code: string): string {
  try {
    return LANGUAGES.of(code) ?? code;
  } catch {
    return code;
  }
}
