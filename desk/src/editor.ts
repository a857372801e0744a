// The text itself: ProseMirror with this document's schema, keys, menus and views.

import { dropCursor } from 'prosemirror-dropcursor';
import { gapCursor } from 'prosemirror-gapcursor';
import { history } from 'prosemirror-history';
import type { Node } from 'prosemirror-model';
import { EditorState, Plugin, TextSelection } from 'prosemirror-state';
import { tableEditing } from 'prosemirror-tables';
import { EditorView } from 'prosemirror-view';
import type { Desk } from './desk';
import { nodes } from './document/schema';
import { hints } from './hints';
import { keys, shorthands } from './keys';
import type { SlashMenu } from './menus/slash';
import { cleanHtml } from './paste/clean';
import { count, t } from './strings';
import { tooLarge } from './paste/large';
import { uploadInto, uploads } from './upload';
import { nodeViews } from './views/views';

interface Parts {
  desk(): Desk;
  slash: SlashMenu;
  actions: Parameters<typeof keys>[0];
  /** Called after every change of the document, and after every move of the selection. */
  changed(): void;
  moved(): void;
  left(): void;
}

/** A fresh state, without history, for `doc`. */
export function stateOf(doc: Node, parts: Parts): EditorState {
  return EditorState.create({ doc, plugins: [
    parts.slash.plugin(), shorthands(), ...keys(parts.actions), history(), dropCursor({ class: 'drop-cursor', color: false }),
    gapCursor(), hints(), uploads(), tail(parts.desk), tableEditing(),
  ] });
}

export function createView(home: HTMLElement, doc: Node, parts: Parts): EditorView {
  const { story } = parts.desk();
  const view: EditorView = new EditorView({ mount: home }, {
    state: stateOf(doc, parts),
    nodeViews: nodeViews(parts.desk),
    attributes: {
      id: 'editor-text', class: 'text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': t('text'),
      lang: story.language, dir: story.direction, spellcheck: 'true',
    },
    editable: () => parts.desk().editable,
    transformPastedHTML: (html) => {
      // What comes from this editor carries its own attributes, which the schema's rules read and judge.
      if (/data-pm-slice/.test(html)) return html;
      const clean = cleanHtml(html);
      if (clean.images > 0) parts.desk().say(count('paste.images', clean.images));
      return clean.html;
    },
    handlePaste: (_, event) => files(parts.desk(), event.clipboardData, parts.desk().view.state.selection.from),
    handleDrop: (target, event, _, moved) => {
      if (moved) return false;
      const pos = target.posAtCoords({ left: event.clientX, top: event.clientY })?.pos ?? target.state.selection.from;
      return files(parts.desk(), event.dataTransfer, pos);
    },
    // The bars stand over the top of the text.
    scrollThreshold: { top: 130, bottom: 8, left: 0, right: 0 }, scrollMargin: { top: 140, bottom: 24, left: 5, right: 5 },
    handleDOMEvents: { paste: (_, event) => tooLarge(parts.desk(), event), blur: () => { parts.left(); }, refocus: () => view.focus() },
    dispatchTransaction(tr) {
      // Undo goes by the time between two changes; the device's clock may jump, this one does not.
      tr.setTime(performance.now());
      view.updateState(view.state.apply(tr));
      if (tr.docChanged && !tr.getMeta('adopted')) parts.changed();
      parts.moved();
    },
  });
  return view;
}

/** Sends the photo files of a paste or drop; a paste that has text too (Word adds a picture of it) stays a paste. */
function files(desk: Desk, data: DataTransfer | null, pos: number): boolean {
  const found = [...(data?.files ?? [])];
  if (found.length === 0 || !desk.editable) return false;
  const html = data?.getData('text/html') ?? '';
  const text = new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() || data?.getData('text/plain').trim();
  if (text) return false;
  uploadInto(desk, found, pos);
  return true;
}

/** A click below the last block begins a paragraph there. */
const tail = (desk: () => Desk): Plugin => new Plugin({
  props: {
    handleClick: (view, _, event) => {
      const last = view.state.doc.lastChild!;
      const below = view.dom.lastElementChild && event.clientY > view.dom.lastElementChild.getBoundingClientRect().bottom;
      if (!below || !desk().editable || last.type === nodes.footnotes || (last.type === nodes.paragraph && last.content.size === 0)) return false;
      const end = view.state.doc.content.size;
      const tr = view.state.tr.insert(end, nodes.paragraph!.create());
      view.dispatch(tr.setSelection(TextSelection.create(tr.doc, end + 1)));
      return true;
    },
  },
});
