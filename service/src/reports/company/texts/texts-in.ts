// Chooses the language of the company page.
import { COMPANY_LANGUAGES, type CompanyLanguage, type CompanyTexts } from './company-texts.ts';
import { ENGLISH } from './english.ts';
import { FRENCH } from './french.ts';
import { GERMAN } from './german.ts';
import { SPANISH } from './spanish.ts';

const LANGUAGES: Readonly<Record<CompanyLanguage, CompanyTexts>> = {
  en: ENGLISH,
  es: SPANISH,
  fr: FRENCH,
  de: GERMAN,
};

export const companyTexts = (language: CompanyLanguage): CompanyTexts => LANGUAGES[language];

export const isCompanyLanguage = (text: unknown): text is CompanyLanguage =>
  COMPANY_LANGUAGES.some((language) => language === text);
