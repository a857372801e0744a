// What of the page is to be seen. A phone's keyboard covers its lower part, and some browsers move the page up behind
// it without telling the layout: the bars follow, and menus open where there is room.

export interface Seen {
  top: number;
  bottom: number;
}

/** The part of the window that neither a keyboard covers nor zooming has moved away, as the layout measures it. */
export function seen(): Seen {
  const view = window.visualViewport;
  if (!view) return { top: 0, bottom: innerHeight };
  return { top: Math.max(0, view.offsetTop), bottom: Math.min(innerHeight, view.offsetTop + view.height) };
}

/** Keeps `--seen-top` and `--seen-bottom`, the covered heights at both ends, on `element`. */
export function follow(element: HTMLElement): void {
  const write = () => {
    const { top, bottom } = seen();
    element.style.setProperty('--seen-top', `${Math.round(top)}px`);
    element.style.setProperty('--seen-bottom', `${Math.round(innerHeight - bottom)}px`);
  };
  for (const name of ['resize', 'scroll']) window.visualViewport?.addEventListener(name, write);
  write();
}
