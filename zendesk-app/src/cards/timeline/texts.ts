// The texts of the timeline card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('timeline', (language) => import(`./texts/${language}.json`));
