// How blocks that are more than text look while they are edited. Each shows what is chosen, its text stays editable,
// and one button opens its dialog.

import type { Node } from 'prosemirror-model';
import { NodeSelection } from 'prosemirror-state';
import type { EditorView, NodeView, NodeViewConstructor, ViewMutationRecord } from 'prosemirror-view';
import { removeNote } from '../commands';
import type { Desk } from '../desk';
import { nodes } from '../document/schema';
import type { Block } from '../document/types';
import { button, h } from '../dom';
import { editEmbed, editFile } from '../panels/address_dialogs';
import { editPhotoNode } from '../panels/photo_dialog';
import { onPhoto, photoOf } from '../photos';
import { t } from '../strings';
import { picture } from './picture';

type Position = () => number | undefined;

/** A figure with something fixed above an editable caption. */
abstract class FigureView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  protected readonly fixed = h('div', { class: 'fixed', contenteditable: 'false' });

  constructor(protected node: Node, protected desk: () => Desk, protected position: Position) {
    this.contentDOM = h('figcaption', { 'data-placeholder': t('caption') });
    this.dom = h('figure', { class: `block block-${node.type.name.replace('_', '-')}` }, this.fixed, this.contentDOM);
    this.fixed.addEventListener('dblclick', () => this.edit());
    this.fixed.addEventListener('click', () => this.select());
  }

  protected abstract draw(): void;
  protected abstract edit(): void;

  update(node: Node): boolean {
    if (node.type !== this.node.type) return false;
    const same = node.attrs === this.node.attrs;
    this.node = node;
    if (!same) this.draw();
    this.caption();
    return true;
  }

  protected caption(): void {
    this.contentDOM.classList.toggle('is-empty', this.node.content.size === 0);
  }

  protected editButton(): HTMLElement {
    return h('button', { type: 'button', class: 'button block-edit', onclick: (event: Event) => { event.stopPropagation(); this.edit(); } }, t('edit'));
  }

  private select(): void {
    const pos = this.position();
    const { view } = this.desk();
    if (pos !== undefined) view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, pos)));
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof HTMLElement && event.target.closest('button,summary') !== null;
  }

  ignoreMutation(record: ViewMutationRecord): boolean {
    return record.type !== 'selection' && (record.type === 'attributes' || !this.contentDOM.contains(record.target));
  }
}

class PhotoView extends FigureView {
  private readonly forget: () => void;

  constructor(node: Node, desk: () => Desk, position: Position) {
    super(node, desk, position);
    this.forget = onPhoto((id) => { if (id === this.node.attrs.photo) this.draw(); });
    this.draw();
    this.caption();
  }

  protected draw(): void {
    const { alt: own, credit: ownCredit, photo: id, width } = this.node.attrs;
    const photo = photoOf(id);
    const alt = own ?? photo?.alt ?? '';
    const credit = ownCredit ?? photo?.credit ?? '';
    const decorative = own === '';
    this.dom.dataset.width = width;
    this.contentDOM.dataset.placeholder = photo?.caption || t('caption');
    const notes = h('p', { class: 'photo-notes' }, credit || h('span', { class: 'lacking' }, t('photo.no_credit')),
      !alt && !decorative && h('span', { class: 'lacking' }, t('photo.no_alt')), this.editButton());
    this.fixed.replaceChildren(picture(photo?.preview, alt, photo?.state === 'ready'), notes);
  }

  protected edit(): void {
    const pos = this.position();
    if (pos !== undefined) editPhotoNode(this.desk(), pos);
  }

  destroy(): void {
    this.forget();
  }
}

class EmbedView extends FigureView {
  constructor(node: Node, desk: () => Desk, position: Position) {
    super(node, desk, position);
    this.draw();
    this.caption();
  }

  protected draw(): void {
    const { kind, source, title, url } = this.node.attrs;
    const name = t(`embed.${kind as 'video'}`);
    this.fixed.replaceChildren(h('div', { class: 'card' }, h('strong', {}, `${name}: ${source}`), title && h('span', {}, title),
      h('span', { class: 'address', dir: 'ltr' }, url), this.editButton()));
  }

  protected edit(): void {
    const pos = this.position();
    if (pos !== undefined) editEmbed(this.desk(), pos);
  }
}

/** A card without text of its own. */
function card(draw: (node: Node, edit: () => void) => HTMLElement, edit: (pos: number) => void): (node: Node, position: Position) => NodeView {
  return (node, position) => {
    const open = () => {
      const pos = position();
      if (pos !== undefined) edit(pos);
    };
    return {
      dom: draw(node, open),
      stopEvent: (event) => event.target instanceof HTMLElement && event.target.closest('button,summary') !== null,
      ignoreMutation: () => true,
    };
  };
}

const drawFile = (node: Node, edit: () => void) => h('div', { class: 'block card', contenteditable: 'false' }, h('strong', {}, node.attrs.name || node.attrs.href),
  h('span', { class: 'address', dir: 'ltr' }, node.attrs.href), button(t('edit'), edit, { class: 'button block-edit' }));

function drawUnknown(node: Node): HTMLElement {
  const block = node.attrs.json as Extract<Block, { type: 'unknown' }>;
  const foreign = block.type !== 'unknown';
  const title = foreign ? String((block as { type: string }).type) : t('unknown', { system: block.system, name: block.name });
  const raw = foreign ? JSON.stringify(block, null, 1) : block.raw;
  return h('div', { class: 'block card', contenteditable: 'false' }, h('strong', {}, title),
    h('span', {}, foreign ? t('unknown.newer') : t('unknown.hint')), !foreign && block.text ? h('span', { dir: 'auto' }, block.text) : null,
    h('details', {}, h('summary', {}, t('unknown.see')), h('pre', { dir: 'ltr' }, raw)));
}

/** A footnote below the text: its number comes from the page's style, its button takes it away. */
function noteView(node: Node, view: EditorView): NodeView {
  const contentDOM = h('div', { class: 'note-text' });
  const remove = h('button', { type: 'button', class: 'icon-button', contenteditable: 'false', 'aria-label': t('remove'), onclick: () => view.dispatch(removeNote(view.state, node.attrs.id)) }, '×');
  const dom = h('div', { class: 'note', 'data-note': node.attrs.id }, contentDOM, remove);
  return {
    dom,
    contentDOM,
    stopEvent: (event) => event.target === remove,
    ignoreMutation: (record) => record.type !== 'selection' && !contentDOM.contains(record.target),
    update: (next) => next.type === nodes.note && next.attrs.id === node.attrs.id,
  };
}

/** The views by node; `desk` is asked for when it is needed, since it holds the editor itself. */
export function nodeViews(desk: () => Desk): Record<string, NodeViewConstructor> {
  const file = card(drawFile, (pos) => editFile(desk(), pos));
  const unknown = card(drawUnknown, () => undefined);
  return {
    photo: (node, _, position) => new PhotoView(node, desk, position),
    gallery_photo: (node, _, position) => new PhotoView(node, desk, position),
    embed: (node, _, position) => new EmbedView(node, desk, position),
    file: (node, _, position) => file(node, position),
    unknown: (node, _, position) => unknown(node, position),
    note: (node, view) => noteView(node, view),
  };
}
