// Lists that follow what one types: the form is asked for again, and only its results are put in place.

const PAUSE = 180;

/** Makes every live form of a page follow. */
export function live(page: Document): void {
  for (const form of page.querySelectorAll<HTMLFormElement>('form[data-live]')) {
    let timer = 0;
    let asked = 0;
    const ask = async () => {
      asked += 1;
      const mine = asked;
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value) query.append(name, String(value));
      const address = `${form.getAttribute('action') ?? ''}?${query}`;
      const answer = await fetch(address, { headers: { accept: 'text/html' } });
      const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-results]');
      // An answer that was overtaken is of no use; one without results means: signed out.
      if (mine !== asked) return;
      if (!fresh) {
        location.assign(address);
        return;
      }
      page.querySelector('[data-results]')?.replaceWith(page.importNode(fresh, true));
      history.replaceState(null, '', address);
    };
    const later = () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => void ask().catch(() => form.submit()), PAUSE);
    };
    form.addEventListener('input', later);
    form.addEventListener('change', later);
  }
}
