// What the page shows in the text without it being text: placeholders of empty lines, numbers of footnotes.

import type { Node } from 'prosemirror-model';
import { Plugin, PluginKey, type EditorState } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import { t, type Key } from './strings';

const LINES: Record<string, Key> = { quote_source: 'quote.source', pull_quote_text: 'pull_quote.text', caption: 'caption', box_title: 'box.title' };

const key = new PluginKey<{ set: DecorationSet; shape: string }>('hints');

/** Worked out anew only when the set of empty lines and of notes changed; else moved along. */
export const hints = (): Plugin => new Plugin({
  key,
  state: {
    init: (_, state) => look(state),
    apply: (tr, old, _, state) => {
      if (!tr.docChanged) return old;
      const next = look(state);
      return next.shape === old.shape ? { set: old.set.map(tr.mapping, tr.doc), shape: old.shape } : next;
    },
  },
  props: { decorations: (state) => key.getState(state)?.set },
});

/** What the hints depend on in a block: empty lines and notes. Most blocks have neither, and are not walked again. */
const plain = new WeakMap<Node, boolean>();

function isPlain(block: Node): boolean {
  let known = plain.get(block);
  if (known === undefined) {
    known = !(block.type.name in LINES && block.content.size === 0) && block.type.name !== 'note' && block.type.name !== 'footnote';
    for (let index = 0; known && index < block.childCount; index += 1) known = isPlain(block.child(index));
    plain.set(block, known);
  }
  return known;
}

function look(state: EditorState): { set: DecorationSet; shape: string } {
  const found: Decoration[] = [];
  const shape: string[] = [];
  const numbers = new Map<string, number>();
  const { doc } = state;
  const only = doc.childCount === 1 && doc.firstChild!.type.name === 'paragraph' && doc.firstChild!.content.size === 0;
  doc.descendants((node, pos, parent, index) => {
    if (!only && isPlain(node)) return false;
    const { name } = node.type;
    const placeholder = only && name === 'paragraph' ? t('text.placeholder') : node.isTextblock && node.content.size === 0 && LINES[name] ? lineHint(name, parent) : null;
    if (placeholder) add(node, pos, { class: 'is-empty', 'data-placeholder': placeholder }, `${index}${parent?.type.name}`);
    if (name === 'footnote') {
      if (!numbers.has(node.attrs.id)) numbers.set(node.attrs.id, numbers.size + 1);
      add(node, pos, { 'data-number': String(numbers.get(node.attrs.id)) }, node.attrs.id);
    }
    if (name === 'note') add(node, pos, { 'data-number': String(numbers.get(node.attrs.id) ?? '–') }, node.attrs.id);
    return true;
  });
  function add(node: Node, pos: number, attrs: Record<string, string>, sign: string) {
    found.push(Decoration.node(pos, pos + node.nodeSize, attrs));
    shape.push(`${node.type.name}:${sign}:${attrs['data-number'] ?? ''}`);
  }
  return { set: DecorationSet.create(doc, found), shape: `${only} ${shape.join(' ')}` };
}

function lineHint(name: string, parent: Node | null): string {
  if (name === 'box_title' && parent?.attrs.kind === 'story_so_far') return t('box.story_so_far');
  return t(LINES[name]!);
}
