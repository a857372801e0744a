// A page that looks again by itself while something happens on the server: each part that changed is put in place of the
// one that is shown, the others stay, and with them the focus and what is open.

/** Makes a page look again, every so many seconds, for as long as it says so. */
export function watch(page: Document): void {
  const seconds = Number(page.querySelector<HTMLElement>('[data-watch]')?.dataset.watch ?? 0);
  if (seconds <= 0) return;
  for (const link of page.querySelectorAll<HTMLElement>('[data-by-hand]')) link.hidden = true;
  let timer = 0;
  const again = async () => {
    // Nobody looks: the next look comes with the page.
    if (page.hidden) return later();
    const answer = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' } });
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    // Signed out, or another page by now: the server says how to go on.
    if (answer.redirected || !fresh.querySelector('[data-part]')) return location.reload();
    put(page, fresh);
    // What appears only at the end, or went, is not of one part.
    if (!fresh.querySelector('[data-watch]')) return;
    later();
  };
  const later = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void again().catch(later), seconds * 1000);
  };
  page.addEventListener('visibilitychange', () => {
    if (!page.hidden) void again().catch(later);
  });
  later();
}

function put(page: Document, fresh: Document): void {
  for (const there of fresh.querySelectorAll<HTMLElement>('[data-part]')) {
    const here = page.querySelector<HTMLElement>(`[data-part="${there.dataset.part ?? ''}"]`);
    // A part that was not there yet means another page.
    if (!here) return location.reload();
    for (const link of there.querySelectorAll<HTMLElement>('[data-by-hand]')) link.hidden = true;
    if (here.innerHTML === there.innerHTML) continue;
    const focused = here.contains(page.activeElement) ? page.activeElement?.closest('form')?.getAttribute('action') : null;
    here.replaceChildren(...[...there.childNodes].map((node) => page.importNode(node, true)));
    for (const form of here.querySelectorAll<HTMLFormElement>('form[data-sure]')) {
      form.onsubmit = () => window.confirm(form.dataset.sure);
    }
    if (focused) here.querySelector<HTMLElement>(`form[action="${focused}"] button`)?.focus();
  }
}
