// The schema: what a document may hold while it is being edited.

import { Schema, type NodeSpec, type NodeType } from 'prosemirror-model';
import { blocks } from './schema_blocks';
import { marks } from './schema_marks';

const inlines: Record<string, NodeSpec> = {
  text: { group: 'inline' },
  break: {
    group: 'inline',
    inline: true,
    selectable: false,
    linebreakReplacement: true,
    leafText: () => '\n',
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br'],
  },
  footnote: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { id: {} },
    leafText: () => '',
    parseDOM: [{ tag: 'sup[data-footnote]', priority: 80, getAttrs: (element) => ({ id: element.getAttribute('data-footnote') }) }],
    toDOM: (node) => ['sup', { 'data-footnote': node.attrs.id, class: 'footnote' }],
  },
  // An inline that a newer Masthead may know, as it came.
  unknown_inline: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { json: {} },
    toDOM: () => ['span', { class: 'unknown-inline' }, '…'],
  },
};

export const schema = new Schema({
  nodes: { doc: { content: 'block+ footnotes?' }, ...blocks, ...inlines },
  marks,
});

export const nodes: Record<string, NodeType> = schema.nodes;
