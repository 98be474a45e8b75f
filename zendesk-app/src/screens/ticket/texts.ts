// The texts of the ticket screen.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('ticket', (language) => import(`./texts/${language}.json`));
