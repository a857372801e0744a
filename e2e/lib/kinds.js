// Which kind of page a path is, so that a sample can cover every kind in every language.

import { LANGUAGES } from './place.js';

/// The kinds that the demo must show in English; `crawl.test.js` fails when one is missing.
export const KINDS = [
  'front', 'story', 'story part', 'section', 'topics', 'topic', 'byline', 'static', 'archive', 'month', 'latest',
  'later list page', 'lite front', 'lite story', 'newsletters', 'newsletter', 'issue', 'support', 'reminder', 'not found', 'gone',
];
/// Kinds of which a language with few stories may have none.
export const SCARCE = ['story part', 'later list page'];

const SHAPES = [
  ['front', /^\/$/],
  ['lite front', /^\/lite\/$/],
  ['lite story', /^\/lite\/\d{4}\/\d\d\/\d\d\//],
  ['story part', /^\/\d{4}\/\d\d\/\d\d\/[^/]+\/\d+\/$/],
  ['story', /^\/\d{4}\/\d\d\/\d\d\/[^/]+\/$/],
  ['later list page', /\/page\/\d+\/$/],
  ['section', /^\/sections\/[^/]+\/$/],
  ['topics', /^\/topics\/$/],
  ['topic', /^\/topics\/[^/]+\/$/],
  ['byline', /^\/bylines\/[^/]+\/$/],
  ['archive', /^\/archive\/$/],
  ['month', /^\/archive\/\d{4}\/\d\d\/$/],
  ['latest', /^\/latest\/$/],
  ['newsletters', /^\/newsletter\/$/],
  ['newsletter', /^\/newsletter\/[^/]+\/$/],
  ['issue', /^\/newsletter\/[^/]+\/\d+\/(\d+\/)?$/],
  ['support', /^\/support\/([a-z]{3}\/)?$|^\/-\/support\/(form|link)\b/],
  ['reminder', /^\/support\/remind\/$/],
  ['static', /^\/[^/]+\/(\d+\/)?$/],
];

export function languageOf(path) {
  const [, first] = /^\/-\/support\/form\/(\w+)/.exec(path) ?? /^\/(\w*)/.exec(path) ?? [];
  return LANGUAGES.includes(first) && first !== LANGUAGES[0] ? first : LANGUAGES[0];
}

export function kindOf(path, status = 200) {
  if (status === 404) return 'not found';
  if (status === 410) return 'gone';
  const language = languageOf(path);
  const below = language !== LANGUAGES[0] && path.startsWith(`/${language}/`) ? path.slice(language.length + 1) : path;
  return SHAPES.find(([, shape]) => shape.test(below))?.[0] ?? `unknown: ${path}`;
}

/// The largest page of every kind in each of `languages`, in a steady order.
export function sample(pages, languages = LANGUAGES) {
  const largest = new Map();
  for (const page of pages) {
    if (!languages.includes(page.language)) continue;
    const key = `${languages.indexOf(page.language)} ${page.kind}`;
    if ((largest.get(key)?.size ?? -1) < page.size) largest.set(key, page);
  }
  return [...largest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, page]) => page);
}
