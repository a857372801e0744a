// Canonical JSON → ProseMirror. Total: what is not understood becomes an `unknown` that is written back as it came.

import { Fragment, type Mark, type Node } from 'prosemirror-model';
import { remember } from './cache';
import { nodes, schema } from './schema';
import type { Block, Cell, Document, Inline, PhotoUse } from './types';

/** The editor's document; one without blocks gets an empty paragraph to type into. */
export function readDocument(document: Document): Node {
  const blocks = readBlocks(document.blocks ?? []);
  const notes = (document.footnotes ?? []).map((note) =>
    remember(nodes.note!.create({ id: note.id }, readBlocks(note.blocks)), note));
  const footnotes = notes.length > 0 ? [nodes.footnotes!.create(null, notes)] : [];
  return remember(nodes.doc!.create(null, [...blocks, ...footnotes]), document);
}

/** Blocks, at least one. */
export function readBlocks(blocks: Block[]): Node[] {
  return blocks.length > 0 ? blocks.map(readBlock) : [nodes.paragraph!.create()];
}

function readBlock(block: Block): Node {
  return remember(blockNode(block) ?? nodes.unknown!.create({ json: block }), block);
}

function blockNode(block: Block): Node | null {
  switch (block.type) {
    case 'paragraph': return nodes.paragraph!.create(null, readLine(block.content));
    case 'heading': return nodes.heading!.create({ level: block.level }, readLine(block.content));
    case 'list': return list(block);
    case 'quote': return nodes.quote!.create(null, [...readBlocks(block.blocks), part('quote_source', block.source)]);
    case 'pull_quote':
      return nodes.pull_quote!.create(null, [part('pull_quote_text', block.content), part('quote_source', block.source)]);
    case 'photo': return photo('photo', block);
    case 'gallery':
      return nodes.gallery!.create(null, [...block.photos.map((use) => photo('gallery_photo', use)), part('caption', block.caption)]);
    case 'embed': {
      const { kind, url, source, title = '' } = block;
      return nodes.embed!.create({ kind, url, source, title }, readLine(block.caption));
    }
    case 'file': return nodes.file!.create({ href: block.href, name: block.name, bytes: block.bytes ?? null });
    case 'code': return nodes.code_block!.create({ language: block.language ?? '' }, block.text ? schema.text(block.text) : null);
    case 'table': return table(block);
    case 'rule': return nodes.rule!.create();
    case 'box':
      return nodes.box!.create({ kind: block.kind }, [part('box_title', block.title), ...readBlocks(block.blocks)]);
    case 'unknown': return null;
    default: return null;
  }
}

function list(block: Extract<Block, { type: 'list' }>): Node {
  const items = block.items.map((item) => remember(nodes.list_item!.create(null, readBlocks(item.blocks)), item));
  const type = block.ordered ? nodes.ordered_list! : nodes.bullet_list!;
  return type.create({ start: block.start ?? 1 }, items.length > 0 ? items : nodes.list_item!.createAndFill());
}

function photo(type: 'photo' | 'gallery_photo', use: PhotoUse): Node {
  const attrs = { photo: use.photo, alt: use.alt ?? null, credit: use.credit ?? null, width: use.width ?? 'text' };
  const node = nodes[type]!.create(attrs, readLine(use.caption));
  return type === 'photo' ? node : remember(node, use);
}

function table(block: Extract<Block, { type: 'table' }>): Node | null {
  if (block.rows.length === 0) return null;
  const rows = block.rows.map((row) => remember(nodes.table_row!.create(null, row.cells.map(cell)), row));
  return nodes.table_block!.create(null, [nodes.table!.create(null, rows), part('caption', block.caption)]);
}

function cell(given: Cell): Node {
  const type = given.header ? nodes.table_header! : nodes.table_cell!;
  const attrs = { colspan: given.columns ?? 1, rowspan: given.rows ?? 1, align: given.align ?? 'start' };
  return remember(type.create(attrs, readLine(given.content)), given);
}

const part = (type: string, line: Inline[] | undefined): Node =>
  remember(nodes[type]!.create(null, readLine(line)), line ?? []);

/** A line of inlines as text nodes with marks. */
export function readLine(line: Inline[] | undefined): Fragment {
  const out: Node[] = [];
  for (const inline of line ?? []) readInline(inline, [], out);
  return Fragment.fromArray(out);
}

function readInline(inline: Inline, marks: readonly Mark[], out: Node[]): void {
  switch (inline.type) {
    case 'text':
      if (inline.text) out.push(schema.text(inline.text, marks));
      return;
    case 'code':
      if (inline.text) out.push(schema.text(inline.text, schema.marks.code!.create().addToSet(marks)));
      return;
    case 'break': out.push(nodes.break!.create(null, null, marks)); return;
    case 'footnote': out.push(nodes.footnote!.create({ id: inline.id }, null, marks)); return;
    default: {
      const type = schema.marks[inline.type];
      if (!type || !Array.isArray(inline.content)) {
        out.push(nodes.unknown_inline!.create({ json: inline }, null, marks));
        return;
      }
      const { type: _, content, ...attrs } = inline;
      const inner = type.create(attrs).addToSet(marks);
      for (const child of content) readInline(child, inner, out);
    }
  }
}
