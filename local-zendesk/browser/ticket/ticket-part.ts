// Lists the ticket paths that an app can get, set and invoke.
import { ApiError, type ApiPart, found, walk } from '../host/api.ts';
import { isAtTicket } from '../host/instance.ts';
import { asRecord } from '../host/wire.ts';
import type { PageData, ZafUser } from '../page-data.d.ts';
import type { FieldStates } from './field-states.ts';
import { htmlToText } from './html-to-text.ts';
import type { LiveForm } from './live-form.ts';
import { commentObject, ticketObject } from './ticket-object.ts';

const CUSTOM_FIELD = /^ticket\.customField:custom_field_(\d+)$/;

export interface TicketPartDeps {
  data: () => PageData;
  form: LiveForm;
  fields: FieldStates;
  viewers: () => readonly ZafUser[];
}

/** Only beside a ticket; elsewhere these paths are unknown. Set and invoke change the form and save nothing. */
export function ticketPart({ data, form, fields, viewers }: TicketPartDeps): ApiPart {
  const append = (text: string) => {
    form.write('comment', form.values().commentText + text);
    return found(null);
  };
  const setters: Readonly<Record<string, (value: unknown) => void>> = {
    'ticket.subject': (value) => form.write('subject', asText(value)),
    'ticket.status': (value) => form.write('status', asText(value)),
    'ticket.priority': (value) => form.write('priority', value === '-' ? '' : asText(value)),
    'ticket.type': (value) => form.write('type', value === 'ticket' || value === '-' ? '' : asText(value)),
    'ticket.comment.text': (value) => form.write('comment', htmlToText(asText(value))),
    'ticket.comment.type': (value) => form.writePublic(commentType(value) === 'publicReply'),
    'ticket.assignee': (value) => assign(form, value),
    'ticket.tags': (value) => writeTags(form, () => tagsOf([value])),
    'ticket.form.id': (value) => {
      // The account has one form for all tickets.
      if (Number(value) !== data().ticket?.form.id) throw new ApiError(`"${asText(value)}" is not a choice.`);
    },
  };
  const actions: Readonly<Record<string, (args: readonly unknown[]) => ReturnType<typeof found>>> = {
    'ticket.comment.appendText': ([text]) => append(asText(text)),
    'ticket.comment.appendHtml': ([html]) => append(htmlToText(asText(html))),
    'ticket.comment.appendMarkdown': ([markdown]) => append(asText(markdown)),
    'ticket.editor.insert': ([text]) => insert(form, htmlToText(asText(text))),
    'ticket.tags.add': (args) => writeTags(form, (tags) => [...new Set([...tags, ...tagsOf(args)])]),
    'ticket.tags.remove': (args) => writeTags(form, (tags) => tags.filter((tag) => !tagsOf(args).includes(tag))),
  };

  return {
    get: (path, target) => {
      if (!isAtTicket(target)) return undefined;
      const customField = CUSTOM_FIELD.exec(path)?.[1];
      if (customField !== undefined) return getCustomField(data(), form, customField);
      const [root, ...names] = path.split('.');
      if (root === 'ticket') return walk(ticketObject(data(), form.values(), viewers()), names);
      if (root === 'comment') return walk(commentObject(form.values()), names);
      return fields.get(path);
    },
    set: (path, value, target) => {
      if (!isAtTicket(target)) return undefined;
      const customField = CUSTOM_FIELD.exec(path)?.[1];
      if (customField !== undefined) {
        if (getCustomField(data(), form, customField) === undefined) return undefined;
        form.write(`cf_${customField}`, Array.isArray(value) ? value.map(asText) : asText(value));
        return getCustomField(data(), form, customField);
      }
      // `comment.text` is the older name of `ticket.comment.text`.
      const setter = setters[path.startsWith('comment.') ? `ticket.${path}` : path];
      if (setter === undefined) return undefined;
      setter(value);
      return walk(ticketObject(data(), form.values(), viewers()), path.replace(/^ticket\./, '').split('.'));
    },
    invoke: (path, args, target) => {
      if (!isAtTicket(target)) return undefined;
      const action = actions[path.startsWith('comment.') ? `ticket.${path}` : path];
      return action === undefined ? fields.invoke(path) : action(args);
    },
  };
}

/** Empty text empties a field; so do null and undefined. */
function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ApiError('The value must be text.');
}

function commentType(value: unknown): 'publicReply' | 'internalNote' {
  if (value === 'publicReply' || value === 'internalNote') return value;
  throw new ApiError('The type is publicReply or internalNote.');
}

function assign(form: LiveForm, value: unknown) {
  const assignee = asRecord(value);
  if (assignee === null) throw new ApiError('An assignee is {userId, groupId}.');
  const before = asText(form.values().groupId);
  if ('groupId' in assignee) form.write('group_id', asText(assignee['groupId']));
  try {
    if ('userId' in assignee) form.write('assignee_id', asText(assignee['userId']));
  } catch (error) {
    form.write('group_id', before);
    throw error;
  }
}

const tagsOf = (args: readonly unknown[]): string[] =>
  args
    .flat()
    .flatMap((arg) => asText(arg).split(/[\s,]+/))
    .filter((tag) => tag !== '');

function writeTags(form: LiveForm, change: (tags: readonly string[]) => readonly string[]) {
  form.write('tags', change(form.values().tags).join(' '));
  return found(null);
}

function insert(form: LiveForm, text: string) {
  const control = form.control('comment');
  if (!(control instanceof HTMLTextAreaElement)) throw new ApiError('This ticket cannot be changed.');
  const { value, selectionStart, selectionEnd } = control;
  form.write('comment', value.slice(0, selectionStart) + text + value.slice(selectionEnd));
  return found(null);
}

function getCustomField(data: PageData, form: LiveForm, id: string) {
  if (!data.fields.some(({ name }) => name === `custom_field_${id}`)) return undefined;
  return found(form.values().customFields[id] ?? null);
}
