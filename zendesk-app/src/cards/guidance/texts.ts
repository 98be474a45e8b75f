// The texts of the guidance card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('guidance', (language) => import(`./texts/${language}.json`));
