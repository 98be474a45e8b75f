// What does the submit button say?
import type { LiveForm } from './live-form.ts';

/** "Submit as Pending" when the status field says pending, as in Zendesk. */
export function keepSubmitLabel(form: LiveForm): void {
  const write = () => {
    const button = document.querySelector('#submit');
    const status = form.control('status');
    if (button === null || !(status instanceof HTMLSelectElement)) return;
    button.textContent = `Submit as ${status.selectedOptions[0]?.text ?? status.value}`;
  };
  form.onChange(write);
  write();
}
