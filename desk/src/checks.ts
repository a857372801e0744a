// What is counted and looked at while writing. Debounced by its caller; blocks that did not change are not counted again.

import type { Node } from 'prosemirror-model';
import type { EditorData, Fields, Link } from './data';
import { allowedHref } from './document/links';
import { referencedNotes } from './document/write';
import { photoOf } from './photos';
import type { Key } from './strings';

/** Characters of a headline that lists show whole. */
export const HEADLINE_MOST = 90;
const WORDS_A_MINUTE = 220;

export interface Check {
  key: Key;
  /** Where in the text it is, when it is there. */
  pos?: number;
  /** The link it is about. */
  href?: string;
}

/** Links of which the server said, when it was asked, that they are not good. */
export type Doubtful = Map<string, Exclude<Link['state'], 'ok'>>;

const words = new WeakMap<Node, number>();

/** Words of the text as its language splits them. */
export function countWords(doc: Node, language: string): number {
  const segmenter = 'Segmenter' in Intl ? new Intl.Segmenter(language, { granularity: 'word' }) : null;
  let sum = 0;
  doc.forEach((block) => {
    let known = words.get(block);
    if (known === undefined) {
      known = wordsOf(block.textBetween(0, block.content.size, ' ', ' '), segmenter);
      words.set(block, known);
    }
    sum += known;
  });
  return sum;
}

function wordsOf(text: string, segmenter: Intl.Segmenter | null): number {
  if (!segmenter) return text.split(/\s+/).filter(Boolean).length;
  let sum = 0;
  for (const part of segmenter.segment(text)) if (part.isWordLike) sum += 1;
  return sum;
}

export const minutes = (count: number): number => Math.max(1, Math.round(count / WORDS_A_MINUTE));

/** What should be looked at before the story goes out. */
export function checks(doc: Node, fields: Pick<Fields, 'headline' | 'lead_photo' | 'section' | 'sources'>, kind: EditorData['kind'], doubtful: Doubtful): Check[] {
  const found: Check[] = [];
  const headline = fields.headline.trim();
  if (!headline && kind !== 'text') found.push({ key: 'check.headline.none' });
  if (kind === 'story' && [...headline].length > HEADLINE_MOST) found.push({ key: 'check.headline' });
  if (kind === 'story' && !fields.section) found.push({ key: 'check.section' });
  const lead = fields.lead_photo;
  if (lead) found.push(...photoChecks(lead.photo, lead.alt ?? null, lead.credit ?? null));
  doc.descendants((node, pos) => {
    if (node.type.name === 'photo' || node.type.name === 'gallery_photo') {
      found.push(...photoChecks(node.attrs.photo, node.attrs.alt, node.attrs.credit).map((check) => ({ ...check, pos })));
    }
    if (node.type.name === 'heading' && !node.textContent.trim()) found.push({ key: 'check.headings', pos });
    const link = node.marks.find((mark) => mark.type.name === 'link');
    if (link && (!allowedHref(link.attrs.href) || link.attrs.href === '#' || !node.textContent.trim())) found.push({ key: 'check.link', pos });
    const href = link?.attrs.href ?? node.attrs.href ?? (node.type.name === 'embed' ? node.attrs.url : undefined);
    const state = doubtful.size > 0 && href ? doubtful.get(href.trim()) : undefined;
    // A link over several marks is one link.
    if (state && found.at(-1)?.href !== href) found.push({ key: `check.${state}`, pos, href });
  });
  for (const { url } of fields.sources) {
    const state = url ? doubtful.get(url.trim()) : undefined;
    if (state) found.push({ key: `check.${state}.source`, href: url });
  }
  return [...found, ...noteChecks(doc)];
}

function photoChecks(id: string, alt: string | null, credit: string | null): Check[] {
  const photo = photoOf(id);
  const found: Check[] = [];
  // An alt text that is empty on purpose says that the photo is decorative.
  if (alt === null && !photo?.alt) found.push({ key: 'check.alt' });
  if (!credit && !photo?.credit) found.push({ key: 'check.credit' });
  return found;
}

function noteChecks(doc: Node): Check[] {
  const referenced = referencedNotes(doc);
  const notes: string[] = [];
  if (doc.lastChild!.type.name === 'footnotes') doc.lastChild!.forEach((note) => { notes.push(note.attrs.id); });
  return [
    ...notes.filter((id) => !referenced.includes(id)).map((): Check => ({ key: 'check.note' })),
    ...referenced.filter((id) => !notes.includes(id)).map((): Check => ({ key: 'check.note.missing' })),
  ];
}
