// Changes to the document that ProseMirror's own commands do not know.

import { setBlockType } from 'prosemirror-commands';
import { Fragment, type MarkType, type Node, type ResolvedPos } from 'prosemirror-model';
import { liftListItem, wrapInList } from 'prosemirror-schema-list';
import { Selection, TextSelection, type Command, type EditorState, type Transaction } from 'prosemirror-state';
import { nodes, schema } from './document/schema';

/** Puts `node` in place of the empty paragraph the cursor is in, else behind the block it is in; the cursor goes in. */
export function insertBlock(tr: Transaction, node: Node): Transaction {
  const { $from } = tr.selection;
  let at: number;
  if (replacesHere($from, node)) {
    at = $from.before();
    tr.replaceWith(at, $from.after(), node);
  } else {
    at = behind(tr, node);
    tr.insert(at, node);
  }
  const end = at + node.nodeSize;
  const after = tr.doc.resolve(end).nodeAfter;
  const closed = !node.isTextblock || node.type.spec.isolating === true;
  if (closed && (!after || after.type === nodes.footnotes)) tr.insert(end, nodes.paragraph!.create());
  const inside = node.isLeaf ? end : at;
  return tr.setSelection(Selection.near(tr.doc.resolve(inside + (node.isLeaf ? 0 : 1)))).scrollIntoView();
}

function replacesHere($from: ResolvedPos, node: Node): boolean {
  if ($from.parent.type !== nodes.paragraph || $from.parent.content.size > 0) return false;
  const index = $from.index($from.depth - 1);
  return $from.node($from.depth - 1).canReplaceWith(index, index + 1, node.type);
}

function behind(tr: Transaction, node: Node): number {
  const { $from, to } = tr.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    const index = $from.indexAfter(depth - 1);
    if ($from.node(depth - 1).canReplaceWith(index, index, node.type)) return $from.after(depth);
  }
  return $from.depth === 0 ? to : $from.after(1);
}

const line = (type: string) => nodes[type]!.create();
const paragraph = () => nodes.paragraph!.create();

/** Fresh blocks of the kinds that need nothing chosen first. */
export const fresh = {
  quote: () => nodes.quote!.create(null, [paragraph(), line('quote_source')]),
  pull_quote: () => nodes.pull_quote!.create(null, [line('pull_quote_text'), line('quote_source')]),
  code_block: () => nodes.code_block!.create(),
  rule: () => nodes.rule!.create(),
  box: (kind: string) => nodes.box!.create({ kind }, [line('box_title'), paragraph()]),
  gallery: (photos: Node[] = []) => nodes.gallery!.create(null, [...photos, line('caption')]),
  table: () => {
    const row = (type: string) => nodes.table_row!.create(null, [0, 1, 2].map(() => nodes[type]!.create()));
    const table = nodes.table!.create(null, [row('table_header'), row('table_cell'), row('table_cell')]);
    return nodes.table_block!.create(null, [table, line('caption')]);
  },
};

/** Sets the kind of the paragraphs in the selection. */
export function setStyle(name: string): Command {
  if (name === 'paragraph') return setBlockType(nodes.paragraph!);
  return setBlockType(nodes.heading!, { level: Number(name.slice(-1)) });
}

/** A list around the selection; the same list again takes it away, the other kind changes it. */
export function toggleList(name: 'bullet_list' | 'ordered_list'): Command {
  return (state, dispatch) => {
    const found = ancestor(state, ['bullet_list', 'ordered_list']);
    if (!found) return wrapInList(nodes[name]!)(state, dispatch);
    if (found.node.type.name === name) return liftListItem(nodes.list_item!)(state, dispatch);
    dispatch?.(state.tr.setNodeMarkup(found.pos, nodes[name]));
    return true;
  };
}

/** The innermost node around the cursor, or selected, that is one of these. */
export function ancestor(state: EditorState, names: string[]): { node: Node; pos: number } | null {
  const { $from } = state.selection;
  const selected = (state.selection as { node?: Node }).node;
  if (selected && names.includes(selected.type.name)) return { node: selected, pos: state.selection.from };
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if (names.includes($from.node(depth).type.name)) return { node: $from.node(depth), pos: $from.before(depth) };
  }
  return null;
}

/** A footnote at the cursor, its note below the text, and the cursor in the note. */
export const insertFootnote: Command = (state, dispatch) => {
  const { $from, to } = state.selection;
  if (!$from.parent.inlineContent || $from.parent.type.spec.code || ancestor(state, ['note'])) return false;
  const last = state.doc.lastChild!;
  const notes = last.type === nodes.footnotes ? last : null;
  const taken = new Set<string>();
  notes?.forEach((note) => { taken.add(note.attrs.id); });
  let number = taken.size + 1;
  while (taken.has(`note-${number}`)) number += 1;
  const id = `note-${number}`;
  const note = nodes.note!.create({ id }, paragraph());
  const tr = state.tr.insert(to, nodes.footnote!.create({ id }));
  const at = notes ? placeOfNote(tr.doc, id) : tr.doc.content.size;
  tr.insert(at, notes ? note : nodes.footnotes!.create(null, note));
  dispatch?.(tr.setSelection(TextSelection.near(tr.doc.resolve(at + (notes ? 2 : 3)))).scrollIntoView());
  return true;
};

