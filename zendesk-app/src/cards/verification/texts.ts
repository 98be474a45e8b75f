// The texts of the verification card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('verification', (language) => import(`./texts/${language}.json`));
