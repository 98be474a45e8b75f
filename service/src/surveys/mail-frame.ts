// Makes what all mails to customers share: the brand, its colours, and the direction of the text.
import { brandOf } from './brand.ts';
import { type Accent, accentsOf } from './pages/brand-style.ts';
import type { SurveyPolicy } from './survey-policy.ts';
import type { SurveyTexts } from './texts/survey-texts.ts';
import { directionOf } from './texts/texts-for.ts';

interface MailFrame {
  language: string;
  direction: 'ltr' | 'rtl';
  /** The side where lines begin, and the other. */
  start: 'left' | 'right';
  end: 'left' | 'right';
  company: string;
  /** Empty: none. */
  logo: string;
  light: Accent;
  dark: Accent;
}

const LEFT_TO_RIGHT = { start: 'left', end: 'right' } as const;
const RIGHT_TO_LEFT = { start: 'right', end: 'left' } as const;

/** The values of `mail.liquid`, apart from the subject and the link to unsubscribe. */
export function mailFrame(policy: SurveyPolicy, { language }: Pick<SurveyTexts, 'language'>): MailFrame {
  const { color, logo = '' } = policy.surveys.page ?? {};
  const direction = directionOf(language);
  const sides = direction === 'rtl' ? RIGHT_TO_LEFT : LEFT_TO_RIGHT;
  return { language, direction, ...sides, company: brandOf(policy), logo, ...accentsOf(color) };
}
