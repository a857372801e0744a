// What a ProseMirror node was read from, or was last written as. Nodes never change, so an untouched part of a document
// is saved exactly as it came, and saving after a keystroke writes only the blocks around it.

import type { Node } from 'prosemirror-model';

let written = new WeakMap<Node, unknown>();

/** Notes that `node` stands for `json`. Shared from now on: nobody may change `json`. */
export function remember(node: Node, json: unknown): Node {
  written.set(node, json);
  return node;
}

/** The JSON of `node`, made by `make` at most once. */
export function once<T>(node: Node, make: () => T): T {
  const known = written.get(node);
  if (known !== undefined) return known as T;
  const json = make();
  written.set(node, json);
  return json;
}

/** For tests: forgets everything, so that what is written is written anew. */
export function forget(): void {
  written = new WeakMap();
}
