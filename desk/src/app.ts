// The editor as a whole: it puts the parts together and decides what happens when somebody else writes too.

import { Selection } from 'prosemirror-state';
import type { EditorView } from 'prosemirror-view';
import { checks, countWords, minutes, type Check, type Doubtful } from './checks';
import { insertBlock } from './commands';
import { fieldsOf, type EditorData, type FieldName, type Fields, type Story } from './data';
import type { Desk } from './desk';
import { readDocument } from './document/read';
import { writeDocument } from './document/write';
import { debounce } from './dom';
import { createView, stateOf } from './editor';
import { equal } from './equal';
import { Frame } from './frame';
import { ContextRow } from './menus/context';
import { SlashMenu } from './menus/slash';
import { Toolbar } from './menus/toolbar';
import { editLink } from './panels/address_dialogs';
import { Details } from './panels/details';
import { showHelp } from './panels/help';
import { drawKept, type KeptActions } from './panels/versions';
import { learnPhoto } from './photos';
import { Api } from './save/api';
import { Device } from './save/device';
import { Keeper, names } from './save/keeper';
import { Lock } from './save/lock';
import { follow } from './seen';
import { count, t } from './strings';
import { Together } from './together';

export class App implements Desk {
  readonly api: Api;
  readonly kind: EditorData['kind'];
  readonly device: Device;
  readonly keeper: Keeper;
  readonly lock: Lock;
  readonly details: Details;
  readonly frame: Frame;
  view!: EditorView;
  editable = false;
  private readonly toolbar = new Toolbar(() => this);
  private readonly context = new ContextRow(() => this);
  private readonly parts;
  private readonly doubtful: Doubtful = new Map();
  private readonly look = debounce(400, () => this.count());

  constructor(readonly home: HTMLElement, data: EditorData) {
    this.story = data.story;
    this.kind = data.kind;
    Object.values(data.story.photos).forEach(learnPhoto);
    this.api = new Api(data.api, data.kind, data.csrf);
    this.device = new Device(data.story.id, data.me.handle);
    this.frame = new Frame(data.kind, data.story, this.toolbar.dom, this.context.dom, {
      changed: (name) => this.touch(name), retry: () => this.keeper.retry(), help: showHelp, down: () => this.view.focus(),
      take: () => void this.lock.take().catch(() => undefined), choose: () => together.reopen(),
    });
    this.details = new Details(() => this, fieldsOf(data.story), (name) => this.touch(name), () => this.checkLinks());
    const together = new Together(this);
    this.keeper = new Keeper(this.api, this.device, {
      current: () => this.current(), status: (status) => this.frame.showStatus(status), conflict: (conflict) => together.conflict(conflict),
      adopt: (fields) => this.adopt(fields), taken: (by) => { this.lock.held = true; this.lock.lost(by); }, deviceFailed: () => this.say(t('device.failed')),
    }, data.story.version, fieldsOf(data.story), data.story.saved_at);
    this.lock = new Lock(this.api, {
      mine: () => void together.mine(), theirs: (by) => void together.theirs(by), saved: (version) => void together.saved(version),
      state: (state) => this.frame.showState(state), signedOut: () => this.keeper.pause('signed_out'),
      forbidden: (message) => void this.keeper.forbidden(message),
    });
    this.parts = {
      desk: () => this, slash: new SlashMenu(() => this, (text) => this.frame.announce(text)), changed: () => this.touch('document'),
      moved: () => { this.toolbar.follow(); this.context.follow(); }, left: () => this.keeper.flush(),
      actions: { link: () => editLink(this), help: showHelp, toolbar: () => this.toolbar.focus(), save: () => this.keeper.flush() },
    };
    follow(home);
    home.replaceChildren(this.frame.dom, this.details.dom);
    this.view = createView(this.frame.text, readDocument(data.story.document), this.parts);
    this.count();
    this.frame.showStatus(this.keeper.status);
    this.toolbar.follow();
    void together.begin();
  }

  story: Story;

  say(text: string): void {
    this.frame.say(text);
  }

  current(): Fields {
    return { ...this.details.read(), ...this.frame.read(), document: writeDocument(this.view.state.doc) };
  }

  touch(name: FieldName): void {
    this.keeper.touch(name);
    this.look();
  }

  /** Shows other values without taking them for typed ones. Undo does not reach behind a text that came from elsewhere. */
  adopt(fields: Partial<Fields>): void {
    this.frame.write(fields);
    this.details.write(fields, [...this.story.topics, ...this.story.bylines]);
    if (fields.document && !equal(fields.document, writeDocument(this.view.state.doc))) {
      const { from } = this.view.state.selection;
      const state = stateOf(readDocument(fields.document), this.parts);
      const at = Selection.near(state.doc.resolve(Math.min(from, state.doc.content.size)));
      this.view.updateState(state.apply(state.tr.setSelection(at)));
    }
    this.look();
  }

  /** Takes what another version says as if it had been typed: it will be saved. */
  restore(fields: Partial<Fields>): void {
    this.adopt(fields);
    this.keeper.touch(...names(fields));
  }

  allow(editable: boolean): void {
    this.editable = editable;
    this.frame.allow(editable);
    this.details.draw();
    this.view.setProps({});
    this.toolbar.follow();
    this.context.follow();
  }

  drawKept(open: 'newest' | 'none' = 'none'): Promise<void> {
    const language = { lang: this.story.language, dir: this.story.direction };
    const actions: KeptActions = {
      all: () => this.device.kept(), current: () => this.current(), language, editable: () => this.editable,
      insert: (block) => { this.view.dispatch(insertBlock(this.view.state.tr, block)); this.view.focus(); },
      back: (kept) => void this.back(kept.fields).then(() => this.device.dropKept(kept.key)).then(() => this.drawKept()),
      dismiss: (kept) => this.device.dropKept(kept.key),
    };
    return drawKept(this.details.kept, actions, open);
  }

  /** Puts a kept text back; the present one takes its place on the device. */
  private async back(fields: Partial<Fields>): Promise<void> {
    const now = this.current();
    const replaced = Object.fromEntries(names(fields).map((name) => [name, now[name]]));
    await this.device.keep({ why: 'mine', by: '', at: Date.now(), fields: replaced });
    this.restore(fields);
    this.keeper.flush();
  }

  private count(): void {
    const words = countWords(this.view.state.doc, this.story.language);
    const { headline } = this.frame.read();
    const found = checks(this.view.state.doc, { ...this.details.read(), headline }, this.kind, this.doubtful);
    this.frame.showCounts(`${count('words', words)}, ${count('minutes', minutes(words))}`, found.length);
    this.details.showChecks(found, (pos) => this.go(found, pos));
  }

  /** What the server found of the links it has; the text is saved first, so that it has all. A line to read. */
  private async checkLinks(): Promise<string> {
    if (!(await this.keeper.saved())) return t('links.failed', { message: '' });
    const answer = await this.api.links().catch(() => ({ message: t('upload.broken') }));
    if ('message' in answer) return t('links.failed', { message: answer.message });
    this.doubtful.clear();
    for (const { href, state } of answer.links) if (state !== 'ok') this.doubtful.set(href, state);
    this.count();
    const states = [...this.doubtful.values()];
    const dead = states.filter((state) => state === 'dead').length;
    return t('links.done', { n: answer.links.length, dead, unknown: states.length - dead });
  }

  private go(_: Check[], pos: number): void {
    const { state } = this.view;
    this.view.dispatch(state.tr.setSelection(Selection.near(state.doc.resolve(Math.min(pos + 1, state.doc.content.size)))).scrollIntoView());
    this.view.focus();
  }
}
