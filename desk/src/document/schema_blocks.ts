// The blocks as ProseMirror nodes. Whatever a writer types into (captions, sources, titles) is content, so that undo,
// marks and selection work in it; what is chosen (a photo, an address, a kind) is an attribute.

import type { Attrs, NodeSpec, TagParseRule } from 'prosemirror-model';
import { carriedAttrs } from './carried';

const own = (block: string, extra: Partial<TagParseRule> = {}): TagParseRule =>
  ({ tag: `[data-block="${block}"]`, getAttrs: (element) => carriedAttrs(block, element.getAttribute('data-attrs')), priority: 80, ...extra });

const carried = (block: string, attrs: Attrs) => ({ 'data-block': block, 'data-attrs': JSON.stringify(attrs) });

/** A line of text that belongs to the block around it: a caption, a source, a title. */
const line = (name: string, tag: string): NodeSpec => ({
  content: 'inline*',
  defining: true,
  isolating: false,
  parseDOM: [{ tag: `[data-line="${name}"]`, priority: 80 }],
  toDOM: () => [tag, { 'data-line': name }, 0],
});

const photoAttrs = { photo: {}, alt: { default: null }, credit: { default: null }, width: { default: 'text' } };

const text: Record<string, NodeSpec> = {
  paragraph: { content: 'inline*', group: 'block', parseDOM: [{ tag: 'p' }], toDOM: () => ['p', 0] },
  heading: {
    content: 'inline*',
    group: 'block',
    defining: true,
    attrs: { level: { default: 2 } },
    parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: `h${level}`, attrs: { level: Math.min(Math.max(level, 2), 4) } })),
    toDOM: (node) => [`h${Math.min(Math.max(node.attrs.level, 2), 6)}`, 0],
  },
  bullet_list: {
    content: 'list_item+',
    group: 'block',
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: 'ul' }],
    toDOM: () => ['ul', 0],
  },
  ordered_list: {
    content: 'list_item+',
    group: 'block',
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: (element) => ({ start: Math.max(0, Number(element.getAttribute('start') ?? 1) || 1) }) }],
    toDOM: (node) => ['ol', { start: node.attrs.start }, 0],
  },
  list_item: { content: 'block+', defining: true, parseDOM: [{ tag: 'li' }], toDOM: () => ['li', 0] },
  quote: {
    content: 'block+ quote_source',
    group: 'block',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0],
  },
  quote_source: line('quote_source', 'footer'),
  pull_quote: {
    content: 'pull_quote_text quote_source',
    group: 'block',
    defining: true,
    parseDOM: [own('pull_quote', { getAttrs: () => null })],
    toDOM: () => ['div', { 'data-block': 'pull_quote' }, 0],
  },
  pull_quote_text: line('pull_quote_text', 'p'),
  code_block: {
    content: 'text*',
    marks: '',
    group: 'block',
    code: true,
    defining: true,
    attrs: { language: { default: '' } },
    parseDOM: [own('code_block', { preserveWhitespace: 'full' }), { tag: 'pre', preserveWhitespace: 'full' }],
    toDOM: (node) => ['pre', { ...carried('code_block', node.attrs), dir: 'ltr' }, ['code', 0]],
  },
  rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
};

const media: Record<string, NodeSpec> = {
  photo: {
    content: 'inline*',
    group: 'block',
    attrs: photoAttrs,
    isolating: true,
    draggable: true,
    parseDOM: [own('photo')],
    toDOM: (node) => ['figure', carried('photo', node.attrs), ['figcaption', 0]],
  },
  gallery: {
    content: 'gallery_photo* caption',
    group: 'block',
    isolating: true,
    draggable: true,
    parseDOM: [own('gallery', { getAttrs: () => null })],
    toDOM: () => ['section', { 'data-block': 'gallery' }, 0],
  },
  gallery_photo: {
    content: 'inline*',
    attrs: photoAttrs,
    isolating: true,
    parseDOM: [own('gallery_photo')],
    toDOM: (node) => ['figure', carried('gallery_photo', node.attrs), ['figcaption', 0]],
  },
  caption: line('caption', 'p'),
  embed: {
    content: 'inline*',
    group: 'block',
    attrs: { kind: { default: 'link' }, url: {}, source: { default: '' }, title: { default: '' } },
    isolating: true,
    draggable: true,
    parseDOM: [own('embed')],
    toDOM: (node) => ['figure', carried('embed', node.attrs), ['figcaption', 0]],
  },
  file: {
    group: 'block',
    attrs: { href: {}, name: { default: '' }, bytes: { default: null } },
    draggable: true,
    parseDOM: [own('file')],
    toDOM: (node) => ['p', carried('file', node.attrs), node.attrs.name],
  },
};

const structure: Record<string, NodeSpec> = {
  table_block: {
    content: 'table caption',
    group: 'block',
    isolating: true,
    parseDOM: [own('table_block', { getAttrs: () => null })],
    toDOM: () => ['figure', { 'data-block': 'table_block' }, 0],
  },
  table: {
    content: 'table_row+',
    tableRole: 'table',
    isolating: true,
    parseDOM: [{ tag: 'table' }],
    toDOM: () => ['table', ['tbody', 0]],
  },
  table_row: {
    content: '(table_cell | table_header)*',
    tableRole: 'row',
    parseDOM: [{ tag: 'tr' }],
    toDOM: () => ['tr', 0],
  },
  table_cell: cell('td', 'cell'),
  table_header: cell('th', 'header_cell'),
  box: {
    content: 'box_title block+',
    group: 'block',
    isolating: true,
    defining: true,
    attrs: { kind: { default: 'note' } },
    parseDOM: [own('box')],
    toDOM: (node) => ['div', { ...carried('box', node.attrs), class: `box box-${String(node.attrs.kind).replaceAll('_', '-')}` }, 0],
  },
  box_title: line('box_title', 'p'),
  // `Unknown` of the model, and any block a newer Masthead may know: `json` is the block as it came, never looked into.
  unknown: {
    group: 'block',
    atom: true,
    draggable: true,
    attrs: { json: {} },
    parseDOM: [own('unknown')],
    toDOM: (node) => ['div', carried('unknown', node.attrs)],
  },
  footnotes: {
    content: 'note+',
    isolating: true,
    parseDOM: [],
    toDOM: () => ['section', { class: 'footnotes' }, 0],
  },
  note: {
    content: 'block+',
    isolating: true,
    attrs: { id: { default: '' } },
    parseDOM: [],
    toDOM: (node) => ['div', { class: 'note', 'data-note': node.attrs.id }, 0],
  },
};

function cell(tag: 'td' | 'th', tableRole: string): NodeSpec {
  return {
    content: 'inline*',
    tableRole,
    isolating: true,
    attrs: { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null }, align: { default: 'start' } },
    parseDOM: [{
      tag,
      getAttrs: (element) => ({
        colspan: Math.max(1, Number(element.getAttribute('colspan') ?? 1) || 1),
        rowspan: Math.max(1, Number(element.getAttribute('rowspan') ?? 1) || 1),
        align: /center|end/.exec(element.getAttribute('data-align') ?? '')?.[0] ?? 'start',
      }),
    }],
    toDOM: (node) => [tag, { colspan: node.attrs.colspan, rowspan: node.attrs.rowspan, 'data-align': node.attrs.align }, 0],
  };
}

export const blocks: Record<string, NodeSpec> = { ...text, ...media, ...structure };
