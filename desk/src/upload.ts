// Sending photo files: progress, cancel, an error that says what went wrong, another try. A file that failed, or of which
// nothing arrives any more, stays in its card until the writer tries again or removes it; until then the browser asks
// before the page is left.

import type { EditorState } from 'prosemirror-state';
import { Plugin, PluginKey } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { Photo } from './data';
import type { Desk } from './desk';
import { button, h } from './dom';
import { nodes } from './document/schema';
import { learnPhoto } from './photos';
import { percent, t } from './strings';

const KINDS = /^image\/(jpeg|png|webp|avif|gif|heic|heif|tiff|bmp)$/;

/** How long nothing may arrive of a file on its way, and how long the server may prepare it. */
const STALLED = 45_000;
const PREPARING = 300_000;

/** Cards whose file is not at the server. */
const unfinished = new Set<HTMLElement>();
addEventListener('beforeunload', (event) => { if ([...unfinished].some((card) => card.isConnected)) event.preventDefault(); });

/** One file on its way, as a card. `done` gets the photo; `gone` is called when the writer removes the card. */
export function uploadCard(desk: Desk, file: File, done: (photo: Photo) => void, gone: () => void): HTMLElement {
  const bar = h('progress', { max: 100, 'aria-label': file.name });
  const line = h('span', { class: 'upload-line', role: 'status' });
  const actions = h('span', { class: 'upload-actions' });
  const card = h('div', { class: 'upload', contenteditable: 'false' }, line, bar, actions);
  unfinished.add(card);
  const remove = () => { unfinished.delete(card); gone(); };
  const fail = (message: string) => {
    bar.hidden = true;
    card.classList.add('is-failed');
    line.textContent = t('upload.failed', { name: file.name, message });
    actions.replaceChildren(button(t('upload.again'), start), button(t('remove'), remove));
  };
  const start = () => {
    card.classList.remove('is-failed');
    if (!KINDS.test(file.type)) {
      fail(t('upload.kind'));
      unfinished.delete(card);
      return actions.firstElementChild!.remove();
    }
    bar.hidden = false;
    bar.removeAttribute('value');
    line.textContent = t('upload.progress', { name: file.name, percent: percent(0) });
    const request = send(desk, file, { progress, fail, done: (photo) => { unfinished.delete(card); learnPhoto(photo); desk.say(t('upload.done', { name: file.name })); done(photo); } });
    actions.replaceChildren(button(t('upload.cancel'), () => { request.abort(); remove(); }));
  };
  const progress = (share: number) => {
    bar.value = share * 100;
    line.textContent = share < 1 ? t('upload.progress', { name: file.name, percent: percent(share) }) : t('upload.working', { name: file.name });
  };
  start();
  return card;
}

interface Heard {
  progress(share: number): void;
  done(photo: Photo): void;
  fail(message: string): void;
}

/** XMLHttpRequest, since `fetch` tells no progress of what it sends. */
function send(desk: Desk, file: File, heard: Heard): XMLHttpRequest {
  const request = new XMLHttpRequest();
  request.open('POST', '/desk/api/photos');
  request.setRequestHeader('X-CSRF-Token', desk.api.csrf);
  request.setRequestHeader('X-File-Name', encodeURIComponent(file.name));
  request.setRequestHeader('Content-Type', file.type);
  request.responseType = 'json';
  let stalled = 0;
  const watch = (wait: number) => {
    clearTimeout(stalled);
    stalled = window.setTimeout(() => { request.abort(); heard.fail(t('upload.stalled')); }, wait);
  };
  request.upload.onprogress = (event) => {
    const share = event.lengthComputable ? event.loaded / event.total : 0;
    watch(share < 1 ? STALLED : PREPARING);
    heard.progress(share);
  };
  request.onloadend = () => clearTimeout(stalled);
  request.onload = () => {
    const answer = request.response as { photo?: Photo; message?: string } | null;
    if (request.status === 201 && answer?.photo) heard.done(answer.photo);
    else heard.fail(request.status === 401 || request.status === 403 && !answer?.message ? t('signed_out') : (answer?.message ?? String(request.status)));
  };
  request.onerror = () => heard.fail(t('upload.broken'));
  watch(STALLED);
  request.send(file);
  return request;
}

type Change = { add: { id: object; pos: number; card: HTMLElement } } | { remove: object };
const key = new PluginKey<DecorationSet>('uploads');

/** Holds the cards of files on their way at their places in the text. */
export const uploads = (): Plugin => new Plugin<DecorationSet>({
  key,
  state: {
    init: () => DecorationSet.empty,
    apply: (tr, set) => {
      const mapped = set.map(tr.mapping, tr.doc);
      const change = tr.getMeta(key) as Change | undefined;
      if (!change) return mapped;
      if ('remove' in change) return mapped.remove(mapped.find(undefined, undefined, (spec) => spec.id === change.remove));
      const { id, pos, card } = change.add;
      return mapped.add(tr.doc, [Decoration.widget(pos, card, { id, side: -1, stopEvent: () => true, ignoreSelection: true })]);
    },
  },
  props: { decorations: (state) => key.getState(state) },
});

const placeOf = (state: EditorState, id: object): number | null =>
  key.getState(state)?.find(undefined, undefined, (spec) => spec.id === id)[0]?.from ?? null;

/** Starts sending files; each becomes a photo block where it was dropped, near `pos`. */
export function uploadInto(desk: Desk, files: File[], pos: number): void {
  const { view } = desk;
  for (const file of files) {
    const id = {};
    const remove = () => view.dispatch(view.state.tr.setMeta(key, { remove: id }));
    const card = uploadCard(desk, file, (photo) => {
      const at = placeOf(view.state, id);
      if (at === null) return;
      view.dispatch(view.state.tr.setMeta(key, { remove: id }).insert(at, nodes.photo!.create({ photo: photo.id })));
    }, remove);
    view.dispatch(view.state.tr.setMeta(key, { add: { id, pos: betweenBlocks(view.state, pos), card } }));
  }
}

/** The place between two blocks of the text nearest to `pos` where a photo may stand. */
function betweenBlocks(state: EditorState, pos: number): number {
  const $pos = state.doc.resolve(Math.min(pos, state.doc.content.size));
  if ($pos.depth === 0) return $pos.pos;
  if ($pos.node(1).type === nodes.footnotes) return $pos.before(1);
  const empty = $pos.depth === 1 && $pos.parent.content.size === 0;
  return empty ? $pos.before(1) : $pos.after(1);
}

/** Asks for photo files of this device. */
export function choosePhotos(use: (files: File[]) => void): void {
  const input = h('input', { type: 'file', accept: 'image/jpeg,image/png,image/webp,image/avif,image/heic,image/gif', multiple: true, class: 'visually-hidden', 'aria-hidden': 'true', tabindex: '-1' });
  input.addEventListener('change', () => { if (input.files) use([...input.files]); input.remove(); });
  input.addEventListener('cancel', () => input.remove());
  document.getElementById('editor')!.append(input);
  input.click();
}
