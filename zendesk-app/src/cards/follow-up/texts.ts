// The texts of the follow-up card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('follow-up', (language) => import(`./texts/${language}.json`));
