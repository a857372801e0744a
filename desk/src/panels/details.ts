// The panel beside the text: what must be looked at, and where the story stands (section, topics, bylines, sources).

import type { Check } from '../checks';
import type { Fields, Named, Source } from '../data';
import type { Desk } from '../desk';
import { button, field, h } from '../dom';
import { photoOf } from '../photos';
import { count, t, type Key } from '../strings';
import { choosePhotos, uploadCard } from '../upload';
import { picture } from '../views/picture';
import { editPhoto, type Shown } from './photo_dialog';
import { choosePhoto, results } from './picker';
import { photoNode } from '../menus/items';
import type { Inline, PhotoUse } from '../document/types';

type Small = Pick<Fields, 'slug' | 'section' | 'topics' | 'bylines' | 'sources' | 'lead_photo'>;

export class Details {
  readonly dom = h('aside', { class: 'details', id: 'editor-details', 'aria-label': t('details') });
  readonly kept = h('div', {});
  private readonly checkList = h('div', { class: 'checks' });
  private readonly body = h('div', {});
  private readonly names = new Map<string, string>();
  private values: Small;

  constructor(private readonly desk: () => Desk, values: Fields, private readonly changed: (name: keyof Small) => void, checkLinks: () => Promise<string>) {
    this.values = { ...values };
    const { kind, story } = desk();
    for (const each of [...story.topics, ...story.bylines, ...story.sections]) this.names.set(each.id, each.name);
    this.dom.append(this.kept, h('section', {}, h('h2', {}, t('checks')), this.checkList, kind === 'story' && linkCheck(checkLinks)), this.body);
    this.draw();
  }

  read(): Small {
    return this.values;
  }

  /** Shows other values, as another version has them. */
  write(values: Partial<Fields>, named: Named[] = []): void {
    for (const each of named) this.names.set(each.id, each.name);
    for (const name of ['slug', 'section', 'topics', 'bylines', 'sources', 'lead_photo'] as const) {
      if (name in values) Object.assign(this.values, { [name]: values[name] });
    }
    this.draw();
  }

  showChecks(checks: Check[], go: (pos: number) => void): void {
    const line = (check: Check) => h('li', {}, check.pos === undefined ? said(check)
      : h('button', { type: 'button', class: 'link-button', onclick: () => go(check.pos!) }, said(check)));
    this.checkList.replaceChildren(checks.length === 0 ? h('p', { class: 'hint' }, t('checks.none')) : h('ul', {}, ...checks.map(line)));
  }

  private set<K extends keyof Small>(name: K, value: Small[K]): void {
    this.values = { ...this.values, [name]: value };
    this.changed(name);
  }

  draw(): void {
    const { kind, story, editable } = this.desk();
    const { slug, section } = this.values;
    const slugInput = h('input', { type: 'text', value: slug, dir: 'ltr', autocomplete: 'off', oninput: () => this.set('slug', slugInput.value.trim()) });
    if (kind === 'text') return this.body.replaceChildren();
    if (kind === 'page') return this.body.replaceChildren(h('fieldset', { class: 'bare', disabled: !editable }, field(t('slug'), slugInput)));
    const sectionInput = h('select', { onchange: () => this.set('section', sectionInput.value || null) },
      h('option', { value: '' }, t('section.none')), ...story.sections.map((each) => h('option', { value: each.id }, each.name)));
    sectionInput.value = section ?? '';
    const fields = h('fieldset', { class: 'bare', disabled: !editable }, this.leadPhoto(), field(t('section'), sectionInput), field(t('slug'), slugInput),
      this.chips('bylines', 'byline', 'bylines'), this.chips('topics', 'topic', 'topics'), this.sources());
    this.body.replaceChildren(fields);
  }

  private chips(name: 'topics' | 'bylines', kind: 'topic' | 'byline', label: Key): HTMLElement {
    const search = h('input', { type: 'search', placeholder: t('add.search'), autocomplete: 'off' });
    const list = h('ul', { class: 'chips' });
    const draw = () => list.replaceChildren(...this.values[name].map((id) => h('li', { class: 'chip' }, this.names.get(id) ?? id,
      h('button', { type: 'button', class: 'icon-button', 'aria-label': `${t('remove')}: ${this.names.get(id) ?? id}`, onclick: () => { this.set(name, this.values[name].filter((each) => each !== id)); draw(); search.focus(); } }, '×'))));
    const found = results(this.desk(), kind, search, (each) => {
      this.names.set(each.id, each.label);
      if (!this.values[name].includes(each.id)) this.set(name, [...this.values[name], each.id]);
      search.value = '';
      search.dispatchEvent(new Event('input'));
      draw();
      search.focus();
    });
    draw();
    return h('div', { class: 'group' }, field(t(label), search), list, found);
  }

