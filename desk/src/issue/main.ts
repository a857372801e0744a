// The page on which an issue is made, beyond plain HTML: stories move by drag and keyboard, what is typed saves itself, search
// answers as one types. The page works without it; whatever it does, it does by the page's own form and buttons.

import { fresh } from './fresh';
import { marks } from './marks';
import { order } from './order';
import { Saver } from './save';

const form = document.querySelector<HTMLFormElement>('form[data-issue]');
if (form) begin(form);

function begin(form: HTMLFormElement): void {
  const saver = new Saver(form);
  order(form, () => saver.soon(0));
  marks(form);
  counts(form);
  form.addEventListener('input', (event) => {
    if ((event.target as HTMLElement).matches('[data-search]')) return;
    saver.soon();
  });
  form.addEventListener('change', () => saver.soon(200));
  form.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('button[name=act]');
    if (!button || event.defaultPrevented) return;
    if (button.matches('[data-add]')) {
      event.preventDefault();
      void add(form, saver, button.value);
    }
  });
  search(form);
}

/** Saves with a story added, and shows what the server made of it. */
async function add(form: HTMLFormElement, saver: Saver, act: string): Promise<void> {
  if (!(await saver.act(act))) return;
  await fresh(['picks', 'offers', 'checks', 'next']);
  order.again(form);
}

/** Characters of a subject, once there are many. */
function counts(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLInputElement>('[data-count]')) {
    const most = Number(field.dataset.count);
    const shown = Object.assign(document.createElement('span'), { className: 'counted' });
    field.after(shown);
    const follow = () => {
      const length = [...field.value].length;
      shown.textContent = length > most / 2 ? `${length} / ${most}` : '';
      shown.classList.toggle('over', length > most);
    };
    field.addEventListener('input', follow);
    follow();
  }
}

function search(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('[data-search]');
  if (!field) return;
  let timer = 0;
  const ask = () => void fresh(['offers'], `?q=${encodeURIComponent(field.value)}`);
  field.addEventListener('input', () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, 180);
  });
  // The enter key searches; it would save otherwise.
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    ask();
  });
}
