// Foreign HTML → HTML that says only what a document can say. Works on an inert copy: nothing in it runs or loads.
//
// What is kept is decided by the schema's rules when ProseMirror reads the result; this step translates what others
// express through styles (Google's font-weight, Word's lists) into elements and drops the rest.

import { allowedHref } from '../document/links';
import { flattenCells, nestLists } from './structure';
import { wordLists } from './word';

const GONE = 'script,style,meta,link,title,svg,math,iframe,object,embed,video,audio,canvas,form,input,button,select,textarea,noscript,template,xml';

/** The cleaned HTML and how many pictures were left out. */
export function cleanHtml(html: string): { html: string; images: number } {
  const body = new DOMParser().parseFromString(inert(html), 'text/html').body;
  removeComments(body);
  wordLists(body);
  for (const element of body.querySelectorAll(GONE)) element.remove();
  const images = body.querySelectorAll('img,picture').length;
  for (const image of body.querySelectorAll('img,picture')) image.remove();
  for (const element of [...body.querySelectorAll('*')]) {
    if (element.tagName.includes(':')) unwrap(element);
  }
  for (const element of [...body.querySelectorAll<HTMLElement>('[data-style]')]) styleToElements(element);
  headings(body);
  for (const anchor of [...body.querySelectorAll('a')]) cleanLink(anchor);
  nestLists(body);
  flattenCells(body);
  strip(body);
  return { html: body.innerHTML, images };
}

/**
 * The page's policy reaches into parsed documents: it blanks `style` attributes. Renamed, they can be read as text, and
 * handlers and bases do not even make the browser complain.
 */
export function inert(html: string): string {
  const renamed = (tag: string) => tag.replace(/\sstyle\s*=/gi, ' data-style=').replace(/\son[a-z]+\s*=/gi, ' data-on=');
  return html.replace(/<style[\s\S]*?<\/style>/gi, '').replace(/<base\b/gi, '<x-base').replace(/<[a-z][^>]*>/gi, renamed);
}

/** The declarations of what was an element's `style`. */
function styleOf(element: Element): (name: string) => string {
  const declarations = new Map((element.getAttribute('data-style') ?? '').split(';').map((declaration): [string, string] => {
    const colon = declaration.indexOf(':');
    return [declaration.slice(0, colon).trim().toLowerCase(), declaration.slice(colon + 1).trim().toLowerCase()];
  }));
  return (name) => declarations.get(name) ?? '';
}

function removeComments(body: HTMLElement): void {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (walker.nextNode()) found.push(walker.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
}

export function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

/** What a style says about meaning, as elements around the contents; an element whose tag the style denies is undone. */
function styleToElements(element: HTMLElement): void {
  const style = styleOf(element);
  const [fontWeight, fontStyle, verticalAlign] = [style('font-weight'), style('font-style'), style('vertical-align')];
  if (style('display') === 'none' || style('visibility') === 'hidden') return element.remove();
  const bold = /^(bold|bolder|[6-9]00)$/.test(fontWeight);
  const italic = /^(italic|oblique)/.test(fontStyle);
  const struck = /line-through/.test(`${style('text-decoration-line')} ${style('text-decoration')}`);
  const heading = element.closest('h1,h2,h3,h4,h5,h6');
  if (element.matches('b,strong') && /^(normal|lighter|[1-4]00)$/.test(fontWeight)) return unwrap(element);
  if (element.matches('i,em') && fontStyle === 'normal') return unwrap(element);
  const inline = element.matches('span,a,font,b,i,em,strong,u,s,sub,sup');
  if (!inline) return;
  if (bold && !heading && !element.matches('b,strong')) wrapContents(element, 'strong');
  if (italic && !element.matches('i,em')) wrapContents(element, 'em');
  if (struck && !element.matches('s')) wrapContents(element, 's');
  if (verticalAlign === 'super' && !element.matches('sup')) wrapContents(element, 'sup');
  if (verticalAlign === 'sub' && !element.matches('sub')) wrapContents(element, 'sub');
}

function wrapContents(element: Element, tag: string): void {
  const wrapper = element.ownerDocument.createElement(tag);
  wrapper.append(...element.childNodes);
  element.append(wrapper);
}

/** The headline is the only heading of level 1; a heading's own weight says nothing. */
function headings(body: HTMLElement): void {
  for (const element of [...body.querySelectorAll('h1,h5,h6,p.MsoTitle')]) rename(element, element.matches('h5,h6') ? 'h4' : 'h2');
  for (const element of [...body.querySelectorAll('p.MsoQuote,p.MsoIntenseQuote')]) {
    const quote = body.ownerDocument.createElement('blockquote');
    element.replaceWith(quote);
    quote.append(element);
  }
  for (const bold of [...body.querySelectorAll('h2 b,h2 strong,h3 b,h3 strong,h4 b,h4 strong')]) unwrap(bold);
}

export function rename(element: Element, tag: string): Element {
  const renamed = element.ownerDocument.createElement(tag);
  renamed.append(...element.childNodes);
  element.replaceWith(renamed);
  return renamed;
}

function cleanLink(anchor: HTMLAnchorElement): void {
  let href = anchor.getAttribute('href')?.trim() ?? '';
  if (/^https?:\/\/(www\.)?google\.[a-z.]+\/url\?/.test(href)) href = new URL(href).searchParams.get('q') ?? href;
  // Fragments of the page it came from (Word's bookmarks) lead nowhere here.
  if (!allowedHref(href) || href.startsWith('#')) return unwrap(anchor);
  anchor.setAttribute('href', href);
}

const KEPT_ATTRIBUTES: Record<string, string[]> = { a: ['href'], ol: ['start'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'] };

function strip(body: HTMLElement): void {
  for (const element of body.querySelectorAll('*')) {
    const kept = KEPT_ATTRIBUTES[element.tagName.toLowerCase()] ?? [];
    for (const name of element.getAttributeNames()) if (!kept.includes(name)) element.removeAttribute(name);
  }
  // A paragraph of nothing but a space is how Word and web pages make distance.
  for (const empty of [...body.querySelectorAll('p,h2,h3,h4,div')]) {
    if (!empty.textContent?.replaceAll('\u00a0', ' ').trim() && !empty.querySelector('hr,table')) empty.remove();
  }
  for (const last of [...body.querySelectorAll('p > br:last-child, h2 > br:last-child, li > br:last-child')]) {
    if (!last.nextSibling) last.remove();
  }
  for (const stray of [...body.querySelectorAll(':scope > br')]) stray.remove();
}
