// The texts of the tier card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('tier', (language) => import(`./texts/${language}.json`));
