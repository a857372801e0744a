// Which addresses a link may have: those the model names, and nothing that runs.

const SCHEMES = /^(https?|mailto|tel):/i;

/** Whether `href` is `https:`, `http:`, `mailto:`, `tel:`, `#fragment` or `/path` on this newsroom. */
export function allowedHref(href: string): boolean {
  const clean = href.trim();
  if (/[\u0000-\u001f\u007f]/.test(clean)) return false;
  return SCHEMES.test(clean) || clean.startsWith('#') || (clean.startsWith('/') && !clean.startsWith('//') && !clean.startsWith('/\\'));
}

/** What a person most likely meant: `example.org` is an address, `a@b.org` a mailbox. */
export function completeHref(typed: string): string {
  const text = typed.trim();
  if (text === '' || allowedHref(text) || /^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  if (/^[^\s@/]+@[^\s@/]+\.[^\s@/]+$/.test(text)) return `mailto:${text}`;
  if (/^[^\s/]+\.[^\s/.]{2,}(\/|$)/.test(text)) return `https://${text}`;
  return text;
}

const HOSTS: [RegExp, string, 'video' | 'audio' | 'post'][] = [
  [/(^|\.)(youtube\.com|youtu\.be|youtube-nocookie\.com)$/, 'YouTube', 'video'],
  [/(^|\.)vimeo\.com$/, 'Vimeo', 'video'],
  [/(^|\.)rutube\.ru$/, 'Rutube', 'video'],
  [/(^|\.)soundcloud\.com$/, 'SoundCloud', 'audio'],
  [/(^|\.)spotify\.com$/, 'Spotify', 'audio'],
  [/(^|\.)(t\.me|telegram\.me)$/, 'Telegram', 'post'],
  [/(^|\.)(x\.com|twitter\.com)$/, 'X', 'post'],
  [/(^|\.)instagram\.com$/, 'Instagram', 'post'],
  [/(^|\.)facebook\.com$/, 'Facebook', 'post'],
  [/(^|\.)bsky\.app$/, 'Bluesky', 'post'],
];

/** Who holds an address and what probably lies there; null when it is no web address. */
export function embedOf(url: string): { kind: 'video' | 'audio' | 'post' | 'link'; source: string } | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const host = new URL(url).hostname.replace(/^www\./, '');
  const known = HOSTS.find(([pattern]) => pattern.test(host));
  return known ? { source: known[1], kind: known[2] } : { source: host, kind: 'link' };
}
