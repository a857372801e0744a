// What is said about a photo: for everyone who shows it (alt text, caption, credit, focal point) and in this story.

import { setAttributes } from '../commands';
import type { Photo } from '../data';
import type { Desk } from '../desk';
import { button, dialog, field, h } from '../dom';
import { learnPhoto, photoOf } from '../photos';
import { t } from '../strings';
import { picture } from '../views/picture';

const WIDTHS = ['text', 'wide', 'full', 'start', 'end'] as const;

/** How one story shows a photo. */
export interface Shown {
  photo: string;
  alt: string | null;
  credit: string | null;
  width: string;
}

/** The dialog for the photo block, or photo of a gallery, at `pos`. */
export function editPhotoNode(desk: Desk, pos: number): void {
  const node = desk.view.state.doc.nodeAt(pos);
  if (!node || !desk.editable) return;
  editPhoto(desk, node.attrs as Shown, node.type.name === 'photo', (attrs) => {
    // The block may have moved while the dialog was open.
    let at = desk.view.state.doc.nodeAt(pos) === node ? pos : -1;
    desk.view.state.doc.descendants((each, place) => { if (at < 0 && each.eq(node)) at = place; });
    if (at >= 0) desk.view.dispatch(setAttributes(desk.view.state, at, { ...attrs }));
  });
}

/** Opens the dialog; `apply` gets what this story says. */
export function editPhoto(desk: Desk, shown: Shown, widths: boolean, apply: (attrs: Omit<Shown, 'photo'>) => void, more: HTMLElement[] = []): void {
  const photo = photoOf(shown.photo);
  const general = photo ? generalFields(photo) : null;
  const alt = h('textarea', { rows: 2, value: shown.alt ?? '', dir: 'auto', placeholder: photo?.alt ?? '' });
  const decorative = h('input', { type: 'checkbox', checked: shown.alt === '' });
  const credit = h('input', { type: 'text', value: shown.credit ?? '', dir: 'auto', placeholder: photo?.credit ?? '' });
  const width = h('select', {}, ...WIDTHS.map((each) => h('option', { value: each }, t(`photo.width.${each}`))));
  width.value = shown.width;
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const save = async () => {
    // `Some("")` as it came stays; an emptied field means: as the photo itself says.
    const own = (typed: string, before: string | null) => (typed === (before ?? '') ? before : typed || null);
    apply({ alt: decorative.checked ? '' : own(alt.value.trim(), shown.alt === '' ? null : shown.alt), credit: own(credit.value.trim(), shown.credit), width: width.value });
    const message = general ? await describe(desk, general.read()) : '';
    if (message) wrong.textContent = t('photo.failed', { message });
    else opened.close();
  };
  const opened: HTMLDialogElement = dialog(t('photo.title'), t('close'), h('form', { class: 'photo-form', onsubmit: (event: Event) => { event.preventDefault(); void save(); } },
    general?.element ?? null,
    h('fieldset', {}, h('legend', {}, t('photo.here')), field(t('photo.alt.here'), alt, t('photo.as')),
      h('label', { class: 'choice' }, decorative, t('photo.alt.decorative')), field(t('photo.credit.here'), credit, t('photo.as')),
      widths && field(t('photo.width'), width), ...more),
    wrong, h('div', { class: 'dialog-actions' }, h('button', { class: 'button button-main' }, t('save')), button(t('cancel'), () => opened.close()))));
  opened.querySelector<HTMLElement>('textarea')?.focus();
}

async function describe(desk: Desk, next: Photo): Promise<string> {
  const before = photoOf(next.id);
  if (before && JSON.stringify(before) === JSON.stringify(next)) return '';
  const answer = await desk.api.describePhoto(next).catch(() => ({ ok: false, message: t('upload.broken') }));
  if (answer.ok) learnPhoto(next);
  return answer.ok ? '' : answer.message || '?';
}

function generalFields(photo: Photo): { element: HTMLElement; read(): Photo } {
  const alt = h('textarea', { rows: 2, value: photo.alt, dir: 'auto' });
  const caption = h('textarea', { rows: 2, value: photo.caption, dir: 'auto' });
  const credit = h('input', { type: 'text', value: photo.credit, dir: 'auto' });
  const focal = focalPoint(photo);
  const element = h('fieldset', {}, h('legend', {}, t('photo.everywhere')), focal.element,
    field(t('photo.alt'), alt), field(t('photo.caption'), caption), field(t('photo.credit'), credit));
  const read = () => ({ ...photo, alt: alt.value.trim(), caption: caption.value.trim(), credit: credit.value.trim(), focal: focal.read() });
  return { element, read };
}

/** A click on the picture sets the point; the two sliders do the same for the keyboard. */
function focalPoint(photo: Photo): { element: HTMLElement | null; read(): Photo['focal'] } {
  if (photo.state !== 'ready') return { element: null, read: () => photo.focal };
  const slider = (value: number) => h('input', { type: 'range', min: 0, max: 1000, step: 10, value: String(value), dir: 'ltr' });
  const [across, down] = [slider(photo.focal.x), slider(photo.focal.y)];
  // The sliders step by ten; a point nobody moved keeps its thousandths.
  let point = photo.focal;
  const marker = h('span', { class: 'focal-marker', 'aria-hidden': 'true' });
  const image = picture(photo.preview, photo.alt, true);
  const frame = h('div', { class: 'focal', dir: 'ltr' }, image, marker);
  const place = () => {
    marker.style.left = `${point.x / 10}%`;
    marker.style.top = `${point.y / 10}%`;
  };
  const moved = () => { point = { x: Number(across.value), y: Number(down.value) }; place(); };
  for (const input of [across, down]) input.addEventListener('input', moved);
  image.addEventListener('click', (event) => {
    const box = image.getBoundingClientRect();
    const thousandth = (part: number, whole: number) => Math.min(1000, Math.max(0, Math.round((part / whole) * 1000)));
    point = { x: thousandth(event.clientX - box.left, box.width), y: thousandth(event.clientY - box.top, box.height) };
    across.value = String(point.x);
    down.value = String(point.y);
    place();
  });
  place();
  const element = h('div', { class: 'focal-field' }, h('p', { class: 'hint' }, t('photo.focal')), frame, field(t('photo.focal.x'), across), field(t('photo.focal.y'), down));
  return { element, read: () => point };
}
