// Reads tags and addresses out of pages. Small on purpose: `html.test.js` holds the pages to the grammar it relies on.

const NAMED = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export function unescape(text) {
  return text.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal));
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return NAMED[name] ?? whole;
  });
}

/// Start tags in order; what stands in `style` and `script` comes along as `text`.
export function* tags(html) {
  const tag = /<!--[\s\S]*?-->|<([a-z][a-z0-9-]*)((?:\s+[^\s"'>/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/gi;
  for (let found = tag.exec(html); found; found = tag.exec(html)) {
    if (!found[1]) continue;
    const name = found[1].toLowerCase();
    const made = { name, attributes: attributes(found[2]), text: '' };
    if (name === 'style' || name === 'script') {
      const end = html.indexOf(`</${name}`, tag.lastIndex);
      made.text = html.slice(tag.lastIndex, end < 0 ? html.length : end);
      tag.lastIndex = end < 0 ? html.length : end;
    }
    yield made;
  }
}

function attributes(text) {
  const found = {};
  const attribute = /([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
  for (const [, name, double, single, bare] of text.matchAll(attribute)) {
    found[name.toLowerCase()] = unescape(double ?? single ?? bare ?? '');
  }
  return found;
}

export function srcset(text) {
  return text.split(/,\s+/).map((part) => part.trim().split(/\s+/)[0]).filter(Boolean);
}

export function cssUrls(css) {
  return [...css.matchAll(/url\(\s*(?:"([^"]*)"|'([^']*)'|([^)\s]*))\s*\)/g)].map(([, a, b, c]) => a ?? b ?? c);
}

/// Every address in a page: `{address, how}` where `how` is `link` (followed on a click) or `part` (loaded with the page).
export function addresses(html) {
  const found = [];
  const add = (how, address, where) => address !== undefined && found.push({ how, address, where });
  for (const { name, attributes: of, text } of tags(html)) {
    if (name === 'a' || name === 'area') add('link', of.href, name);
    else if (name === 'link') add(loads(of.rel) ? 'part' : 'link', of.href, `link rel=${of.rel}`);
    else if (name === 'meta' && /^(og:image|og:url|twitter:image)$/.test(of.property ?? of.name ?? '')) {
      add('link', of.content, of.property);
    } else if (name === 'form') add('link', of.action, name);
    else if (name === 'script' && of.type === 'application/ld+json') jsonLd(text, (address) => add('link', address, 'JSON-LD'));
    else if (of.src !== undefined) add('part', of.src, name);
    for (const address of srcset(of.srcset ?? of.imagesrcset ?? '')) add('part', address, `${name} srcset`);
    if (of.poster) add('part', of.poster, name);
    if (of.data && name === 'object') add('part', of.data, name);
    for (const address of cssUrls(of.style ?? '')) add('part', address, `${name} style`);
    if (name === 'style') for (const address of cssUrls(text)) add('part', address, 'style');
  }
  return found;
}

function loads(rel = '') {
  return /\b(stylesheet|icon|preload|prefetch|preconnect|dns-prefetch|modulepreload|manifest|apple-touch-icon)\b/.test(rel);
}

function jsonLd(text, add) {
  const walk = (value, key) => {
    if (Array.isArray(value)) value.forEach((one) => walk(one, key));
    else if (value && typeof value === 'object') Object.entries(value).forEach(([name, one]) => walk(one, name));
    else if (typeof value === 'string' && ['url', 'image', '@id', 'mainEntityOfPage', 'contentUrl', 'logo'].includes(key)) add(value);
  };
  walk(JSON.parse(text), '');
}

/// The first tag called `name` whose attributes are as given.
export function first(html, name, wanted = {}) {
  for (const tag of tags(html)) {
    if (tag.name === name && Object.entries(wanted).every(([key, value]) => tag.attributes[key] === value)) return tag;
  }
  return undefined;
}
