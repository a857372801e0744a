// Lists and tables as the schema has them: a nested list within an item, a cell with one line of text.

/** Google Docs and old HTML put a nested list beside its item; it belongs into it. */
export function nestLists(body: HTMLElement): void {
  for (const list of [...body.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')]) {
    const before = list.previousElementSibling;
    if (before?.tagName === 'LI') before.append(list);
    else {
      const item = body.ownerDocument.createElement('li');
      list.replaceWith(item);
      item.append(list);
    }
  }
}

const BLOCKS = 'p,div,h1,h2,h3,h4,h5,h6,li,blockquote,pre';

/** Blocks within a cell become lines of it; tables within a cell become lines too. */
export function flattenCells(body: HTMLElement): void {
  for (const inner of [...body.querySelectorAll('td table, th table')]) inner.replaceWith(...lines([...inner.querySelectorAll('td,th')]));
  for (const cell of body.querySelectorAll('td,th')) {
    const blocks = [...cell.querySelectorAll(BLOCKS)].filter((block) => !block.querySelector(BLOCKS));
    if (blocks.length > 0) cell.replaceChildren(...lines(blocks));
  }
  for (const table of [...body.querySelectorAll('table')]) {
    const caption = table.querySelector('caption');
    if (caption) table.before(Object.assign(body.ownerDocument.createElement('p'), { textContent: caption.textContent }));
    caption?.remove();
    if (!table.querySelector('td,th')) table.remove();
  }
}

/** The contents of these elements, a break between any two that say something. */
function lines(elements: Element[]): Node[] {
  const saying = elements.filter((element) => element.textContent?.trim());
  return saying.flatMap((element, index): Node[] => {
    const nodes = [...element.childNodes];
    return index > 0 ? [element.ownerDocument.createElement('br'), ...nodes] : nodes;
  });
}
