// Searching the newsroom: photos, stories, topics, bylines.

import type { Found } from '../data';
import type { Desk } from '../desk';
import { debounce, dialog, field, h } from '../dom';
import { t } from '../strings';

/** A list of what `input` finds; a click or Enter on one chooses it. */
export function results(desk: Desk, kind: 'story' | 'photo' | 'topic' | 'byline', input: HTMLInputElement, choose: (found: Found) => void, atOnce = false): HTMLElement {
  const list = h('ul', { class: `results results-${kind}` });
  const empty = h('p', { class: 'hint', role: 'status' });
  let asked = 0;
  const search = async () => {
    const words = input.value.trim();
    if (words.length < 2 && !atOnce) return list.replaceChildren();
    const number = (asked += 1);
    const found = await desk.api.search(kind, words).catch(() => []);
    if (number !== asked) return;
    empty.textContent = found.length === 0 ? t('search.none') : '';
    list.replaceChildren(...found.map((each) => h('li', {}, h('button', { type: 'button', class: 'result', onclick: () => choose(each) },
      each.preview && kind === 'photo' ? h('img', { src: each.preview, alt: '' }) : null,
      h('span', { dir: 'auto' }, each.label), h('small', { dir: 'auto' }, each.detail)))));
  };
  input.addEventListener('input', debounce(200, () => void search()));
  if (atOnce) void search();
  return h('div', {}, list, empty);
}

/** Chooses photos that the newsroom already has. */
export function choosePhoto(desk: Desk, choose: (found: Found) => void): void {
  const input = h('input', { type: 'search', autocomplete: 'off' });
  const shown: HTMLDialogElement = dialog(t('library'), t('close'), field(t('search'), input), results(desk, 'photo', input, (found) => {
    shown.close();
    choose(found);
  }, true));
  input.focus();
}
