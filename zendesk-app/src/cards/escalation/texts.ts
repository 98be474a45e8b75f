// The texts of the escalation card.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('escalation', (language) => import(`./texts/${language}.json`));