/** Where the note of `id` goes: before the first note whose reference comes later. */
function placeOfNote(doc: Node, id: string): number {
  const order: string[] = [];
  doc.descendants((node) => { if (node.type === nodes.footnote) order.push(node.attrs.id); });
  const notes = doc.lastChild!;
  let at = doc.content.size - notes.nodeSize + 1;
  notes.forEach((note) => { if (order.indexOf(note.attrs.id) >= 0 && order.indexOf(note.attrs.id) < order.indexOf(id)) at += note.nodeSize; });
  return Math.min(at, doc.content.size - 1);
}

/** Removes a note and what refers to it. */
export function removeNote(state: EditorState, id: string): Transaction {
  const tr = state.tr;
  const ranges: [number, number][] = [];
  const notes = state.doc.lastChild!;
  state.doc.descendants((node, pos) => {
    if (node.type === nodes.footnote && node.attrs.id === id) ranges.push([pos, pos + node.nodeSize]);
    if (node.type === nodes.note && node.attrs.id === id) {
      const alone = notes.childCount === 1;
      ranges.push(alone ? [pos - 1, pos + node.nodeSize + 1] : [pos, pos + node.nodeSize]);
      return false;
    }
    return true;
  });
  for (const [from, to] of ranges.reverse()) tr.delete(from, to);
  return tr;
}

/** The whole stretch of a mark around the cursor, or the selection. */
export function markRange(state: EditorState, type: MarkType): { from: number; to: number } {
  const { from, to, empty, $from } = state.selection;
  if (!empty) return { from, to };
  const mark = type.isInSet($from.marks()) ?? type.isInSet($from.nodeAfter?.marks ?? []);
  if (!mark) return { from, to };
  let start = $from.start();
  let range = { from, to };
  $from.parent.forEach((child) => {
    const end = start + child.nodeSize;
    if (mark.isInSet(child.marks) && start <= from && end >= from) range = { from: start, to: end };
    start = end;
  });
  return range;
}

export const insertBreak: Command = (state, dispatch) => {
  if (!state.selection.$from.parent.inlineContent || state.selection.$from.parent.type.spec.code) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.break!.create()).scrollIntoView());
  return true;
};

/** In a line that cannot be split (a cell, a caption, a title) Enter breaks the line or goes on behind the block. */
export const enterInLine: Command = (state, dispatch) => {
  const { $from } = state.selection;
  const name = $from.parent.type.name;
  if (name === 'table_cell' || name === 'table_header') return insertBreak(state, dispatch);
  if (name === 'box_title' || name === 'pull_quote_text') {
    dispatch?.(state.tr.setSelection(Selection.near(state.doc.resolve($from.after()), 1)).scrollIntoView());
    return true;
  }
  if (!['quote_source', 'caption', 'photo', 'embed', 'gallery_photo'].includes(name)) return false;
  const outer = ancestor(state, ['quote', 'pull_quote', 'gallery', 'table_block', 'photo', 'embed']);
  if (!outer) return false;
  const after = outer.pos + outer.node.nodeSize;
  const tr = state.tr.insert(after, paragraph());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

/** An empty last paragraph of a quote or box: Enter leaves it. */
export const leaveOnEmpty: Command = (state, dispatch) => {
  const { $from, empty } = state.selection;
  const outer = ancestor(state, ['quote', 'box']);
  if (!empty || !outer || $from.depth < 2 || $from.parent.type !== nodes.paragraph || $from.parent.content.size > 0) return false;
  if ($from.node($from.depth - 1) !== outer.node) return false;
  const index = $from.index($from.depth - 1);
  const last = outer.node.childCount - (outer.node.type === nodes.quote ? 2 : 1);
  if (index !== last || index === (outer.node.type === nodes.quote ? 0 : 1)) return false;
  const tr = state.tr.delete($from.before(), $from.after());
  const after = tr.mapping.map(outer.pos + outer.node.nodeSize);
  tr.insert(after, paragraph());
  dispatch?.(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView());
  return true;
};

/** Replaces the attributes of the node at `pos`. */
export const setAttributes = (state: EditorState, pos: number, attrs: Record<string, unknown>): Transaction =>
  state.tr.setNodeMarkup(pos, null, { ...state.doc.nodeAt(pos)!.attrs, ...attrs });

export const textFragment = (text: string): Fragment => (text ? Fragment.from(schema.text(text)) : Fragment.empty);
