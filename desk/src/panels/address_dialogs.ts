// The dialogs that ask for an address: link, embed, file; and the one for the language of some words.

import type { Attrs } from 'prosemirror-model';
import { insertBlock, markRange, setAttributes } from '../commands';
import type { Desk } from '../desk';
import { allowedHref, completeHref, embedOf } from '../document/links';
import { nodes, schema } from '../document/schema';
import { button, dialog, field, h } from '../dom';
import { t } from '../strings';
import { results } from './picker';

/** A form in a dialog: `submit` answers what is wrong, or nothing when all is well and the dialog may close. */
function form(title: string, label: string, submit: () => string | null, fields: HTMLElement[], extra: (close: () => void) => HTMLElement[] = () => []): void {
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const shown: HTMLDialogElement = dialog(title, t('close'), h('form', {
    onsubmit: (event: Event) => {
      event.preventDefault();
      const message = submit();
      if (message) wrong.textContent = message;
      else shown.close();
    },
  }, ...fields, wrong, h('div', { class: 'dialog-actions' }, h('button', { class: 'button button-main' }, label),
    ...extra(() => shown.close()), button(t('cancel'), () => shown.close()))));
  shown.querySelector<HTMLElement>('input,select,textarea')?.focus();
}

/** Links the selection, or the words of the link around the cursor, or inserts the address itself. */
export function editLink(desk: Desk): void {
  const { view } = desk;
  const type = schema.marks.link!;
  const { from, to } = markRange(view.state, type);
  let href = '';
  view.state.doc.nodesBetween(from, Math.max(to, from + 1), (node) => { href ||= type.isInSet(node.marks)?.attrs.href ?? ''; });
  const input = h('input', { type: 'text', value: href, dir: 'ltr', autocomplete: 'off', inputmode: 'url' });
  const stories = results(desk, 'story', input, (found) => { input.value = found.id.startsWith('/') ? found.id : found.detail; input.focus(); });
  const set = () => {
    const address = completeHref(input.value);
    if (!address || !allowedHref(address)) return t('link.wrong');
    const mark = type.create({ href: address });
    const tr = view.state.tr;
    if (from === to) tr.insert(from, schema.text(address, [mark]));
    else tr.removeMark(from, to, type).addMark(from, to, mark);
    view.dispatch(tr);
    view.focus();
    return null;
  };
  form(t('link.title'), t('link.set'), set, [field(t('link.address'), input), stories], (close) => href ? [button(t('link.remove'), () => {
    view.dispatch(view.state.tr.removeMark(from, to, type));
    close();
  })] : []);
}

/** What an embed is; at `pos` an existing one, else a new one. */
export function editEmbed(desk: Desk, pos: number | null): void {
  const { view } = desk;
  const attrs: Attrs = pos === null ? { kind: 'link', url: '', source: '', title: '' } : view.state.doc.nodeAt(pos)!.attrs;
  const url = h('input', { type: 'text', inputmode: 'url', value: attrs.url, dir: 'ltr', autocomplete: 'off' });
  const kind = h('select', {}, ...(['video', 'audio', 'post', 'link'] as const).map((each) => h('option', { value: each }, t(`embed.${each}`))));
  kind.value = attrs.kind;
  const source = h('input', { type: 'text', value: attrs.source });
  const title = h('input', { type: 'text', value: attrs.title, dir: 'auto' });
  url.addEventListener('change', () => {
    const guess = embedOf(url.value.trim());
    if (guess) Object.assign(kind, { value: guess.kind }), Object.assign(source, { value: guess.source });
  });
  const set = () => {
    const address = url.value.trim();
    const guess = embedOf(address);
    if (!guess) return t('embed.wrong');
    const next = { url: address, kind: kind.value, source: source.value.trim() || guess.source, title: title.value.trim() };
    view.dispatch(pos === null ? insertBlock(view.state.tr, nodes.embed!.create(next)) : setAttributes(view.state, pos, next));
    return null;
  };
  form(t('embed.title'), t('done'), set, [field(t('embed.url'), url), field(t('embed.kind'), kind), field(t('embed.source'), source), field(t('embed.name'), title)]);
}

/** What a file to download is. */
export function editFile(desk: Desk, pos: number | null): void {
  const { view } = desk;
  const attrs: Attrs = pos === null ? { href: '', name: '', bytes: null } : view.state.doc.nodeAt(pos)!.attrs;
  const href = h('input', { type: 'text', value: attrs.href, dir: 'ltr', autocomplete: 'off' });
  const name = h('input', { type: 'text', value: attrs.name, dir: 'auto' });
  const set = () => {
    const address = completeHref(href.value);
    if (!allowedHref(address) || !/^(https?:|\/)/i.test(address)) return t('file.wrong');
    const bytes = address === attrs.href ? attrs.bytes : null;
    const next = { href: address, name: name.value.trim() || decodeURI(address.split('/').at(-1) ?? address), bytes };
    view.dispatch(pos === null ? insertBlock(view.state.tr, nodes.file!.create(next)) : setAttributes(view.state, pos, next));
    return null;
  };
  form(t('file'), t('done'), set, [field(t('file.href'), href), field(t('file.name'), name)]);
}

/** Marks the selected words as another language or as running another way. */
export function editLanguage(desk: Desk): void {
  const { view } = desk;
  const { language, direction } = schema.marks;
  const around = markRange(view.state, language!);
  const { from, to } = around.from === around.to ? markRange(view.state, direction!) : around;
  if (from === to) return desk.say(t('select.first'));
  const marksAt = view.state.doc.resolve(from + 1).marks();
  const tag = h('input', { type: 'text', value: language!.isInSet(marksAt)?.attrs.language ?? '', dir: 'ltr', autocomplete: 'off' });
  const way = h('select', {}, ...(['none', 'ltr', 'rtl'] as const).map((each) => h('option', { value: each }, t(`direction.${each}`))));
  way.value = direction!.isInSet(marksAt)?.attrs.direction ?? 'none';
  const set = () => {
    const clean = tag.value.trim();
    if (clean && !/^[a-z]{2,3}([-_][a-z0-9]{1,8})*$/i.test(clean)) return t('language.wrong');
    const tr = view.state.tr.removeMark(from, to, language).removeMark(from, to, direction);
    if (clean) tr.addMark(from, to, language!.create({ language: Intl.getCanonicalLocales(clean.replaceAll('_', '-'))[0] }));
    if (way.value !== 'none') tr.addMark(from, to, direction!.create({ direction: way.value }));
    view.dispatch(tr);
    view.focus();
    return null;
  };
  form(t('language.title'), t('done'), set, [field(t('language.tag'), tag), field(t('direction'), way)]);
}
