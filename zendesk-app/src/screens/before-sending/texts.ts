// The texts of the check before a reply is sent.
import { defineTexts } from '../../base/i18n/texts.ts';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('before_sending', (language) => import(`./texts/${language}.json`));
