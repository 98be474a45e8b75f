// Submits the ticket's form: asks the apps, saves, updates the page.
import type { AppHost } from '../host/app-host.ts';
import { askBeforeSave } from '../host/ask-before-save.ts';
import { LAST_EVENTS_MS } from '../host/instance.ts';
import type { Notify } from '../ui/notify.ts';
import type { LiveForm } from './live-form.ts';

export interface SubmitDeps {
  host: AppHost;
  /** Tells the apps beside the ticket. */
  fire: (event: string, message?: unknown) => void;
  form: LiveForm;
  notify: Notify;
  /** Updates the ticket on the page. */
  refresh: (address: string) => Promise<void>;
  /** A ticket was created; apps get its id. */
  created: (ticketId: number) => void;
  go: (address: string) => void;
}

interface Saved {
  ticketId: number;
  next: string;
  /** Stays on the ticket; a played view goes on to the next. */
  stays: boolean;
}

export interface Submit {
  /** True while a save of our own is under way. */
  isBusy(): boolean;
}

/** First asks the apps (`ticket.save`), then sends them `ticket.submit.start`, `done` or `fail`, and `always`. Without JavaScript the form is posted. */
export function handleSubmit(deps: SubmitDeps): Submit {
  const { host, fire, form, notify } = deps;
  let isBusy = false;
  let focusedId = '';

  /** Locks the form during a save, because text typed meanwhile would be lost. The focus stays where it is. */
  const setBusy = (element: HTMLFormElement, busy: boolean) => {
    isBusy = busy;
    element.setAttribute('aria-busy', String(busy));
    if (busy) focusedId = document.activeElement?.id ?? '';
    for (const control of element.elements) {
      if (isTyped(control)) control.readOnly = busy;
      else control.closest<HTMLElement>('.field, .reply-kind')?.toggleAttribute('inert', busy);
    }
    // Inert elements cannot keep the focus.
    if (!busy && document.activeElement === document.body) document.getElementById(focusedId)?.focus();
  };

  const save = async (element: HTMLFormElement, submitter: HTMLElement | null) => {
    say(null);
    const objection = await askBeforeSave(host);
    if (objection !== null) return say(objection);
    fire('ticket.submit.start');
    const result = await post(element, submitter);
    if ('problem' in result) {
      fire('ticket.submit.fail');
      fire('ticket.submit.always');
      return say(result.problem);
    }
    form.settle();
    fire('ticket.submit.done', { id: result.ticketId });
    fire('ticket.submit.always');
    await goOn(element, result);
  };

  const goOn = async (element: HTMLFormElement, { ticketId, next, stays }: Saved) => {
    const isNew = element.elements.namedItem('seen') === null;
    if (isNew) deps.created(ticketId);
    if (stays && !isNew) {
      await deps.refresh(next);
      notify('Saved.', 'notice');
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, LAST_EVENTS_MS));
    deps.go(next);
  };

  document.addEventListener('submit', (event) => {
    const element = event.target;
    if (!(element instanceof HTMLFormElement) || element.id !== 'ticket-form') return;
    event.preventDefault();
    if (isBusy) return;
    setBusy(element, true);
    void save(element, event.submitter).finally(() => setBusy(element, false));
  });
  return { isBusy: () => isBusy };
}

/** Shown above the buttons; null removes it. */
function say(problem: string | null) {
  const place = document.querySelector<HTMLElement>('#submit-problem');
  if (place === null) return;
  place.hidden = problem === null;
  place.textContent = problem ?? '';
}

async function post(element: HTMLFormElement, submitter: HTMLElement | null): Promise<Saved | { problem: string }> {
  const fields = new FormData(element, submitter);
  // Browsers do not submit disabled fields; the server would take them as emptied.
  for (const control of element.elements) {
    if (
      !(
        control instanceof HTMLInputElement ||
        control instanceof HTMLSelectElement ||
        control instanceof HTMLTextAreaElement
      )
    )
      continue;
    const isOff = control instanceof HTMLInputElement && control.type === 'checkbox' && !control.checked;
    const chosen = control instanceof HTMLSelectElement ? [...control.selectedOptions] : [control];
    const isLocked = control.disabled || chosen.some(({ disabled }) => disabled);
    if (!isLocked || control.name === '' || isOff) continue;
    fields.delete(control.name);
    for (const { value } of chosen) fields.append(control.name, value);
  }
  const body = new URLSearchParams(
    [...fields].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
  try {
    const response = await fetch(element.action, { method: 'POST', body, headers: { accept: 'application/json' } });
    if (response.ok || response.status === 422) return (await response.json()) as Saved | { problem: string };
    return { problem: `The server answered ${response.status}. Your text is still here; try again.` };
  } catch {
    return { problem: 'The server cannot be reached. Your text is still here; try again.' };
  }
}

/** What can be read only; boxes and choices cannot, and their labels work them, too. */
function isTyped(control: Element): control is HTMLInputElement | HTMLTextAreaElement {
  if (control instanceof HTMLInputElement) return control.type !== 'checkbox' && control.type !== 'radio';
  return control instanceof HTMLTextAreaElement;
}
