// Small helpers over the DOM. Texts go in as text; nothing here reads markup.

type Child = Node | string | null | false | undefined;
type Props = Record<string, unknown>;

/** An element. `on…` are listeners, `class` and attributes in kebab case are attributes, `value`/`checked` properties. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, props: Props = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value as EventListener);
    else if (name === 'value' || name === 'checked') (element as unknown as Props)[name] = value;
    else element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((child): child is Node | string => child !== null && child !== false && child !== undefined));
  return element;
}

let counter = 0;

/** An id that no other element has. */
export const freshId = (stem: string): string => `${stem}-${(counter += 1)}`;

/** A labelled field. */
export function field(label: string, input: HTMLElement, hint?: HTMLElement | string): HTMLElement {
  input.id ||= freshId('field');
  const note = hint ? h('span', { class: 'hint', id: `${input.id}-hint` }, hint) : null;
  if (note) input.setAttribute('aria-describedby', note.id);
  return h('div', { class: 'field' }, h('label', { for: input.id }, label), input, note);
}

export const button = (label: string, onclick: () => void, props: Props = {}): HTMLButtonElement =>
  h('button', { type: 'button', class: 'button', onclick, ...props }, label);

/** A modal dialog that is shown at once and gone when closed; focus returns to where it was. */
export function dialog(title: string, close: string, ...content: Child[]): HTMLDialogElement {
  const heading = h('h2', { id: freshId('dialog'), tabindex: '-1' }, title);
  const before = document.activeElement;
  const shown = h('dialog', { class: 'dialog', 'aria-labelledby': heading.id });
  const cross = h('button', { type: 'button', class: 'icon-button dialog-close', 'aria-label': close, onclick: () => shown.close() }, '×');
  shown.append(h('div', { class: 'dialog-head' }, heading, cross), ...content.filter((child): child is Node => child instanceof Node));
  comeBack(shown, before);
  document.getElementById('editor')!.append(shown);
  shown.showModal();
  return shown;
}

/**
 * Gives focus back the moment the dialog closes. Its `close` event comes a task later, in which a fast writer has
 * pressed the next key already.
 */
function comeBack(shown: HTMLDialogElement, before: Element | null): void {
  const close = shown.close.bind(shown);
  const gone = () => {
    if (!shown.isConnected) return;
    shown.remove();
    if (!(before instanceof HTMLElement)) return;
    before.focus();
    // The text puts its cursor where the dialog's change left it.
    before.dispatchEvent(new Event('refocus'));
  };
  shown.close = () => { close(); gone(); };
  shown.addEventListener('cancel', (event) => { event.preventDefault(); shown.close(); });
  shown.addEventListener('close', gone);
}

/** Waits until nothing happened for `wait` milliseconds. */
export function debounce(wait: number, work: () => void): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(work, wait);
  };
}
