// Writes the label of the submit button.
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
  // Choosing a status closes the menu.
  document.addEventListener('click', ({ target }) => {
    const menu = document.querySelector<HTMLDetailsElement>('#submit-menu');
    if (menu !== null && target instanceof Node && !menu.contains(target)) menu.open = false;
  });
  document.addEventListener('keydown', ({ key }) => {
    const menu = document.querySelector<HTMLDetailsElement>('#submit-menu[open]');
    if (key !== 'Escape' || menu === null) return;
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}
