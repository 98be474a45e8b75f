// The texts of the card of approvals.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('approvals', (language) => import(`./texts/${language}.json`));
