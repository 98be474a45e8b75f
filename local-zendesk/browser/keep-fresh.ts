// How does a list stay current without the page being loaded anew?

const main = document.querySelector<HTMLElement>('main[data-refresh-s]');
if (main !== null) window.setInterval(() => void freshen(main), Number(main.dataset.refreshS) * 1000);

/** Left alone while nobody looks, and while the keyboard is in the list: whoever tabs through it must not lose the place. */
async function freshen(main: HTMLElement): Promise<void> {
  if (document.hidden || main.matches(':focus-within')) return;
  const response = await fetch(location.href).catch(() => null);
  if (response?.ok !== true) return; // The next look may find the server back.
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html').querySelector('main');
  if (fresh !== null && !main.matches(':focus-within')) main.replaceChildren(...fresh.childNodes);
}
