// The toolbar: one tab stop, arrow keys within, as the WAI-ARIA toolbar pattern has it. Its state follows the
// selection once a frame, never within a keystroke.

import { toggleMark } from 'prosemirror-commands';
import { redo, redoDepth, undo, undoDepth } from 'prosemirror-history';
import type { Command, EditorState } from 'prosemirror-state';
import { ancestor, setStyle, toggleList } from '../commands';
import type { Desk } from '../desk';
import { schema } from '../document/schema';
import { h } from '../dom';
import { editLanguage, editLink } from '../panels/address_dialogs';
import { t, type Key } from '../strings';
import { ITEMS } from './items';

interface Tool {
  element: HTMLButtonElement;
  on?(state: EditorState): boolean;
  usable?(state: EditorState): boolean;
}

export class Toolbar {
  readonly dom = h('div', { class: 'toolbar', role: 'toolbar', 'aria-label': t('toolbar'), 'aria-controls': 'editor-text' });
  private readonly tools: Tool[];
  private readonly style = h('select', { class: 'tool-select', 'aria-label': t('block.style') },
    ...(['paragraph', 'heading2', 'heading3', 'heading4'] as const).map((key) => h('option', { value: key }, t(key))), h('option', { value: '', hidden: true }, '—'));
  private frame = 0;

  constructor(private readonly desk: () => Desk) {
    const mark = (name: string, key: Key, sign: string) => this.tool(key, sign, toggleMark(schema.marks[name]!), `tool-${name}`, (state) => marked(state, name));
    const insert = this.insertMenu();
    this.tools = [
      mark('strong', 'strong', 'B'), mark('emphasis', 'emphasis', 'I'),
      this.tool('link', '', () => { editLink(this.desk()); return true; }, 'tool-link', (state) => marked(state, 'link')),
      this.tool('bullet_list', '•', toggleList('bullet_list'), 'tool-list', (state) => ancestor(state, ['bullet_list', 'ordered_list'])?.node.type.name === 'bullet_list'),
      this.tool('ordered_list', '1.', toggleList('ordered_list'), 'tool-list', (state) => ancestor(state, ['bullet_list', 'ordered_list'])?.node.type.name === 'ordered_list'),
      this.tool('undo', '↶', undo, 'tool-undo', undefined, (state) => undoDepth(state) > 0),
      this.tool('redo', '↷', redo, 'tool-redo', undefined, (state) => redoDepth(state) > 0),
      mark('strike', 'strike', 'S'), mark('code', 'code', '<>'), mark('sub', 'sub', 'x₂'), mark('sup', 'sup', 'x²'),
      this.tool('language', 'ع/A', () => { editLanguage(this.desk()); return true; }, 'tool-language', (state) => marked(state, 'language') || marked(state, 'direction')),
    ];
    this.style.addEventListener('change', () => { this.run(setStyle(this.style.value)); this.desk().view.focus(); });
    const elements = this.tools.map((tool) => tool.element);
    this.dom.append(insert, this.style, ...elements);
    this.dom.querySelector('.tool-link')!.append(linkSign());
    this.rove([insert.querySelector('button')!, this.style, ...elements]);
  }

