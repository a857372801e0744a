// Sending photos to the library: chosen or dropped, one after the other, each with its progress, a way to stop it, and
// words that say why it was not taken. A file that was cut off is kept on the page to be sent again.

/** Makes every place for uploads of a page work. */
export function uploads(page: Document): void {
  for (const home of page.querySelectorAll<HTMLElement>('[data-uploads]')) {
    home.hidden = false;
    const input = home.querySelector<HTMLInputElement>('input[type=file]');
    const list = home.querySelector<HTMLElement>('[data-progress]');
    if (!input || !list) continue;
    let last: Promise<void> = Promise.resolve();
    const take = (files: Iterable<File>) => {
      const some = input.multiple ? [...files] : [...files].slice(0, 1);
      // One at a time: the server prepares one while the next one travels, and a slow line is not shared.
      for (const file of some) last = line(home, list, file, last);
    };
    input.addEventListener('change', () => {
      take(input.files ?? []);
      input.value = '';
    });
    drops(home, take);
  }
}

function drops(home: HTMLElement, take: (files: Iterable<File>) => void): void {
  const carries = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  const over = (event: DragEvent, on: boolean) => {
    if (!carries(event)) return;
    event.preventDefault();
    home.classList.toggle('over', on);
  };
  // A file dropped beside the frame would otherwise replace the page.
  document.addEventListener('dragover', (event) => over(event, true));
  document.addEventListener('dragleave', (event) => event.relatedTarget === null && over(event, false));
  document.addEventListener('drop', (event) => {
    over(event, false);
    if (carries(event)) take(event.dataTransfer?.files ?? []);
  });
}

/** A file's line in the list; resolves when it was sent, or not. */
async function line(home: HTMLElement, list: HTMLElement, file: File, before: Promise<void>): Promise<void> {
  const words = home.dataset;
  const text = document.createElement('span');
  const bar = Object.assign(document.createElement('progress'), { max: 100, value: 0 });
  bar.setAttribute('aria-label', file.name);
  const button = Object.assign(document.createElement('button'), { type: 'button', className: 'plain' });
  const item = document.createElement('li');
  item.append(text, bar, button);
  list.append(item);
  const say = (template: string | undefined, percent = 0) => {
    text.textContent = (template ?? '').replace('{name}', file.name).replace('{percent}', String(percent));
  };
  const fail = (why: string | undefined, again: boolean) => {
    say(words.failed);
    text.append(` ${why ?? ''}`);
    item.classList.add('failed');
    bar.hidden = true;
    button.hidden = !again;
    button.textContent = words.again ?? '';
    button.onclick = () => {
      item.remove();
      void line(home, list, file, Promise.resolve());
    };
  };
  say(words.sending);
  await before;
  if (file.type && !file.type.startsWith('image/')) {
    fail(words.kind, false);
    return;
  }
  await new Promise<void>((ended) => {
    const request = new XMLHttpRequest();
    request.open(words.method ?? 'POST', words.to ?? '');
    request.setRequestHeader('x-csrf-token', words.csrf ?? '');
    request.setRequestHeader('content-type', file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => {
      bar.value = event.lengthComputable ? (100 * event.loaded) / event.total : 0;
      if (bar.value < 100) say(words.sending, Math.floor(bar.value));
    };
    request.upload.onload = () => {
      bar.removeAttribute('value');
      say(words.working);
    };
    request.onload = () => {
      const answer = parsed(request.responseText);
      if (request.status < 300 && answer.photo) done(home, item, text, answer.photo);
      else fail(answer.message ?? String(request.status), request.status !== 422);
    };
    request.onerror = () => fail(words.broken, true);
    request.onabort = () => item.remove();
    request.onloadend = () => ended();
    button.textContent = words.stop ?? '';
    button.onclick = () => request.abort();
    request.send(file);
  });
}

interface Photo {
  id: string;
  preview: string;
  caption: string;
  alt: string;
}

function parsed(text: string): { photo?: Photo; message?: string } {
  try {
    return JSON.parse(text) as { photo?: Photo; message?: string };
  } catch {
    return {};
  }
}

/** A new photo is linked; one that was replaced is shown on its own page. */
function done(home: HTMLElement, item: HTMLElement, text: HTMLElement, photo: Photo): void {
  if (!home.dataset.open) {
    const here = new URL(location.href);
    here.searchParams.set('said', 'photo-replaced');
    location.assign(here);
    return;
  }
  const link = Object.assign(document.createElement('a'), { href: home.dataset.open + photo.id });
  link.textContent = photo.caption || photo.alt || text.textContent?.replace(home.dataset.working ?? '', '') || photo.id;
  text.replaceChildren(`${home.dataset.done ?? ''} `, link);
  item.querySelector('progress')?.remove();
  item.querySelector('button')?.remove();
  // The grid shows it without losing what is still on its way.
  document.querySelector('form[data-live]')?.dispatchEvent(new Event('change'));
}