  private sources(): HTMLElement {
    const list = h('div', {});
    const change = (index: number, part: Partial<Source>) => this.set('sources', this.values.sources.map((each, at) => (at === index ? { ...each, ...part } : each)));
    const input = (index: number, key: keyof Source) => {
      const element = h('input', { type: 'text', value: this.values.sources[index]![key] ?? '', dir: key === 'url' ? 'ltr' : 'auto', oninput: () => change(index, { [key]: element.value }) });
      return field(t(`source.${key}`), element);
    };
    const draw = () => list.replaceChildren(...this.values.sources.map((_, index) => h('div', { class: 'source' }, input(index, 'name'), input(index, 'url'), input(index, 'note'),
      button(t('remove'), () => { this.set('sources', this.values.sources.filter((_each, at) => at !== index)); draw(); }, { class: 'button button-small' }))));
    draw();
    return h('section', { class: 'group' }, h('h2', {}, t('sources')), list, button(t('source.add'), () => {
      this.set('sources', [...this.values.sources, { name: '', url: '', note: '' }]);
      draw();
      list.lastElementChild?.querySelector('input')?.focus();
    }));
  }

  private leadPhoto(): HTMLElement {
    const use = this.values.lead_photo;
    const photo = use ? photoOf(use.photo) : undefined;
    const put = (id: string) => { this.set('lead_photo', { photo: id, width: 'text' }); this.draw(); };
    const sending = h('div', {});
    const tools = [
      use && button(t('edit'), () => this.editLead(use), { class: 'button button-small' }),
      button(t('photo.upload'), () => choosePhotos(([file]) => file && sending.replaceChildren(uploadCard(this.desk(), file, (sent) => put(sent.id), () => sending.replaceChildren()))), { class: 'button button-small' }),
      button(t('photo.library'), () => choosePhoto(this.desk(), (found) => { photoNode(found, 'photo'); put(found.id); }), { class: 'button button-small' }),
      use && button(t('remove'), () => { this.set('lead_photo', null); this.draw(); }, { class: 'button button-small' }),
    ];
    return h('section', { class: 'group' }, h('h2', {}, t('lead_photo')), use ? picture(photo?.preview, use.alt ?? photo?.alt ?? '', photo?.state === 'ready') : h('p', { class: 'hint' }, t('lead_photo.none')),
      sending, h('div', { class: 'actions' }, ...tools));
  }

  private editLead(use: PhotoUse): void {
    const plain = plainText(use.caption ?? []);
    const caption = h('textarea', { rows: 2, value: plain, dir: 'auto' });
    const shown: Shown = { photo: use.photo, alt: use.alt ?? null, credit: use.credit ?? null, width: use.width };
    editPhoto(this.desk(), shown, false, (attrs) => {
      // The marks of a caption survive unless its words are changed here.
      const words: Inline[] = caption.value.trim() ? [{ type: 'text', text: caption.value.trim() }] : [];
      const content = caption.value === plain ? (use.caption ?? []) : words;
      this.set('lead_photo', { photo: use.photo, ...(attrs.alt === null ? {} : { alt: attrs.alt }), ...(content.length > 0 ? { caption: content } : {}), ...(attrs.credit === null ? {} : { credit: attrs.credit }), width: use.width });
      this.draw();
    }, [field(t('photo.caption.here'), caption, t('photo.as'))]);
  }
}

/** What is to be looked at; of a long address its beginning. */
const said = ({ key, href }: Check) => t(key, { href: href && href.length > 80 ? `${href.slice(0, 79)}…` : (href ?? '') });

/** The button that asks the server to look at the links. */
function linkCheck(check: () => Promise<string>): HTMLElement {
  const line = h('p', { class: 'hint', role: 'status' }, t('links.hint'));
  const press = button(t('links.check'), async () => {
    if (press.ariaDisabled === 'true') return;
    press.ariaDisabled = 'true';
    line.textContent = t('links.checking');
    line.textContent = await check();
    press.ariaDisabled = null;
  }, { class: 'button button-small' });
  return h('div', { class: 'group link-check' }, press, line);
}

export function plainText(line: Inline[]): string {
  return line.map((inline) => 'content' in inline ? plainText(inline.content) : 'text' in inline ? inline.text : inline.type === 'break' ? ' ' : '').join('');
}

export const checkCount = (checks: Check[]): string => (checks.length === 0 ? t('checks.none') : count('checks.count', checks.length));
