// The texts of the refund card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('refund', (language) => import(`./texts/${language}.json`));
