// The inlines that surround others, as ProseMirror marks. Their order is the nesting when two cover the same words.

import type { MarkSpec } from 'prosemirror-model';
import { allowedHref } from './links';

const simple = (tag: string, also: string[] = []): MarkSpec => ({
  parseDOM: [{ tag }, ...also.map((other) => ({ tag: other }))],
  toDOM: () => [tag, 0],
});

export const marks: Record<string, MarkSpec> = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{
      tag: 'a[href]',
      getAttrs: (element) => {
        const href = element.getAttribute('data-href') ?? element.getAttribute('href') ?? '';
        return allowedHref(href) ? { href } : false;
      },
    }],
    // An address that is not allowed is kept, shown as refused, and never becomes an `href`.
    toDOM: (mark) => allowedHref(mark.attrs.href)
      ? ['a', { href: mark.attrs.href, rel: 'noopener noreferrer', title: mark.attrs.href }, 0]
      : ['span', { class: 'link-refused', title: mark.attrs.href }, 0],
  },
  language: {
    attrs: { language: {} },
    parseDOM: [{
      tag: 'span[lang]',
      getAttrs: (element) => {
        const language = element.getAttribute('lang') ?? '';
        return element.hasAttribute('data-language') && language ? { language } : false;
      },
    }],
    toDOM: (mark) => ['span', { lang: mark.attrs.language, 'data-language': '', dir: 'auto', class: 'language' }, 0],
  },
  direction: {
    attrs: { direction: {} },
    parseDOM: [{
      tag: 'bdo[dir], bdi[dir]',
      getAttrs: (element) => {
        const direction = element.getAttribute('dir');
        return direction === 'rtl' || direction === 'ltr' ? { direction } : false;
      },
    }],
    toDOM: (mark) => ['bdi', { dir: mark.attrs.direction, class: 'direction' }, 0],
  },
  strong: simple('strong', ['b']),
  emphasis: simple('em', ['i']),
  strike: simple('s', ['strike', 'del']),
  sub: { ...simple('sub'), excludes: 'sub sup' },
  sup: { ...simple('sup'), excludes: 'sub sup' },
  code: { ...simple('code', ['kbd', 'samp', 'tt']), inclusive: false, code: true },
};
