// Chooses the light or the dark color scheme.
/** The server reads the same name. */
const SCHEME_COOKIE = 'local_zendesk_scheme';

type Scheme = 'light' | 'dark';

export interface ColorScheme {
  current(): Scheme;
  onChange(listener: (scheme: Scheme) => void): void;
}

/** The agent's choice in the header, else the system's; kept in a cookie, so that the server's next page has it from the start. */
export function createColorScheme(): ColorScheme {
  const listeners: ((scheme: Scheme) => void)[] = [];
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const chosen = (): Scheme | null => {
    const scheme = root.dataset['scheme'];
    return scheme === 'light' || scheme === 'dark' ? scheme : null;
  };
  const current = (): Scheme => chosen() ?? (system.matches ? 'dark' : 'light');
  let last = current();
  const look = () => {
    const now = current();
    if (now === last) return;
    last = now;
    for (const listener of listeners) listener(now);
  };
  system.addEventListener('change', look);
  const select = document.querySelector<HTMLSelectElement>('#scheme');
  if (select !== null) {
    select.value = chosen() ?? '';
    select.form?.classList.add('live');
    select.addEventListener('change', () => {
      if (select.value === '') delete root.dataset['scheme'];
      else root.dataset['scheme'] = select.value;
      const life = select.value === '' ? '; max-age=0' : '';
      document.cookie = `${SCHEME_COOKIE}=${select.value}; path=/; samesite=lax${life}`;
      look();
    });
  }
  return { current, onChange: (listener) => void listeners.push(listener) };
}
