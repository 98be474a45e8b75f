// The texts of the queue card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('queue', (language) => import(`./texts/${language}.json`));
