// The texts of the tools card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('tools', (language) => import(`./texts/${language}.json`));
