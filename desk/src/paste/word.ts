// Word writes a list as paragraphs with `mso-list:l0 level1 lfo1` and the bullet as text in a span to be ignored.

/** Turns runs of such paragraphs into lists. */
export function wordLists(body: HTMLElement): void {
  const paragraphs = [...body.querySelectorAll<HTMLElement>('p[data-style*="mso-list"], p[class^="MsoListParagraph"]')];
  const lists: { level: number; list: HTMLElement }[] = [];
  let previous: Element | null = null;
  for (const paragraph of paragraphs) {
    const level = Number(/level(\d+)/.exec(paragraph.getAttribute('data-style') ?? '')?.[1] ?? 0);
    if (level === 0) continue;
    const marker = takeMarker(paragraph);
    if (paragraph.previousElementSibling !== previous || previous === null) lists.length = 0;
    while (lists.length > 0 && lists.at(-1)!.level > level) lists.pop();
    if (lists.at(-1)?.level !== level) open(body, paragraph, lists, level, marker);
    const item = body.ownerDocument.createElement('li');
    const top = lists[0]!.list;
    lists.at(-1)!.list.append(item);
    paragraph.removeAttribute('class');
    item.append(paragraph);
    previous = top;
  }
}

function open(body: HTMLElement, paragraph: Element, lists: { level: number; list: HTMLElement }[], level: number, marker: string): void {
  const number = /^\(?(\d+|[a-z]|[ivx]+)[.)]/i.exec(marker);
  const list = body.ownerDocument.createElement(number ? 'ol' : 'ul');
  if (number && /^\d+$/.test(number[1]!) && number[1] !== '1') list.setAttribute('start', number[1]!);
  const parent = lists.at(-1)?.list.lastElementChild;
  if (parent) parent.append(list);
  else paragraph.before(list);
  lists.push({ level, list });
}

function takeMarker(paragraph: HTMLElement): string {
  const ignored = [...paragraph.querySelectorAll('span[data-style*="mso-list"]')].filter((span) => /Ignore/i.test(span.getAttribute('data-style') ?? ''));
  const marker = ignored.map((span) => span.textContent ?? '').join('').trim();
  for (const span of ignored) span.remove();
  return marker;
}
