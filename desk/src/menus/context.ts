// The second row of the toolbar: what can be done with the block the cursor is in.

import { liftListItem, sinkListItem } from 'prosemirror-schema-list';
import type { Command, EditorState } from 'prosemirror-state';
import { addColumnAfter, addRowAfter, CellSelection, deleteColumn, deleteRow, mergeCells, setCellAttr, splitCell, toggleHeaderCell } from 'prosemirror-tables';
import { ancestor, setAttributes } from '../commands';
import type { Desk } from '../desk';
import { nodes } from '../document/schema';
import { button, h } from '../dom';
import { editEmbed, editFile } from '../panels/address_dialogs';
import { editPhotoNode } from '../panels/photo_dialog';
import { choosePhoto } from '../panels/picker';
import { t, type Key } from '../strings';
import { photoNode } from './items';

const WITH_TOOLS = ['list_item', 'table_block', 'code_block', 'box', 'gallery_photo', 'gallery', 'photo', 'embed', 'file', 'quote', 'pull_quote', 'rule', 'unknown'];

export class ContextRow {
  readonly dom = h('div', { class: 'context', role: 'group', 'aria-label': t('toolbar.here'), hidden: true });
  private shown = '';
  private frame = 0;

  constructor(private readonly desk: () => Desk) {}

  follow(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  /** Drawn anew only when another block, or its attributes, came under the cursor: a pressed button keeps its focus. */
  private draw(): void {
    const { view, editable } = this.desk();
    const found = editable ? ancestor(view.state, WITH_TOOLS) : null;
    const shown = found ? `${found.node.type.name} ${found.pos} ${JSON.stringify(found.node.attrs)} ${view.state.selection instanceof CellSelection}` : '';
    if (shown === this.shown || this.dom.contains(document.activeElement) && found && shown.split(' ')[0] === this.shown.split(' ')[0]) return;
    this.shown = shown;
    this.dom.hidden = !found;
    this.dom.replaceChildren(...(found ? this.tools(view.state, found.node.type.name) : []));
  }

  private tools(state: EditorState, name: string): HTMLElement[] {
    switch (name) {
      case 'list_item': return this.listTools(state);
      case 'table_block': return [...this.tableTools(), this.remove()];
      case 'code_block': return [this.text('code.language', 'language', 'code_block'), this.remove()];
      case 'box': return [this.select('box.kind', 'kind', 'box', { story_so_far: 'box.story_so_far', facts: 'box.facts', note: 'box.note' }), this.remove()];
      case 'photo': return [this.open(name, editPhotoNode), this.remove()];
      case 'gallery_photo': return [this.open(name, editPhotoNode), this.addToGallery(), this.move(-1), this.move(1), this.remove()];
      case 'gallery': return [this.addToGallery(), this.remove()];
      case 'embed': return [this.open(name, editEmbed), this.remove()];
      case 'file': return [this.open(name, editFile), this.remove()];
      default: return [this.remove()];
    }
  }

  private run(key: Key, command: Command, danger = false): HTMLElement {
    const run = () => { const { view } = this.desk(); command(view.state, view.dispatch, view); };
    return button(t(key), run, { class: danger ? 'button button-small danger' : 'button button-small', onmousedown: (event: Event) => event.preventDefault() });
  }

  private here(names = WITH_TOOLS) {
    return ancestor(this.desk().view.state, names);
  }

  private remove(): HTMLElement {
    return this.run('remove', (state, dispatch) => {
      const found = this.here();
      if (found) dispatch?.(state.tr.delete(found.pos, found.pos + found.node.nodeSize).scrollIntoView());
      this.desk().view.focus();
      return true;
    }, true);
  }

  private open(name: string, edit: (desk: Desk, pos: number) => void): HTMLElement {
    return button(t('edit'), () => { const found = this.here([name]); if (found) edit(this.desk(), found.pos); }, { class: 'button button-small' });
  }

  private listTools(state: EditorState): HTMLElement[] {
    const item = nodes.list_item!;
    const ordered = ancestor(state, ['bullet_list', 'ordered_list'])?.node.type.name === 'ordered_list';
    const tools = [this.run('list.in', sinkListItem(item)), this.run('list.out', liftListItem(item))];
    return ordered ? [...tools, this.text('list.start', 'start', 'ordered_list', (typed) => Math.max(0, Math.min(99_999, Math.trunc(Number(typed)) || 0)))] : tools;
  }

  private tableTools(): HTMLElement[] {
    const align = h('select', { class: 'tool-select', 'aria-label': t('align') }, ...(['start', 'center', 'end'] as const).map((each) => h('option', { value: each }, t(`align.${each}`))));
    align.value = this.here(['table_cell', 'table_header'])?.node.attrs.align ?? 'start';
    align.addEventListener('change', () => { const { view } = this.desk(); setCellAttr('align', align.value)(view.state, view.dispatch); });
    return [
      this.run('table.row', addRowAfter), this.run('table.column', addColumnAfter), this.run('table.header', toggleHeaderCell), align,
      this.run('table.merge', mergeCells), this.run('table.split', splitCell), this.run('table.row.delete', deleteRow), this.run('table.column.delete', deleteColumn),
    ];
  }

  private set(name: string, attrs: Record<string, unknown>): void {
    const found = this.here([name]);
    const { view } = this.desk();
    if (found) view.dispatch(setAttributes(view.state, found.pos, attrs));
  }

  private text(label: Key, attribute: string, name: string, read: (typed: string) => unknown = (typed) => typed.trim()): HTMLElement {
    const input = h('input', { type: 'text', class: 'tool-input', 'aria-label': t(label), placeholder: t(label), value: String(this.here([name])?.node.attrs[attribute] ?? '') });
    input.addEventListener('change', () => this.set(name, { [attribute]: read(input.value) }));
    return h('label', { class: 'context-field' }, h('span', {}, t(label)), input);
  }

  private select(label: Key, attribute: string, name: string, values: Record<string, Key>): HTMLElement {
    const input = h('select', { class: 'tool-select', 'aria-label': t(label) }, ...Object.entries(values).map(([value, key]) => h('option', { value }, t(key))));
    input.value = this.here([name])?.node.attrs[attribute];
    input.addEventListener('change', () => this.set(name, { [attribute]: input.value }));
    return input;
  }

  private addToGallery(): HTMLElement {
    return button(t('gallery.add'), () => {
      const found = this.here(['gallery']);
      if (!found) return;
      choosePhoto(this.desk(), (photo) => {
        const { view } = this.desk();
        const at = found.pos + found.node.nodeSize - 1 - found.node.lastChild!.nodeSize;
        view.dispatch(view.state.tr.insert(at, photoNode(photo, 'gallery_photo')));
      });
    }, { class: 'button button-small' });
  }

  private move(by: -1 | 1): HTMLElement {
    return this.run(by < 0 ? 'move.up' : 'move.down', (state, dispatch) => {
      const found = this.here(['gallery_photo']);
      if (!found) return false;
      const $pos = state.doc.resolve(found.pos);
      const beside = by < 0 ? $pos.nodeBefore : state.doc.resolve(found.pos + found.node.nodeSize).nodeAfter;
      if (!beside || beside.type !== nodes.gallery_photo) return false;
      const from = by < 0 ? found.pos - beside.nodeSize : found.pos;
      const pair = by < 0 ? [found.node, beside] : [beside, found.node];
      dispatch?.(state.tr.replaceWith(from, from + found.node.nodeSize + beside.nodeSize, pair));
      return true;
    });
  }
}
