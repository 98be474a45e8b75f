// Reads the brand under which customers are asked: its name, what it has of its own, and the style of its scales.
import { type SurveyKind, scoresOf } from '@deskwright/shared';
import type { Mail } from '../mail/mail-sender.ts';
import type { SurveyPolicy } from './survey-policy.ts';

export const brandOf = ({ company, surveys }: Pick<SurveyPolicy, 'company' | 'surveys'>): string =>
  surveys.page?.brand ?? company;

/** There are faces for five scores only. */
export function lookOf(survey: SurveyKind, { surveys }: Pick<SurveyPolicy, 'surveys'>): 'emoji' | 'stars' | 'numbers' {
  const isFive = scoresOf(survey).length === 5;
  const wanted = surveys.page?.look?.[survey] ?? 'emoji';
  return wanted === 'emoji' && !isFive ? 'numbers' : wanted;
}

type OwnBrand = SurveyPolicy['surveys']['brands'][number];

/** @param name in Zendesk; null: none, or unknown */
export const findBrand = (policy: Pick<SurveyPolicy, 'surveys'>, name: string | null): OwnBrand | undefined =>
  policy.surveys.brands.find(({ brand }) => brand === name);

/** Of each policy, so that the texts and the calendar of a brand are made once and not for every mail. */
const made = new WeakMap<SurveyPolicy, Map<string, SurveyPolicy>>();

/** The policy with what the brand has of its own in place of the rest; as it is for a brand that is not listed. @param name as `findBrand` takes it */
export function inBrand(policy: SurveyPolicy, name: string | null): SurveyPolicy {
  const own = findBrand(policy, name);
  if (!own) return policy;
  const known = made.get(policy) ?? new Map<string, SurveyPolicy>();
  made.set(policy, known);
  const branded = known.get(own.brand) ?? withBrand(policy, own);
  known.set(own.brand, branded);
  return branded;
}

function withBrand(policy: SurveyPolicy, own: OwnBrand): SurveyPolicy {
  const { page, nps } = policy.surveys;
  const { logo: _ofAnother, ...shared } = page ?? { ask_to_contact: true };
  const thanks = nps?.thank_you;
  return {
    ...policy,
    surveys: {
      ...policy.surveys,
      page: {
        ...shared,
        brand: nameOf(own),
        ...(own.color !== undefined && { color: own.color }),
        ...(own.logo !== undefined && { logo: own.logo }),
        texts: mergeTexts(page?.texts, own.texts),
      },
      ...(nps && thanks && own.thank_you && { nps: { ...nps, thank_you: mergeThanks(thanks, own.thank_you) } }),
    },
  };
}

const nameOf = ({ brand, name = brand }: OwnBrand): string => name;

type Texts = NonNullable<NonNullable<SurveyPolicy['surveys']['page']>['texts']>;

/** Text by text. */
function mergeTexts(all: Texts = {}, own: Texts = {}): Texts {
  const merged = Object.entries(own).map(([language, texts]) => {
    const below = all[language] ?? {};
    const parts = Object.entries(texts).map(([part, words]) => [
      part,
      { ...below[part as keyof typeof below], ...words },
    ]);
    return [language, { ...below, ...Object.fromEntries(parts) }];
  });
  return { ...all, ...Object.fromEntries(merged) };
}

type Thanks = NonNullable<NonNullable<SurveyPolicy['surveys']['nps']>['thank_you']>;

function mergeThanks(all: Thanks, own: NonNullable<OwnBrand['thank_you']>): Thanks {
  const texts = Object.entries(own.texts ?? {}).map(([language, each]) => [
    language,
    { ...all.texts?.[language], ...each },
  ]);
  return { ...all, ...own, texts: { ...all.texts, ...Object.fromEntries(texts) } };
}

/** From whom the mails of a brand come; nothing for a brand that is not listed. @param name as `findBrand` takes it */
export function senderOf(policy: Pick<SurveyPolicy, 'surveys'>, name: string | null): Pick<Mail, 'from' | 'replyTo'> {
  const own = findBrand(policy, name);
  if (!own) return {};
  const { name: called = nameOf(own), address } = own.sender;
  return {
    from: { name: called, ...(address !== undefined && { address }) },
    ...(own.reply_to !== undefined && { replyTo: own.reply_to }),
  };
}
