// The texts of the customer card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('customer', (language) => import(`./texts/${language}.json`));
