// The texts of the dashboard.
import { defineTexts } from '../base/i18n/texts.ts';
import type { TextsOf } from '../base/i18n/texts-context.tsx';
import type english from './texts/en.json';

export const texts = defineTexts<typeof english>('dashboard', (language) => import(`./texts/${language}.json`));

export type DashboardTexts = TextsOf<typeof texts>;
