// The texts of the goodwill card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('goodwill', (language) => import(`./texts/${language}.json`));
