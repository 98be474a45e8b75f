// The texts of the dashboard, with those of the figures.
import type { FigureId } from '@deskwright/shared/contract';
import type { FigureTexts } from '@deskwright/shared/english-figures';
import type { Language } from '../base/i18n/locales.ts';
import { defineTexts } from '../base/i18n/texts.ts';
import type { TextsOf } from '../base/i18n/texts-context.tsx';
import type english from './texts/en.json';

type AllFigureTexts = Readonly<Record<FigureId, FigureTexts>>;

export const texts = defineTexts<typeof english & { figure: AllFigureTexts }>('dashboard', async (language) => {
  const [own, figure] = await Promise.all([import(`./texts/${language}.json`), loadFigureTexts(language)]);
  return { default: { ...own.default, figure } };
});

export type DashboardTexts = TextsOf<typeof texts>;

/** What each figure counts. In English it is the text of the catalogue, which docs/reference/figures.md has too. @internal */
export async function loadFigureTexts(language: Language): Promise<AllFigureTexts> {
  if (language === 'en') return (await import('@deskwright/shared/english-figures')).ENGLISH_FIGURES;
  return (await import(`./figures/texts/${language}.json`)).default;
}
