// Every text of the interface, in English: the one list of keys. A text with plural forms names them:
// `one:{n} word|other:{n} words` (the categories of Intl.PluralRules). `{name}` is replaced. Where a page, not a story, is
// written, a text under `page.` comes before the one without.

export const ENGLISH = {
  'headline': 'Headline', 'headline.hint': '{n} of {most} characters', 'headline.long': 'Longer than {most} characters: lists will cut it',
  'standfirst': 'Standfirst', 'standfirst.hint': 'One or two sentences below the headline', 'text': 'Text of the story',
  'text.placeholder': 'Write, or type / for blocks', 'toolbar': 'Formatting', 'toolbar.here': 'What stands here',
  'undo': 'Undo', 'redo': 'Redo', 'strong': 'Strong', 'emphasis': 'Emphasis', 'strike': 'Struck out', 'sub': 'Subscript', 'sup': 'Superscript',
  'code': 'Code', 'link': 'Link', 'language': 'Language or direction', 'block.style': 'Kind of paragraph', 'insert': 'Insert',
  'paragraph': 'Paragraph', 'heading2': 'Heading', 'heading3': 'Subheading', 'heading4': 'Small heading', 'bullet_list': 'Bulleted list',
  'ordered_list': 'Numbered list', 'quote': 'Quote', 'quote.source': 'Who said it', 'pull_quote': 'Pull quote', 'pull_quote.text': 'A sentence of the story',
  'photo.upload': 'Photo from this device', 'photo.library': 'Photo from the library', 'gallery': 'Gallery', 'embed': 'Video, sound or post',
  'file': 'File to download', 'code_block': 'Code block', 'table': 'Table', 'rule': 'Break in thought', 'box.story_so_far': 'The story so far',
  'box.facts': 'Facts box', 'box.note': 'Editors’ note', 'footnote': 'Footnote', 'box': 'Box', 'box.title': 'Title of the box', 'caption': 'Caption',
  'unknown': 'Kept from {system}: {name}', 'unknown.hint': 'This came from another system and is kept as it is.', 'unknown.newer': 'A newer Masthead made this block; it is kept as it is.',
  'unknown.see': 'See how it came', 'footnotes': 'Footnotes',
  'slash.none': 'No block is called that', 'slash.label': 'Blocks', 'slash.count': 'one:{n} block|other:{n} blocks',
  'list.in': 'Indent', 'list.out': 'Outdent', 'list.start': 'First number', 'table.row': 'Add row', 'table.column': 'Add column',
  'table.row.delete': 'Delete row', 'table.column.delete': 'Delete column', 'table.header': 'Heading cell', 'table.merge': 'Merge cells', 'table.split': 'Split cell',
  'align': 'Alignment', 'align.start': 'Start', 'align.center': 'Centre', 'align.end': 'End', 'code.language': 'Written in', 'edit': 'Edit', 'remove': 'Remove',
  'move.up': 'Move up', 'move.down': 'Move down', 'gallery.add': 'Add a photo', 'box.kind': 'Kind of box',
  'link.title': 'Link', 'link.address': 'Address or words to search stories', 'link.wrong': 'A link begins with https:, http:, mailto:, tel:, # or /', 'link.set': 'Set link', 'link.remove': 'Remove link',
  'cancel': 'Cancel', 'close': 'Close', 'save': 'Save', 'done': 'Done', 'retry': 'Retry', 'search': 'Search', 'search.none': 'Nothing found',
  'language.title': 'Language and direction of these words', 'language.tag': 'Language, such as ru or fa', 'language.wrong': 'Write the language like en, ru or pt-BR',
  'direction': 'Direction', 'direction.none': 'As the text around', 'direction.ltr': 'Left to right', 'direction.rtl': 'Right to left', 'select.first': 'Select some words first',
  'embed.title': 'Video, sound or post', 'embed.url': 'Address', 'embed.wrong': 'The address must begin with https: or http:', 'embed.kind': 'Kind',
  'embed.video': 'Video', 'embed.audio': 'Sound', 'embed.post': 'Post', 'embed.link': 'Page', 'embed.source': 'Held by', 'embed.name': 'Title',
  'file.href': 'Address', 'file.name': 'Name', 'file.wrong': 'The address must begin with https:, http: or /',
  'photo.title': 'Photo', 'photo.everywhere': 'The photo, wherever it is shown', 'photo.here': 'In this story', 'photo.alt': 'What is to be seen (alt text)',
  'photo.alt.here': 'Alt text in this story', 'photo.alt.decorative': 'Decorative: nothing to describe', 'photo.caption': 'Caption', 'photo.credit': 'Credit', 'photo.credit.here': 'Credit in this story', 'photo.caption.here': 'Caption in this story',
  'photo.as': 'Empty: as the photo itself says', 'photo.focal': 'Focal point: click on what must stay visible', 'photo.focal.x': 'Across', 'photo.focal.y': 'Down',
  'photo.width': 'Width', 'photo.width.text': 'As the text', 'photo.width.wide': 'Wider than the text', 'photo.width.full': 'Edge to edge',
  'photo.width.start': 'Beside the text, start', 'photo.width.end': 'Beside the text, end', 'photo.missing': 'The picture itself is not here yet', 'photo.no_alt': 'No alt text', 'photo.no_credit': 'No credit',
  'photo.failed': 'The description could not be saved. {message}', 'library': 'Photo library',
  'upload.progress': '{name}: {percent} sent', 'upload.cancel': 'Cancel', 'upload.failed': '{name} was not added: {message}', 'upload.broken': 'the connection broke',
  'upload.stalled': 'nothing of it has arrived for a while', 'upload.again': 'Try again',
  'upload.kind': 'this kind of file is no photo; use JPEG, PNG, WebP or AVIF', 'upload.working': '{name} is being prepared', 'upload.done': '{name} was added',
  'paste.words': 'The formatting was too large to paste: only the words were', 'paste.large': 'Not pasted: {size} MB is too much at once, {most} MB is the most. Paste it in parts.',
  'paste.images': 'one:{n} pasted picture was left out: add it as a file|other:{n} pasted pictures were left out: add them as files',
  'saved': 'Saved {time}', 'saved.never': 'Nothing to save yet', 'waiting': 'Kept on this device, saving soon', 'saving': 'Saving…', 'offline': 'Offline: kept on this device',
  'trouble': 'The server does not answer: kept on this device, trying again', 'refused': 'Not saved: {message} Kept on this device.', 'signed_out': 'Signed out: kept on this device. Sign in again in another tab, then press retry.',
  'conflict': 'Two versions: yours is kept on this device', 'reading': 'Read only', 'device.failed': 'This device does not keep the text: leave this page open until it is saved', 'unreadable': 'The story editor could not read this page. Reload it; if that does not help, the newsroom’s technician needs to know.',
  'conflict.title': '{by} changed this story too', 'conflict.explain': 'Nothing is lost: what you do not choose stays on this device until you dismiss it.', 'conflict.mine': 'Mine', 'conflict.theirs': 'Theirs: {by}, {time}',
  'conflict.keep': 'Keep mine', 'conflict.take': 'Take theirs', 'conflict.merge': 'Merge by hand', 'conflict.choose': 'Choose', 'conflict.differs': 'differs', 'conflict.insert': 'Insert into my text',
  'lock.theirs': '{by} is writing this story. You can read along.', 'lock.take': 'Take over', 'lock.taken': '{by} took over. What you had typed and was not saved is kept on this device.', 'lock.yours': 'You are writing now',
  'kept': 'Kept on this device', 'kept.mine': 'Your version, {time}', 'kept.theirs': 'The version of {by}, {time}', 'kept.taken': 'What you typed before {by} took over, {time}',
  'kept.show': 'Show', 'kept.back': 'Put back', 'kept.dismiss': 'Dismiss', 'kept.dismiss.sure': 'Dismiss for good', 'restored': 'What you typed before is back',
  'details': 'Details', 'slug': 'Address', 'section': 'Section', 'section.none': 'None', 'topics': 'Topics', 'bylines': 'Bylines', 'add.search': 'Search to add', 'lead_photo': 'Lead photo', 'lead_photo.none': 'No lead photo',
  'sources': 'Sources', 'source.name': 'Name', 'source.url': 'Address', 'source.note': 'Note', 'source.add': 'Add a source',
  'words': 'one:{n} word|other:{n} words', 'minutes': 'one:{n} minute to read|other:{n} minutes to read', 'state.draft': 'Draft', 'state.in_review': 'In review', 'state.ready': 'Ready', 'state.scheduled': 'Scheduled', 'state.published': 'Published', 'state.withdrawn': 'Withdrawn',
  'checks': 'Before it goes out', 'checks.none': 'Nothing is missing', 'checks.count': 'one:{n} thing to look at|other:{n} things to look at', 'check.alt': 'A photo has no alt text', 'check.credit': 'A photo has no credit', 'check.headline': 'The headline is too long',
  'links.check': 'Check the links', 'links.hint': 'The server then asks the other sites whether the pages are there. Their owners can see that somebody asked, so it only happens when you press this.',
  'links.checking': 'Checking the links…', 'links.done': 'Links checked: {n}. Dead: {dead}. Not to be checked: {unknown}.', 'links.failed': 'The links could not be checked. {message}',
  'check.dead': 'A link is dead: {href}', 'check.unknown': 'A link could not be checked, open it yourself: {href}', 'check.dead.source': 'The address of a source is dead: {href}',
  'check.unknown.source': 'The address of a source could not be checked, open it yourself: {href}',
  'check.headline.none': 'There is no headline', 'check.link': 'A link is empty or leads nowhere', 'check.section': 'No section is chosen', 'check.note': 'A footnote is not referred to', 'check.note.missing': 'A reference has no footnote', 'check.headings': 'A heading is empty',
  'page.headline': 'Title', 'page.text': 'Text of the page', 'page.conflict.title': '{by} changed this page too', 'page.lock.theirs': '{by} is writing this page. You can read along.',
  'page.check.headline.none': 'There is no title', 'page.photo.here': 'In this page', 'page.photo.alt.here': 'Alt text in this page', 'page.photo.credit.here': 'Credit in this page',
  'help': 'Keyboard', 'help.title': 'Keyboard', 'help.slash': 'Insert a block', 'help.toolbar': 'Go to the toolbar', 'help.escape': 'Close a menu; then Tab leaves the text', 'help.tab': 'Indent in lists, next cell in tables',
  'help.break': 'New line within the paragraph', 'help.paragraph': 'Paragraph', 'help.headings': 'Headings', 'help.save': 'Save now', 'help.help': 'This help', 'help.empty': 'on an empty line',
} as const;

