// The slash menu: `/` on an empty line, filtered by what is typed behind it.

import { Plugin, type EditorState } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import type { Desk } from '../desk';
import { nodes } from '../document/schema';
import { freshId, h } from '../dom';
import { count, t } from '../strings';
import { seen } from '../seen';
import { matching, type Item } from './items';

/** Two items, in pixels: lower than that no menu is. */
const LEAST = 96;

export class SlashMenu {
  private readonly list = h('div', { class: 'slash', role: 'listbox', id: freshId('slash'), 'aria-label': t('slash.label'), hidden: true });
  private items: Item[] = [];
  private chosen = 0;
  /** Where the paragraph begins in which Escape closed the menu. */
  private dismissed: number | null = null;

  constructor(private readonly desk: () => Desk, private readonly announce: (text: string) => void) {}

  plugin(): Plugin {
    return new Plugin({
      view: (view) => {
        document.getElementById('editor')!.append(this.list);
        // When a keyboard opens, the line that is written stays in sight, and the menu finds its place anew.
        const resized = () => { if (view.hasFocus()) view.dispatch(view.state.tr.scrollIntoView()); };
        window.visualViewport?.addEventListener('resize', resized);
        return { update: () => this.update(view), destroy: () => { this.list.remove(); window.visualViewport?.removeEventListener('resize', resized); } };
      },
      props: {
        handleKeyDown: (view, event) => this.key(view, event),
        handleDOMEvents: { blur: () => { this.hide(); } },
        attributes: (): Record<string, string> => this.list.hidden ? {} : { 'aria-controls': this.list.id, 'aria-activedescendant': `${this.list.id}-${this.chosen}` },
      },
    });
  }

  private update(view: EditorView): void {
    const query = queryOf(view.state);
    const start = view.state.selection.$from.start();
    if (query === null) this.dismissed = null;
    if (query === null || this.dismissed === start || !view.editable) return this.hide();
    const items = matching(query);
    const changed = this.list.hidden || items.length !== this.items.length || items.some((item, index) => item !== this.items[index]);
    if (changed) {
      this.items = items;
      this.chosen = 0;
      this.announce(items.length > 0 ? count('slash.count', items.length) : t('slash.none'));
    }
    this.list.hidden = false;
    this.draw(view);
    this.place(view);
  }

  private draw(view: EditorView): void {
    const option = (item: Item, index: number) => h('div', {
      role: 'option', id: `${this.list.id}-${index}`, class: 'slash-item', 'aria-selected': String(index === this.chosen),
      onmousedown: (event: Event) => { event.preventDefault(); this.run(view, item); },
    }, h('span', { class: 'sign', 'aria-hidden': 'true' }, item.sign), t(item.key));
    this.list.replaceChildren(...(this.items.length > 0 ? this.items.map(option) : [h('div', { class: 'slash-item', role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false' }, t('slash.none'))]));
    this.list.children[this.chosen]?.scrollIntoView({ block: 'nearest' });
    view.dom.setAttribute('aria-controls', this.list.id);
    view.dom.setAttribute('aria-activedescendant', `${this.list.id}-${this.chosen}`);
  }

  private place(view: EditorView): void {
    const at = view.coordsAtPos(view.state.selection.from);
    const home = document.getElementById('editor')!.getBoundingClientRect();
    const width = this.list.offsetWidth;
    const { top, bottom } = seen();
    const room = { above: at.top - top - document.querySelector('.bars')!.clientHeight - 4, below: bottom - at.bottom - 4 };
    this.list.style.maxBlockSize = '';
    const above = room.below < this.list.offsetHeight && room.above > room.below;
    this.list.style.maxBlockSize = `${Math.max(LEAST, Math.min(this.list.offsetHeight, above ? room.above : room.below))}px`;
    const left = Math.max(8, Math.min(at.left, innerWidth - width - 8)) - home.left;
    this.list.style.left = `${left}px`;
    this.list.style.top = `${(above ? at.top - this.list.offsetHeight : at.bottom) - home.top}px`;
  }

  private hide(): void {
    if (this.list.hidden) return;
    this.list.hidden = true;
    this.items = [];
    for (const name of ['aria-controls', 'aria-activedescendant']) this.desk().view.dom.removeAttribute(name);
  }

  private key(view: EditorView, event: KeyboardEvent): boolean {
    if (this.list.hidden || event.isComposing) return false;
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (move && this.items.length > 0) {
      this.chosen = (this.chosen + move + this.items.length) % this.items.length;
      this.draw(view);
      return true;
    }
    if (event.key === 'Escape') {
      this.dismissed = view.state.selection.$from.start();
      this.hide();
      return true;
    }
    const item = this.items[this.chosen];
    if ((event.key !== 'Enter' && event.key !== 'Tab') || !item) return false;
    this.run(view, item);
    return true;
  }

  private run(view: EditorView, item: Item): void {
    const { $from } = view.state.selection;
    this.hide();
    view.dispatch(view.state.tr.delete($from.start(), $from.end()));
    item.run(this.desk());
  }
}

/** What is typed behind a slash that begins the line; null when there is none. */
function queryOf(state: EditorState): string | null {
  const { $from, empty } = state.selection;
  if (!empty || $from.parent.type !== nodes.paragraph || $from.parentOffset !== $from.parent.content.size) return null;
  const match = /^\/([^\s/]{0,20}(?: [^\s/]{1,20})?)$/u.exec($from.parent.textContent);
  return match && $from.parent.textContent.length === $from.parent.content.size ? match[1]! : null;
}
