// Parts of the page as the server has them now, put in place of those that are shown.

let asked = 0;

/** Asks for the page again and puts these parts of it in place; an answer that was overtaken is dropped. */
export async function fresh(parts: string[], query = ''): Promise<void> {
  asked += 1;
  const mine = asked;
  const response = await fetch(`${location.pathname}${query}`, { headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (mine !== asked) return;
  if (!page.querySelector('[data-fresh]')) {
    // Signed out: the server says how to go on.
    location.assign(location.pathname);
    return;
  }
  for (const part of parts) {
    const [here, there] = [document, page].map((of) => of.querySelector<HTMLElement>(`[data-fresh="${part}"]`));
    if (!here || !there) continue;
    const focused = here.contains(document.activeElement) ? keyOf(document.activeElement as HTMLElement) : undefined;
    here.replaceChildren(...[...there.childNodes].map((node) => document.importNode(node, true)));
    if (focused) here.querySelector<HTMLElement>(focused)?.focus();
  }
  sure();
}

/** Questions before what can't be undone, also of forms that were just put in place. */
function sure(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>('[data-fresh] form[data-sure]')) {
    form.onsubmit = () => window.confirm(form.dataset.sure);
  }
}

/** What finds an element again after its part was replaced. */
function keyOf(element: HTMLElement): string | undefined {
  const name = element.getAttribute('name');
  const value = element instanceof HTMLButtonElement ? `[value="${CSS.escape(element.value)}"]` : '';
  return name ? `[name="${CSS.escape(name)}"]${value}` : undefined;
}
