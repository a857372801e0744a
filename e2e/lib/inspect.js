// What an eye would see wrong in a laid-out page.

/// Runs in the page: what sticks out of the window, where lines of different blocks lie over each other, and what is
/// too small for a finger.
export function inspect() {
  const faults = [];
  const width = document.documentElement.clientWidth;
  const name = (element) => `<${element.localName}${element.className ? `.${element.className}` : ''}> “${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
  if (document.documentElement.scrollWidth > width) faults.push(`scrolls sideways: ${document.documentElement.scrollWidth} px`);
  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      if (/auto|scroll|hidden|clip/.test(getComputedStyle(at).overflowX)) return true;
    }
    return false;
  };
  const visible = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('.skip');
  for (const element of document.body.querySelectorAll('*')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || !visible(element) || scrolls(element)) continue;
    const parent = element.parentElement.getBoundingClientRect();
    const told = parent.left < -1 || parent.right > width + 1;
    if (!told && (box.left < -1 || box.right > width + 1)) faults.push(`sticks out (${Math.round(box.left)} to ${Math.round(box.right)} of ${width}): ${name(element)}`);
  }
  const block = (node) => {
    let at = node.parentElement;
    while (/^inline/.test(getComputedStyle(at).display)) at = at.parentElement;
    return at;
  };
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !visible(node.parentElement)) continue;
    const owner = block(node);
    const clipped = scrolls(node.parentElement);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      // Glyphs fill about the middle half of a line's box.
      const inset = box.height / 4;
      if (box.width > 1 && !clipped) lines.push({ owner, left: box.left, right: box.right, top: box.top + inset, bottom: box.bottom - inset });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  for (let i = 0; i < lines.length; i += 1) {
    for (let j = i + 1; j < lines.length && lines[j].top < lines[i].bottom - 1; j += 1) {
      const [a, b] = [lines[i], lines[j]];
      if (a.owner === b.owner || a.right - 2 < b.left || b.right - 2 < a.left) continue;
      faults.push(`words lie over words: ${name(a.owner)} and ${name(b.owner)}`);
    }
  }
  for (const link of document.querySelectorAll('nav a, .pager a, summary, button, a.embed, a.file')) {
    const box = link.getBoundingClientRect();
    // A link in a line of text is as high as the line; WCAG 2.2, 2.5.8 excepts it.
    const inText = getComputedStyle(link).display === 'inline';
    if (!inText && visible(link) && box.height > 0 && box.height < 24) faults.push(`is only ${Math.round(box.height)} px high: ${name(link)}`);
  }
  return [...new Set(faults)];
}
