// Stories in order: dragged by their handles with mouse or finger, or moved with the arrow keys. The buttons, which save and
// load the page without a script, move them in place with one.

type Moved = () => void;

/** Makes the stories of a form move; `moved` is called after each move. */
export function order(form: HTMLFormElement, moved: Moved): void {
  form.addEventListener('pointerdown', (event) => grab(event, moved));
  form.addEventListener('keydown', (event) => {
    const handle = (event.target as Element).closest('[data-handle]');
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!handle || step === undefined) return;
    event.preventDefault();
    if (move(pickOf(handle), step)) moved();
    (handle as HTMLElement).focus();
  });
  form.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('[data-up], [data-down], [data-remove]');
    const pick = button && pickOf(button);
    if (!button || !pick) return;
    event.preventDefault();
    if (button.matches('[data-remove]')) remove(pick);
    else move(pick, button.matches('[data-up]') ? -1 : 1);
    if (!button.matches('[data-remove]')) (button.disabled ? pick.querySelector<HTMLElement>('.steps button:enabled') : button)?.focus();
    moved();
  });
  order.again(form);
}

/** After stories were put in place anew. */
order.again = (form: HTMLFormElement): void => {
  for (const hidden of form.querySelectorAll<HTMLElement>('[data-handle], [data-help]')) hidden.hidden = false;
};

const pickOf = (element: Element): HTMLElement | null => element.closest<HTMLElement>('[data-pick]');

function move(pick: HTMLElement | null, step: number): boolean {
  const other = step < 0 ? pick?.previousElementSibling : pick?.nextElementSibling;
  if (!pick || !other) return false;
  if (step < 0) other.before(pick);
  else other.after(pick);
  settle(pick);
  return true;
}

function remove(pick: HTMLElement): void {
  const next = pick.nextElementSibling ?? pick.previousElementSibling;
  pick.remove();
  next?.querySelector<HTMLElement>('[data-remove]')?.focus();
  if (next) settle(next as HTMLElement, false);
}

/** First and last go no further; where a story stands now is read out. */
function settle(pick: HTMLElement, told = true): void {
  const list = pick.closest<HTMLElement>('[data-picks]');
  if (!list) return;
  const all = [...list.querySelectorAll<HTMLElement>('[data-pick]')];
  all.forEach((one, index) => {
    const [up, down] = [one.querySelector<HTMLButtonElement>('[data-up]'), one.querySelector<HTMLButtonElement>('[data-down]')];
    if (up) up.disabled = index === 0;
    if (down) down.disabled = index === all.length - 1;
  });
  const said = document.querySelector<HTMLElement>('[data-saving]');
  const digits = new Intl.NumberFormat(document.documentElement.lang);
  const text = list.dataset.moved?.replace('{place}', digits.format(all.indexOf(pick) + 1)).replace('{count}', digits.format(all.length));
  if (told && said && text) said.textContent = text;
}

function grab(event: PointerEvent, moved: Moved): void {
  const handle = (event.target as Element).closest<HTMLElement>('[data-handle]');
  const pick = handle && pickOf(handle);
  const list = pick?.parentElement;
  if (!handle || !pick || !list || event.button !== 0) return;
  event.preventDefault();
  handle.focus();
  handle.setPointerCapture(event.pointerId);
  pick.classList.add('held');
  const before = [...list.children].indexOf(pick);
  const drag = (at: PointerEvent) => {
    for (const other of list.querySelectorAll<HTMLElement>('[data-pick]')) {
      if (other === pick) continue;
      const box = other.getBoundingClientRect();
      const middle = box.top + box.height / 2;
      const below = Boolean(pick.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (below && at.clientY > middle) other.after(pick);
      else if (!below && at.clientY < middle) other.before(pick);
    }
    edge(at.clientY);
  };
  const drop = () => {
    handle.removeEventListener('pointermove', drag);
    handle.removeEventListener('pointerup', drop);
    handle.removeEventListener('pointercancel', drop);
    pick.classList.remove('held');
    settle(pick);
    if ([...list.children].indexOf(pick) !== before) moved();
  };
  handle.addEventListener('pointermove', drag);
  handle.addEventListener('pointerup', drop);
  handle.addEventListener('pointercancel', drop);
}

/** Near the edge of the window the page moves along. */
function edge(y: number): void {
  const room = 60;
  if (y < room) window.scrollBy(0, y - room);
  else if (y > window.innerHeight - room) window.scrollBy(0, y - window.innerHeight + room);
}
