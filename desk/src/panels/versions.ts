// Two versions of a story beside each other, and the texts that wait on this device. No choice here destroys anything:
// what is not chosen is kept on the device until it is dismissed.

import { DOMSerializer, type Node } from 'prosemirror-model';
import type { Fields } from '../data';
import { readDocument } from '../document/read';
import { schema } from '../document/schema';
import type { Document } from '../document/types';
import { button, dialog, h } from '../dom';
import { equal } from '../equal';
import type { Kept } from '../save/device';
import { t, time } from '../strings';
import { photoOf } from '../photos';

const serializer = DOMSerializer.fromSchema(schema);

/** A version to be read: headline, standfirst and blocks; those that `other` lacks are marked. */
function pane(title: string, fields: Partial<Fields>, other: Partial<Fields>, language: { lang: string; dir: string }, insert?: (block: Node) => void): HTMLElement {
  const body = h('div', { ...language, class: 'version-text' });
  for (const name of ['headline', 'standfirst', 'slug'] as const) {
    if (fields[name] === undefined || (name === 'slug' && fields.slug === other.slug)) continue;
    body.append(h('p', { class: `version-${name}${fields[name] === other[name] ? '' : ' differs'}` }, fields[name]));
  }
  const blocks = fields.document ? blocksOf(fields.document) : [];
  const others = other.document ? [...other.document.blocks, ...(other.document.footnotes ?? [])] : [];
  for (const { json, node } of blocks) {
    const differs = !others.some((each) => equal(each, json));
    const shown = h('div', { class: differs ? 'differs' : 'same' }, rendered(node));
    if (differs && insert && node.isBlock && node.type.name !== 'note') shown.append(button(t('conflict.insert'), () => insert(node), { class: 'button button-small' }));
    body.append(shown);
  }
  for (const name of ['section', 'topics', 'bylines', 'sources', 'lead_photo'] as const) {
    if (name in fields && name in other && !equal(fields[name], other[name])) body.append(h('p', { class: 'differs small' }, `${t(name)}: ${t('conflict.differs')}`));
  }
  return h('section', { class: 'version', tabindex: '0', 'aria-label': title }, h('h3', {}, title), body);
}

function blocksOf(document: Document): { json: unknown; node: Node }[] {
  const doc = readDocument(document);
  const all: { json: unknown; node: Node }[] = document.blocks.map((json, index) => ({ json, node: doc.child(index) }));
  const notes = doc.lastChild!;
  return [...all, ...(document.footnotes ?? []).map((json, index) => ({ json, node: notes.child(index) }))];
}

function rendered(node: Node): HTMLElement {
  const element = serializer.serializeNode(node) as HTMLElement;
  const photo = node.attrs.photo ? photoOf(node.attrs.photo) : null;
  if (photo?.preview) element.prepend(h('img', { src: photo.preview, alt: photo.alt, class: 'picture' }));
  for (const link of element.querySelectorAll('a')) link.removeAttribute('href');
  if (node.type.name === 'embed') element.prepend(h('span', { class: 'address' }, node.attrs.url));
  if (node.type.name === 'unknown') element.textContent = JSON.stringify(node.attrs.json).slice(0, 300);
  return element;
}

export interface Choice {
  keep(): void;
  take(): void;
  merge(): void;
}

/** Asks which version goes on. Closing it decides nothing. */
export function chooseVersion(by: string, at: string, mine: Partial<Fields>, theirs: Partial<Fields>, language: { lang: string; dir: string }, choice: Choice): HTMLDialogElement {
  const act = (work: () => void) => () => { shown.close(); work(); };
  const shown: HTMLDialogElement = dialog(t('conflict.title', { by }), t('close'), h('p', {}, t('conflict.explain')),
    h('div', { class: 'versions' }, pane(t('conflict.mine'), mine, theirs, language), pane(t('conflict.theirs', { by, time: time(at) }), theirs, mine, language)),
    h('div', { class: 'dialog-actions' }, button(t('conflict.keep'), act(choice.keep), { class: 'button button-main' }),
      button(t('conflict.take'), act(choice.take)), button(t('conflict.merge'), act(choice.merge))));
  shown.classList.add('dialog-wide');
  return shown;
}

export interface KeptActions {
  all(): Promise<Kept[]>;
  current(): Fields;
  language: { lang: string; dir: string };
  editable(): boolean;
  back(kept: Kept): void;
  insert(block: Node): void;
  dismiss(kept: Kept): Promise<void>;
}

/** The list of texts that wait on this device; the one of `open` is shown at once. */
export async function drawKept(home: HTMLElement, actions: KeptActions, open: 'newest' | 'none' = 'none'): Promise<void> {
  const all = await actions.all();
  const entry = (kept: Kept, index: number) => {
    const home_ = h('div', {});
    const title = t(`kept.${kept.why}`, { by: kept.by, time: time(kept.at) });
    const show = () => home_.replaceChildren(...(home_.childElementCount > 0 ? [] : [pane(title, kept.fields, actions.current(), actions.language, actions.editable() ? actions.insert : undefined)]));
    if (open === 'newest' && index === 0) show();
    const dismiss = button(t('kept.dismiss'), () => {
      dismiss.replaceWith(button(t('kept.dismiss.sure'), () => void actions.dismiss(kept).then(() => drawKept(home, actions)), { class: 'button button-small danger' }));
    }, { class: 'button button-small' });
    return h('li', {}, h('span', {}, title), h('div', { class: 'actions' }, button(t('kept.show'), show, { class: 'button button-small' }),
      actions.editable() && button(t('kept.back'), () => actions.back(kept), { class: 'button button-small' }), dismiss), home_);
  };
  home.replaceChildren(...(all.length > 0 ? [h('section', { class: 'kept' }, h('h2', {}, t('kept')), h('ul', {}, ...all.map(entry)))] : []));
}
