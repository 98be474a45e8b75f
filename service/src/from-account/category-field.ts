// Finds the drop-down field by which an account sorts its tickets.
import type { AccountSetup } from '../zendesk/create-zendesk.ts';
import { isRecord, textOf } from './account-setup.ts';
import type { Judged } from './fault.ts';

export interface CategoryField {
  readonly id: string;
  readonly title: string;
  readonly options: ReadonlyArray<{ readonly value: string; readonly name: string }>;
}

/** Titles of such fields in the languages of most accounts. */
const TITLES =
  /categor|kategor|catégor|reason|grund|motiv|motif|motivo|topic|thema|tema|sujet|issue type|type of|contact type|anliegen|assunto|raison|分類|カテゴリ|类别|類別|причина|категори/iu;
const MOST_OPTIONS = 300;

/** The drop-down whose title says so, or else the one that triggers and macros set most often; null: none. */
export function findCategoryField({ ticketFields }: AccountSetup, judged: readonly Judged[]): CategoryField | null {
  const used = new Map<string, number>();
  for (const { actions } of judged) for (const id of actions.fields.keys()) used.set(id, (used.get(id) ?? 0) + 1);
  const fields = ticketFields
    .filter(isRecord)
    .filter((field) => textOf(field['type']) === 'tagger' && field['active'] !== false)
    .map((field) => {
      const list = Array.isArray(field['custom_field_options']) ? field['custom_field_options'] : [];
      const options = list.filter(isRecord).flatMap((option) => {
        const value = textOf(option['value']).trim();
        const name = textOf(option['name']).replaceAll('::', ': ').trim();
        return value === '' ? [] : [{ value, name: name === '' ? value : name }];
      });
      const id = textOf(field['id']);
      const title = textOf(field['title']);
      return { id, title, options, isNamed: TITLES.test(title), uses: used.get(id) ?? 0 };
    })
    .filter(({ options }) => options.length > 1 && options.length <= MOST_OPTIONS);
  const [best] = fields.toSorted((a, b) => Number(b.isNamed) - Number(a.isNamed) || b.uses - a.uses);
  return best === undefined || (!best.isNamed && best.uses === 0) ? null : best;
}
