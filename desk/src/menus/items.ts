// What can be inserted: one list for the slash menu and the Insert menu.

import type { Transaction } from 'prosemirror-state';
import { fresh, insertBlock, insertFootnote, setStyle, toggleList } from '../commands';
import type { Desk } from '../desk';
import { nodes } from '../document/schema';
import { editEmbed, editFile } from '../panels/address_dialogs';
import { choosePhoto } from '../panels/picker';
import { learnPhoto, photoOf } from '../photos';
import type { Found } from '../data';
import { ENGLISH, t, type Key } from '../strings';
import { choosePhotos, uploadInto } from '../upload';

export interface Item {
  key: Key;
  sign: string;
  run(desk: Desk): void;
}

const put = (make: () => import('prosemirror-model').Node) => (desk: Desk): void => send(desk, insertBlock(desk.view.state.tr, make()));
const style = (name: string) => (desk: Desk): void => { setStyle(name)(desk.view.state, desk.view.dispatch); };
const list = (name: 'bullet_list' | 'ordered_list') => (desk: Desk): void => { toggleList(name)(desk.view.state, desk.view.dispatch); };

function send(desk: Desk, tr: Transaction): void {
  desk.view.dispatch(tr);
  desk.view.focus();
}

/** Makes sure the photo of a search result is known, and answers the node that shows it. */
export function photoNode(found: Found, type: 'photo' | 'gallery_photo') {
  if (found.photo) learnPhoto(found.photo);
  else if (!photoOf(found.id)) {
    const { id, label, detail, preview } = found;
    learnPhoto({ id, alt: label, caption: '', credit: detail, width: 0, height: 0, focal: { x: 500, y: 500 }, preview: preview ?? '', state: preview ? 'ready' : 'missing' });
  }
  return nodes[type]!.create({ photo: found.id });
}

export const ITEMS: Item[] = [
  { key: 'paragraph', sign: '¶', run: style('paragraph') },
  { key: 'heading2', sign: 'H', run: style('heading2') },
  { key: 'heading3', sign: 'H₂', run: style('heading3') },
  { key: 'heading4', sign: 'H₃', run: style('heading4') },
  { key: 'bullet_list', sign: '•', run: list('bullet_list') },
  { key: 'ordered_list', sign: '1.', run: list('ordered_list') },
  { key: 'quote', sign: '”', run: put(fresh.quote) },
  { key: 'pull_quote', sign: '❞', run: put(fresh.pull_quote) },
  { key: 'photo.upload', sign: '▣', run: (desk) => choosePhotos((files) => uploadInto(desk, files, desk.view.state.selection.from)) },
  { key: 'photo.library', sign: '▤', run: (desk) => choosePhoto(desk, (found) => send(desk, insertBlock(desk.view.state.tr, photoNode(found, 'photo')))) },
  { key: 'gallery', sign: '▦', run: (desk) => choosePhoto(desk, (found) => send(desk, insertBlock(desk.view.state.tr, fresh.gallery([photoNode(found, 'gallery_photo')])))) },
  { key: 'embed', sign: '▶', run: (desk) => editEmbed(desk, null) },
  { key: 'file', sign: '↓', run: (desk) => editFile(desk, null) },
  { key: 'table', sign: '⊞', run: put(fresh.table) },
  { key: 'code_block', sign: '{}', run: put(fresh.code_block) },
  { key: 'rule', sign: '—', run: put(fresh.rule) },
  { key: 'box.story_so_far', sign: '☰', run: put(() => fresh.box('story_so_far')) },
  { key: 'box.facts', sign: '☷', run: put(() => fresh.box('facts')) },
  { key: 'box.note', sign: '✎', run: put(() => fresh.box('note')) },
  { key: 'footnote', sign: '*', run: (desk) => { insertFootnote(desk.view.state, desk.view.dispatch); desk.view.focus(); } },
];

/** The items whose name, in the interface's language or in English, has a word that begins so. */
export function matching(query: string): Item[] {
  const wanted = query.toLocaleLowerCase();
  const begins = (name: string) => {
    const words = name.toLocaleLowerCase().split(/[\s,:]+/);
    return words.some((_, index) => words.slice(index).join(' ').startsWith(wanted));
  };
  return ITEMS.filter((item) => begins(t(item.key)) || begins(ENGLISH[item.key]) || begins(item.key.replaceAll('_', ' ')));
}
