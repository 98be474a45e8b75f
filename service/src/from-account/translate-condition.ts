// Translates one of Zendesk's conditions into one of ours.
import { type ConditionNode, PRIORITIES, readChannel, STATUSES, TICKET_TYPES } from '@deskwright/shared';
import type { AccountNames, Named } from './account-names.ts';
import { type AccountRule, type RawCondition, textOf } from './account-setup.ts';
import { unknownFacts, valuesByField } from './unknown-facts.ts';

export interface Translated {
  /** For the policy; null: it cannot say this. */
  readonly node: ConditionNode | null;
  /** For proofs. What cannot be said stands for a fact of its own, of which nothing is known. */
  readonly proof: ConditionNode;
  /** Whether `proof` says all that the condition does, so that an example that meets it is one in Zendesk too. */
  readonly isExact: boolean;
  /** Why it is not in the policy as it is: a sentence without full stop; null: it is. */
  readonly why: string | null;
  /** What it names that the account does not have any more; null: nothing. */
  readonly gone: string | null;
  /** The policy means this anyway. */
  readonly isImplied: boolean;
}

const exact = (node: ConditionNode): Translated => ({
  node,
  proof: node,
  isExact: true,
  why: null,
  gone: null,
  isImplied: false,
});

/** More values of one field are not told apart: proofs take longer with each. */
const MOST_VALUES = 40;

