// Small helps: a question before what can't be undone, a button that copies, filters that act at once.

/** Makes them work on a page. */
export function small(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>('form[data-sure]')) {
    form.addEventListener('submit', (event) => {
      if (!window.confirm(form.dataset.sure)) event.preventDefault();
    });
  }
  for (const button of page.querySelectorAll<HTMLButtonElement>('[data-copy-button]')) {
    button.addEventListener('click', () => void copy(button));
  }
  // No selector of style sheets tells that the focus is within a frame.
  const within = () => {
    for (const frame of page.querySelectorAll('iframe')) frame.classList.toggle('within', frame === page.activeElement);
  };
  for (const moment of ['blur', 'focus']) window.addEventListener(moment, within);
  // On a phone the menu is folded away; beside the page it always stands.
  const menu = page.querySelector<HTMLDetailsElement>('details.menu');
  const wide = window.matchMedia('(min-width: 56em)');
  const fold = () => {
    if (menu) menu.open = wide.matches;
  };
  wide.addEventListener('change', fold);
  fold();
  // What was done is said once: loading the page again does not say it again.
  const address = new URL(location.href);
  if (address.searchParams.has('said')) {
    address.searchParams.delete('said');
    history.replaceState(null, '', address);
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const field = button.parentElement?.querySelector<HTMLInputElement>('[data-copy]');
  if (!field) return;
  field.select();
  await navigator.clipboard.writeText(field.value);
  button.textContent = button.dataset.copied ?? button.textContent;
}
