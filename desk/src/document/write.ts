// ProseMirror → canonical JSON. Keys come in the model's order and empty optional ones are left out, as serde does it.

import type { Mark, Node } from 'prosemirror-model';
import { once } from './cache';
import { DOCUMENT_VERSION, type Block, type Cell, type Document, type Inline, type PhotoUse } from './types';

/** The document as it is saved. Cheap after a small edit: see `cache`. */
export function writeDocument(doc: Node): Document {
  return once(doc, () => {
    const last = doc.lastChild!;
    const notes = last.type.name === 'footnotes' ? last : null;
    const blocks = childrenOf(doc).filter((child) => child !== notes);
    const empty = blocks.length === 1 && blocks[0]!.type.name === 'paragraph' && blocks[0]!.content.size === 0;
    const document: Document = { version: DOCUMENT_VERSION, blocks: empty ? [] : blocks.map(writeBlock) };
    if (notes) document.footnotes = inOrderOfReference(doc, childrenOf(notes)).map(writeNote);
    return document;
  });
}

const writeNote = (note: Node) => once(note, () => ({ id: note.attrs.id as string, blocks: childrenOf(note).map(writeBlock) }));

/** Notes nobody refers to any more stay, last, until the writer removes them. */
function inOrderOfReference(doc: Node, notes: Node[]): Node[] {
  const order = referencedNotes(doc);
  const place = (note: Node) => {
    const found = order.indexOf(note.attrs.id);
    return found < 0 ? order.length : found;
  };
  return [...notes].sort((one, other) => place(one) - place(other));
}

/** The ids that footnote references name, in the order of their first reference. */
export function referencedNotes(doc: Node): string[] {
  const order = new Set<string>();
  doc.descendants((node) => {
    if (node.type.name === 'footnote') order.add(node.attrs.id);
  });
  return [...order];
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  node.forEach((child) => { children.push(child); });
  return children;
}

/** One block. Flat on purpose: every node of the schema is named here. */
export function writeBlock(node: Node): Block {
  return once(node, (): Block => {
    switch (node.type.name) {
      case 'paragraph': return { type: 'paragraph', content: writeLine(node) };
      case 'heading': return { type: 'heading', level: node.attrs.level, content: writeLine(node) };
      case 'bullet_list':
      case 'ordered_list': {
        const items = childrenOf(node).map((item) => once(item, () => ({ blocks: childrenOf(item).map(writeBlock) })));
        return { type: 'list', ordered: node.type.name === 'ordered_list', start: node.attrs.start, items };
      }
      case 'quote':
        return { type: 'quote', blocks: childrenOf(node).slice(0, -1).map(writeBlock), ...optional('source', node.lastChild!) };
      case 'pull_quote':
        return { type: 'pull_quote', content: writePart(node.firstChild!), ...optional('source', node.lastChild!) };
      case 'photo': return { type: 'photo', ...writePhoto(node) };
      case 'gallery': {
        const photos = childrenOf(node).slice(0, -1).map((photo) => once(photo, () => writePhoto(photo)));
        return { type: 'gallery', photos, ...optional('caption', node.lastChild!) };
      }
      case 'embed': return writeEmbed(node);
      case 'file': {
        const { href, name, bytes } = node.attrs;
        return { type: 'file', href, name, ...(bytes === null ? {} : { bytes }) };
      }
      case 'code_block': {
        const language = node.attrs.language as string;
        return { type: 'code', ...(language ? { language } : {}), text: node.textContent };
      }
      case 'table_block': return writeTable(node);
      case 'rule': return { type: 'rule' };
      case 'box': {
        const blocks = childrenOf(node).slice(1).map(writeBlock);
        return { type: 'box', kind: node.attrs.kind, ...optional('title', node.firstChild!), blocks };
      }
      case 'unknown': return node.attrs.json as Block;
      default: throw new Error(`no canonical form for the node ${node.type.name}`);
    }
  });
}

function writePhoto(node: Node): PhotoUse {
  const { photo, alt, credit, width } = node.attrs;
  const caption = writeLine(node);
  return {
    photo,
    ...(alt === null ? {} : { alt }),
    ...(caption.length > 0 ? { caption } : {}),
    ...(credit === null ? {} : { credit }),
    width,
  };
}

function writeEmbed(node: Node): Block {
  const { kind, url, source, title } = node.attrs;
  const caption = writeLine(node);
  return { type: 'embed', kind, url, source, ...(title ? { title } : {}), ...(caption.length > 0 ? { caption } : {}) };
}

function writeTable(node: Node): Block {
  const rows = childrenOf(node.firstChild!).map((row) => once(row, () => ({ cells: childrenOf(row).map(writeCell) })));
  return { type: 'table', ...optional('caption', node.lastChild!), rows };
}

function writeCell(node: Node): Cell {
  return once(node, () => ({
    content: writeLine(node),
    header: node.type.name === 'table_header',
    columns: node.attrs.colspan,
    rows: node.attrs.rowspan,
    align: node.attrs.align,
  }));
}

const writePart = (node: Node): Inline[] => once(node, () => writeLine(node));

function optional<K extends string>(key: K, node: Node): { [P in K]?: Inline[] } {
  const content = writePart(node);
  return (content.length > 0 ? { [key]: content } : {}) as { [P in K]?: Inline[] };
}

interface Piece {
  node: Node;
  marks: readonly Mark[];
}

/** A line of text as inlines: the mark that covers most stands outermost. */
export function writeLine(node: Node): Inline[] {
  return nest(childrenOf(node).map((child) => ({ node: child, marks: child.marks.filter((mark) => mark.type.name !== 'code') })));
}

function nest(pieces: Piece[]): Inline[] {
  const out: Inline[] = [];
  for (let index = 0; index < pieces.length;) {
    const piece = pieces[index]!;
    if (piece.marks.length === 0) {
      out.push(leaf(piece.node));
      index += 1;
      continue;
    }
    const { mark, end } = widest(pieces, index);
    const inside = pieces.slice(index, end).map((each) => ({ ...each, marks: each.marks.filter((other) => !other.eq(mark)) }));
    out.push({ type: mark.type.name, ...mark.attrs, content: nest(inside) } as Inline);
    index = end;
  }
  return out;
}

function widest(pieces: Piece[], start: number): { mark: Mark; end: number } {
  let best = { mark: pieces[start]!.marks[0]!, end: start };
  for (const mark of pieces[start]!.marks) {
    let end = start + 1;
    while (end < pieces.length && mark.isInSet(pieces[end]!.marks)) end += 1;
    if (end > best.end) best = { mark, end };
  }
  return best;
}

function leaf(node: Node): Inline {
  switch (node.type.name) {
    case 'break': return { type: 'break' };
    case 'footnote': return { type: 'footnote', id: node.attrs.id };
    case 'unknown_inline': return node.attrs.json as Inline;
    default: {
      const code = node.marks.some((mark) => mark.type.name === 'code');
      return { type: code ? 'code' : 'text', text: node.text ?? '' };
    }
  }
}