/** @param rules all rules of the account, whose conditions say which values a field is compared with */
export function buildTranslator(names: AccountNames, rules: readonly AccountRule[]) {
  const fieldFor = unknownFacts();
  const values = valuesByField(rules);

  /** That a field with one value at a time has this one: not any other that rules name. */
  function hasOnly(asked: string, field: string, value: string | number | boolean): ConditionNode {
    const others = [...(values.get(asked) ?? [])].filter((other) => other !== String(value));
    const has: ConditionNode = { field, operator: 'is', value };
    if (others.length === 0 || others.length > MOST_VALUES) return has;
    return { all: [has, ...others.map((other) => ({ field, operator: 'is_not', value: other }))] };
  }

  /** A fact that only Zendesk knows, compared by its operator where that is a plain one. */
  function unknown({ field, operator, value }: RawCondition, why: string, gone: string | null = null): Translated {
    const negated = operator.startsWith('not_') || operator === 'is_not';
    const plain = operator.replace(/^not_/, '').replace(/^is_not$/, 'is');
    const isValue = plain === 'is' && value !== null && value !== '';
    const proof: ConditionNode = isValue
      ? negated
        ? { field: fieldFor(field), operator: 'is_not', value }
        : hasOnly(field, fieldFor(field), value)
      : { field: fieldFor(JSON.stringify([field, plain, value])), operator: negated ? 'is_not' : 'is', value: 'yes' };
    return { node: null, proof, isExact: false, why, gone, isImplied: false };
  }

  function named(condition: RawCondition, field: string, what: string, find: (id: string) => Named): Translated {
    const value = condition.value ?? '';
    const isNot = condition.operator === 'is_not';
    if (!isNot && condition.operator !== 'is')
      return changed(condition) ?? unknown(condition, `the operator ${condition.operator} is not known`);
    if (value === '') return exact({ field, operator: isNot ? 'present' : 'absent' });
    if (!/^\d+$/.test(value)) return unknown(condition, `"${value}" depends on who looks at the ticket`);
    const found = find(value);
    if (typeof found !== 'string') return exact({ field, operator: condition.operator, value: found.name });
    if (found === 'gone') return unknown(condition, `the ${what} ${value} does not exist any more`, `${what} ${value}`);
    return unknown(condition, `the name of the ${what} ${value} could not be read`);
  }

  /** `value`: changed to; both the change, which only Zendesk sees, and the value now. */
  function changed(condition: RawCondition): Translated | null {
    const { field, operator, value } = condition;
    const now = /^(?:not_)?value$/.test(operator) ? translate({ field, operator: 'is', value }) : null;
    if (now === null && !/^(?:not_)?(?:changed|value_previous)$/.test(operator)) return null;
    const why = 'it is about what an update changes; Deskwright decides by how the ticket is';
    const base = unknown(condition, why, now?.gone ?? null);
    if (now === null) return base;
    const change: ConditionNode = { field: fieldFor(`${field} changed`), operator: 'is', value: 'yes' };
    const both: ConditionNode = { all: [change, now.proof] };
    return { ...base, proof: operator === 'value' ? both : { none: [both] } };
  }

  function listed(condition: RawCondition, field: string, allowed: readonly string[]): Translated {
    const { operator } = condition;
    const value = (condition.value ?? '').toLowerCase();
    if (operator === 'is' || operator === 'is_not') {
      if (value === '' && field !== 'status')
        return exact({ field, operator: operator === 'is' ? 'absent' : 'present' });
      if (allowed.includes(value)) return exact({ field, operator, value });
    }
    // Of no priority Zendesk says that it is below all others; a policy that it is not set.
    if (field === 'priority' && operator === 'less_than' && allowed.includes(value))
      return exact({
        any: [
          { field, operator: 'absent' },
          { field, operator, value },
        ],
      });
    const isOrdered = field === 'status' || field === 'priority';
    if (isOrdered && (operator === 'less_than' || operator === 'greater_than') && allowed.includes(value))
      return exact({ field, operator, value });
    return changed(condition) ?? unknown(condition, `"${field} ${operator} ${value}" has no counterpart`);
  }

  function words(condition: RawCondition, field: string): Translated {
    const { operator } = condition;
    const value = (condition.value ?? '').trim();
    const isAsked = /[\p{L}\p{N}]/u.test(value);
    const split = value.split(/[\s,]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word));
    if (isAsked && (operator === 'includes' || operator === 'not_includes'))
      return exact({
        field,
        operator: operator === 'includes' ? 'includes_any' : 'includes_none',
        value: split.map(unmarked),
      });
    if (isAsked && (operator === 'is' || operator === 'is_not'))
      return exact({ field, operator: operator === 'is' ? 'includes_any' : 'includes_none', value: [unmarked(value)] });
    return (
      changed(condition) ?? unknown(condition, isAsked ? `the operator ${operator} is not known` : 'it has no words')
    );
  }

  function tags(condition: RawCondition): Translated {
    const value = (condition.value ?? '').split(/[\s,]+/u).filter((tag) => tag !== '');
    const operators: Readonly<Record<string, string>> = {
      includes: 'includes_any',
      not_includes: 'includes_none',
      is: 'includes_all',
    };
    const operator = operators[condition.operator];
    if (operator !== undefined && value.length > 0) return exact({ field: 'tags', operator, value });
    return (
      changed(condition) ??
      unknown(condition, value.length === 0 ? 'it names no tags' : `the operator ${condition.operator} is not known`)
    );
  }

  function custom(condition: RawCondition, id: string): Translated {
    const field = `custom_field:${id}`;
    const { operator } = condition;
    const value = condition.value ?? '';
    const found = names.field(id);
    if (found === 'gone')
      return unknown(condition, `the ticket field ${id} does not exist any more`, `ticket field ${id}`);
    const title = found === 'unknown' ? '' : textOf(found['type']);
    if (operator === 'present' || (operator === 'is_not' && value === '')) return exact({ field, operator: 'present' });
    if (operator === 'not_present' || (operator === 'is' && value === '')) return exact({ field, operator: 'absent' });
    if (operator === 'is' || operator === 'is_not') {
      const typed =
        title === 'checkbox' && /^(?:true|false)$/.test(value)
          ? value === 'true'
          : /^(?:integer|decimal)$/.test(title) && Number.isFinite(Number(value))
            ? Number(value)
            : value;
      const isList = title === 'multiselect' || title === '';
      const translated = exact({ field, operator, value: typed });
      return operator === 'is' && !isList
        ? { ...translated, proof: hasOnly(condition.field, field, typed) }
        : translated;
    }
    if ((operator === 'less_than' || operator === 'greater_than') && Number.isFinite(Number(value)) && value !== '')
      return exact({ field, operator, value: Number(value) });
    if (operator === 'includes' || operator === 'not_includes')
      return exact({
        field,
        operator: operator === 'includes' ? 'includes_any' : 'includes_none',
        value: value.split(/[\s,]+/u).filter((one) => one !== ''),
      });
    return changed(condition) ?? unknown(condition, `the operator ${operator} is not known`);
  }

  function hours({ field, operator, value }: RawCondition, ours: string): Translated {
    const number = Number(value ?? '');
    const plain = operator === 'less_than' || operator === 'greater_than';
    if (plain && Number.isFinite(number) && number >= 0) return exact({ field: ours, operator, value: number });
    return unknown({ field, operator, value }, 'it counts hours in a way that a policy does not');
  }

  function translate(condition: RawCondition): Translated {
    const { field, operator } = condition;
    const customId = /^(?:custom_fields_|ticket_fields_)(\d+)$/.exec(field)?.[1];
    if (customId !== undefined) return custom(condition, customId);
    switch (field) {
      case 'status':
        return listed(condition, 'status', STATUSES);
      case 'priority':
        return listed(condition, 'priority', PRIORITIES);
      case 'type':
      case 'ticket_type_id':
        return listed(condition, 'type', TICKET_TYPES);
      case 'group_id':
        return named(condition, 'group', 'group', names.group);
      case 'brand_id':
        return named(condition, 'brand', 'brand', names.brand);
      case 'ticket_form_id':
        return named(condition, 'form', 'form', names.form);
      case 'organization_id':
        return named(condition, 'organization', 'organization', names.organization);
      case 'assignee_id':
        return named(condition, 'assignee', 'user', names.user);
      case 'requester_id':
        return named(condition, 'requester_email', 'user', names.user);
      case 'current_tags':
        return tags(condition);
      case 'subject_includes_word':
        return words(condition, 'subject');
      case 'comment_includes_word': {
        const translated = words(condition, 'comment');
        const why = 'of a new ticket Zendesk reads the subject as well';
        return translated.node === null ? translated : { ...translated, why };
      }
      case 'description_includes_word':
        return words(condition, 'text');
      case 'NEW':
        return hours(condition, 'created_hours_ago');
      case 'via_id': {
        const value = readChannel(condition.value);
        return value !== null && (operator === 'is' || operator === 'is_not')
          ? exact({ field: 'via', operator, value })
          : unknown(condition, `the channel "${condition.value ?? ''}" is not known`);
      }
      case 'update_type': {
        const isCreate = (condition.value === 'Create') === (operator !== 'is_not');
        const proof: ConditionNode = {
          field: fieldFor('update_type'),
          operator: isCreate ? 'is' : 'is_not',
          value: 'Create',
        };
        const why = isCreate ? null : 'it is about updates; Deskwright decides by how the ticket is';
        return { node: null, proof, isExact: true, why, gone: null, isImplied: isCreate };
      }
      default:
        return (
          changed(condition) ??
          unknown(condition, field === '' ? 'it has no field' : `a policy has no field for ${field}`)
        );
    }
  }

  return translate;
}

/** Marks of the policy's own that Zendesk's words cannot have. */
const unmarked = (word: string): string => word.replace(/[*~]/g, '').replace(/^exact:/, '');
