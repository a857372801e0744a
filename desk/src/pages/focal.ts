// The focal point of a photo: click the picture, or type two numbers. The mark and both crops follow at once; the server
// cuts the files when the form is sent.

/** Makes the focal point of a page's photo follow. */
export function focal(page: Document): void {
  const frame = page.querySelector<HTMLElement>('[data-focus]');
  const form = page.querySelector<HTMLFormElement>('form[data-focal]');
  const picture = frame?.querySelector('img');
  const x = form?.querySelector<HTMLInputElement>('[name=x]');
  const y = form?.querySelector<HTMLInputElement>('[name=y]');
  if (!frame || !form || !picture || !x || !y) return;
  frame.classList.add('live');
  const follow = () => {
    const [left, top] = [share(x), share(y)];
    const size = [Number(picture.getAttribute('width')), Number(picture.getAttribute('height'))] as const;
    frame.querySelector('[data-mark]')?.setAttribute('transform', `translate(${left * size[0]} ${top * size[1]})`);
    for (const crop of page.querySelectorAll<HTMLImageElement>('[data-crop]')) {
      // From now on the whole picture behind a window, as the server will cut it.
      if (crop.dataset.crop && !crop.src.endsWith(crop.dataset.crop)) crop.src = crop.dataset.crop;
      const box = crop.clientWidth / crop.clientHeight;
      const whole = size[0] / size[1];
      crop.style.objectPosition = `${window_(left, box / whole)} ${window_(top, whole / box)}`;
    }
  };
  frame.addEventListener('click', (event) => {
    const box = picture.getBoundingClientRect();
    x.value = String(Math.round((100 * (event.clientX - box.left)) / box.width));
    y.value = String(Math.round((100 * (event.clientY - box.top)) / box.height));
    follow();
  });
  form.addEventListener('input', follow);
}

const share = (field: HTMLInputElement): number => Math.min(100, Math.max(0, Number(field.value) || 0)) / 100;

/** CSS's position of a window that shows the part `seen` of a picture around `at`, and never beyond its edges. */
function window_(at: number, seen: number): string {
  if (seen >= 1) return '50%';
  const start = Math.min(1 - seen, Math.max(0, at - seen / 2));
  return `${(100 * start) / (1 - seen)}%`;
}
