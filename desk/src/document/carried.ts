// What a pasted block may bring along as attributes. The clipboard carries them as JSON, and any page can write such a
// clipboard: what this editor could not have made itself is no block, and only its words are read.

import type { Attrs } from 'prosemirror-model';

type Judge = (value: unknown) => boolean;

const text: Judge = (value) => typeof value === 'string';
const oneOf = (...all: string[]): Judge => (value) => all.includes(value as string);
const orNull = (judge: Judge): Judge => (value) => value === null || judge(value);
const object = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** As the server judges what it saves: odd addresses of imported blocks can be cut and pasted, those that run can not. */
const leads: Judge = (value) => {
  if (typeof value !== 'string' || /[\u0000-\u001f\u007f]/.test(value)) return false;
  const scheme = /^([^:/?#]*):/.exec(value.trim())?.[1];
  return scheme === undefined || /^(https?|mailto|tel|geo|xmpp|magnet|ipfs)$/i.test(scheme);
};

const PHOTO = {
  photo: (value: unknown) => text(value) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value as string),
  alt: orNull(text), credit: orNull(text), width: oneOf('text', 'wide', 'full', 'start', 'end'),
};

/** Types of the model: none of them may come disguised as a block of another system, past the rules for its addresses. */
const KNOWN = ['paragraph', 'heading', 'list', 'quote', 'pull_quote', 'photo', 'gallery', 'embed', 'file', 'code', 'table', 'rule', 'box'];

function foreign(value: unknown): boolean {
  if (!object(value) || !text(value.type) || KNOWN.includes(value.type as string)) return false;
  return value.type !== 'unknown' || (text(value.system) && text(value.name) && text(value.raw) && (value.text === undefined || text(value.text)));
}

const RULES: Record<string, Record<string, Judge>> = {
  photo: PHOTO,
  gallery_photo: PHOTO,
  embed: { kind: oneOf('video', 'audio', 'post', 'link'), url: leads, source: text, title: text },
  file: { href: leads, name: text, bytes: orNull((value) => Number.isSafeInteger(value) && (value as number) >= 0) },
  box: { kind: oneOf('story_so_far', 'facts', 'note') },
  code_block: { language: text },
  unknown: { json: foreign },
};

/** The attributes of a block that the clipboard carries; false when they are not what this editor writes. */
export function carriedAttrs(block: string, json: string | null): Attrs | false {
  try {
    const attrs: unknown = JSON.parse(json ?? '');
    const rules = RULES[block]!;
    if (!object(attrs) || !Object.entries(rules).every(([name, judge]) => judge(attrs[name]))) return false;
    return Object.fromEntries(Object.keys(rules).map((name) => [name, attrs[name]]));
  } catch {
    return false;
  }
}
