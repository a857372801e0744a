import { h } from '../dom';
import { t } from '../strings';

/** The picture, or a card that says that its pixels are not here. */
export function picture(preview: string | undefined, alt: string, ready: boolean): HTMLElement {
  if (preview && ready) return h('img', { src: preview, alt, class: 'picture', draggable: 'false' });
  return h('div', { class: 'picture picture-missing' }, alt || t('photo.missing'));
}