  /** Follows the editor in the next frame. */
  follow(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.draw();
    });
  }

  focus(): void {
    this.dom.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }

  private draw(): void {
    const { view, editable } = this.desk();
    const { state } = view;
    for (const tool of this.tools) {
      if (tool.on) tool.element.setAttribute('aria-pressed', String(tool.on(state)));
      tool.element.setAttribute('aria-disabled', String(!editable || (tool.usable ? !tool.usable(state) : false)));
    }
    this.style.disabled = !editable;
    const { parent } = state.selection.$from;
    this.style.value = parent.type.name === 'heading' ? `heading${parent.attrs.level}` : parent.type.name === 'paragraph' ? 'paragraph' : '';
  }

  private tool(key: Key, sign: string, command: Command, name: string, on?: Tool['on'], usable?: Tool['usable']): Tool {
    const element = h('button', {
      type: 'button', class: `tool ${name}`, 'aria-label': t(key), title: t(key),
      onmousedown: (event: Event) => event.preventDefault(), onclick: () => this.run(command),
      'data-sign': sign,
    });
    return { element, ...(on ? { on } : {}), ...(usable ? { usable } : {}) };
  }

  private run(command: Command): void {
    const { view, editable } = this.desk();
    if (!editable) return;
    const inside = document.activeElement instanceof Node && this.dom.contains(document.activeElement);
    command(view.state, view.dispatch, view);
    if (!inside && !document.querySelector('dialog[open]')) view.focus();
  }

  /** A button that opens the list of blocks: the slash menu for those without a slash at hand. */
  private insertMenu(): HTMLElement {
    const menu = h('div', { class: 'insert-menu', role: 'menu', 'aria-label': t('insert'), hidden: true });
    const opener = h('button', { type: 'button', class: 'tool tool-insert', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': t('insert'), title: t('insert'), 'data-sign': '+' });
    const show = (open: boolean) => { menu.hidden = !open; opener.setAttribute('aria-expanded', String(open)); };
    menu.append(...ITEMS.map((item) => h('button', { type: 'button', role: 'menuitem', class: 'slash-item', tabindex: '-1', onclick: () => {
      show(false);
      this.desk().view.focus();
      if (this.desk().editable) item.run(this.desk());
    } }, h('span', { class: 'sign', 'aria-hidden': 'true' }, item.sign), t(item.key))));
    opener.addEventListener('click', () => { show(menu.hidden); if (!menu.hidden) (menu.firstElementChild as HTMLElement).focus(); });
    const home = h('div', { class: 'insert' }, opener, menu);
    home.addEventListener('keydown', (event) => {
      if (menu.hidden) return;
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      const entries = [...menu.children] as HTMLElement[];
      if (event.key === 'Escape') { show(false); opener.focus(); } else if (move) entries[(entries.indexOf(document.activeElement as HTMLElement) + move + entries.length) % entries.length]!.focus();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    home.addEventListener('focusout', (event) => { if (!home.contains(event.relatedTarget as Node)) show(false); });
    return home;
  }

  private rove(stops: HTMLElement[]): void {
    const go = (index: number) => {
      stops.forEach((stop, each) => { stop.tabIndex = each === index ? 0 : -1; });
      stops[index]!.focus();
    };
    stops.forEach((stop, index) => { stop.tabIndex = index === 0 ? 0 : -1; });
    this.dom.addEventListener('keydown', (event) => {
      const at = stops.indexOf(document.activeElement as HTMLElement);
      const forward = getComputedStyle(this.dom).direction === 'rtl' ? -1 : 1;
      const move = { ArrowRight: forward, ArrowLeft: -forward, Home: -at, End: stops.length - 1 - at }[event.key];
      if (event.key === 'Escape') this.desk().view.focus();
      if (at < 0 || move === undefined) return;
      event.preventDefault();
      go((at + move + stops.length) % stops.length);
    });
  }
}

/** Two links of a chain; few systems have a plain character for it. */
function linkSign(): SVGElement {
  const sign = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  sign.setAttribute('viewBox', '0 0 24 24');
  sign.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', 'M10 14a4 4 0 0 0 5.7 0l3.6-3.6a4 4 0 0 0-5.7-5.7l-1.3 1.3M14 10a4 4 0 0 0-5.7 0l-3.6 3.6a4 4 0 0 0 5.7 5.7l1.3-1.3');
  sign.append(path);
  return sign;
}

/** Whether the cursor or any of the selection carries the mark. */
function marked(state: EditorState, name: string): boolean {
  const type = schema.marks[name]!;
  const { from, to, empty, $from } = state.selection;
  return empty ? Boolean(type.isInSet(state.storedMarks ?? $from.marks())) : state.doc.rangeHasMark(from, to, type);
}
