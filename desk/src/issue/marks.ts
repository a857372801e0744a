// Marks in a text of Markdown: Ctrl or ⌘ with B, I and K.

const MARKS: [key: string, before: string, after: string][] = [
  ['b', '**', '**'],
  ['i', '*', '*'],
  ['k', '[', '](https://)'],
];

/** Makes them work in every such text of a form. */
export function marks(form: HTMLFormElement): void {
  for (const field of form.querySelectorAll<HTMLTextAreaElement>('textarea[data-marks]')) {
    field.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const mark = MARKS.find(([key]) => key === event.key.toLowerCase());
      if (!mark) return;
      event.preventDefault();
      put(field, mark[1], mark[2]);
    });
  }
}

/** Puts marks around what is chosen. Through the browser, so that it can be undone. */
function put(field: HTMLTextAreaElement, before: string, after: string): void {
  const [start, end] = [field.selectionStart, field.selectionEnd];
  const chosen = field.value.slice(start, end);
  field.focus();
  // Old, and the one way that the browser's own undo knows of.
  if (!document.execCommand('insertText', false, before + chosen + after)) field.setRangeText(before + chosen + after, start, end, 'end');
  const address = after.indexOf('https://');
  if (address >= 0 && chosen) {
    const from = start + before.length + chosen.length + address;
    field.setSelectionRange(from, from + 'https://'.length);
  } else {
    field.setSelectionRange(start + before.length, start + before.length + chosen.length);
  }
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