export type Key = keyof typeof ENGLISH;
type Values = Record<string, string | number>;

let texts: Record<string, string> = ENGLISH;
let locale = 'en';
let prefix = '';

/** The interface's language, and what is written; a missing text is shown in English. */
export function speak(language: string, strings: Record<string, string>, kind: 'story' | 'page' | 'text' = 'story'): void {
  locale = language;
  prefix = kind !== 'story' ? 'page.' : '';
  texts = { ...ENGLISH, ...strings };
}

const text = (key: Key): string => (prefix && texts[prefix + key]) || (texts[key] ?? ENGLISH[key]);
const number = (value: number) => new Intl.NumberFormat(locale).format(value);

export function t(key: Key, values: Values = {}): string {
  return fill(text(key), values);
}

/** A text that counts `n`. */
export function count(key: Key, n: number): string {
  const forms = new Map(text(key).split('|').map((form): [string, string] => {
    const colon = form.indexOf(':');
    return [form.slice(0, colon), form.slice(colon + 1)];
  }));
  return fill(forms.get(new Intl.PluralRules(locale).select(n)) ?? forms.get('other') ?? '', { n });
}

function fill(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === 'number' ? number(value) : value;
  });
}

export const percent = (share: number) => new Intl.NumberFormat(locale, { style: 'percent' }).format(share);

export function time(at: string | number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(locale, today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** How the interface's language calls another. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
