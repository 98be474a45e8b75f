// Refreshes a list without reloading the page.

const main = document.querySelector<HTMLElement>('main[data-refresh-s]');
if (main !== null) window.setInterval(() => void freshen(main), Number(main.dataset.refreshS) * 1000);

/** Not refreshed in a hidden tab, nor while the keyboard focus is in the list, which would move it. */
async function freshen(main: HTMLElement): Promise<void> {
  if (document.hidden || main.matches(':focus-within')) return;
  const response = await fetch(location.href).catch(() => null);
  if (response?.ok !== true) return; // Tries again next time.
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('main');
  if (fresh !== null && !main.matches(':focus-within')) main.replaceChildren(...fresh.childNodes);
}
