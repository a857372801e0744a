// Writing with others: who may write, whose version goes on, what comes back after a reload or a take-over.
// One rule holds everywhere: a text leaves the screen only after the device has it.

import type { App } from './app';
import { fieldsOf, type Fields, type Story } from './data';
import { equal } from './equal';
import { chooseVersion } from './panels/versions';
import { learnPhoto } from './photos';
import type { Draft } from './save/device';
import { names, pick, type Conflict } from './save/keeper';
import { t } from './strings';

export class Together {
  private open: Conflict | null = null;
  private shown: HTMLDialogElement | null = null;
  private begun = false;

  constructor(private readonly app: App) {}

  /** Brings back what an earlier page left on this device, then asks for the lock. */
  async begin(): Promise<void> {
    const { app } = this;
    const { lock } = app.story;
    const drafts = (await app.device.abandonedDrafts().catch(() => [])).filter((draft) => !this.isSaved(draft));
    const free = !lock || lock.mine;
    if (free) app.allow(true);
    else this.showTheirs(lock.by, false);
    const [newest, ...older] = drafts;
    if (newest && free) await this.resume(newest);
    for (const draft of free ? older : drafts) await this.setAside(draft);
    await app.drawKept();
    this.begun = true;
    app.lock.start();
  }

  private isSaved(draft: Draft): boolean {
    const known = fieldsOf(this.app.story);
    const saved = names(draft.fields).every((name) => equal(draft.fields[name], known[name]));
    if (saved) void this.app.device.dropDraft(draft.key);
    return saved;
  }

  private async resume(draft: Draft): Promise<void> {
    const { app } = this;
    const known = fieldsOf(app.story);
    const own = draft.sent?.some((sent) => names(sent).every((name) => equal(sent[name], known[name])));
    app.restore(draft.fields);
    app.keeper.sent = draft.sent ?? [];
    if (draft.base === app.story.version || own) app.say(t('restored'));
    else {
      const { version, saved_by, saved_at } = app.story;
      app.keeper.base = draft.base;
      app.keeper.pause('conflict');
      this.conflict({ status: 409, version, saved_by: saved_by ?? '', saved_at: saved_at ?? '', fields: known });
    }
    await app.keeper.toDevice();
    await app.device.dropDraft(draft.key);
  }

  private async setAside(draft: Draft): Promise<void> {
    await this.app.device.keep({ why: 'mine', by: '', at: draft.at, fields: draft.fields });
    await this.app.device.dropDraft(draft.key);
  }

  conflict(conflict: Conflict): void {
    this.open = conflict;
    this.reopen();
  }

  reopen(): void {
    const { app, open } = this;
    if (!open || this.shown?.isConnected) return;
    const now = app.current();
    const theirs = { ...app.keeper.known, ...open.fields };
    const language = { lang: app.story.language, dir: app.story.direction };
    this.shown = chooseVersion(open.saved_by, open.saved_at, now, theirs, language, {
      keep: () => void this.keep(open, 'none'), take: () => void this.take(open), merge: () => void this.keep(open, 'newest'),
    });
  }

  private async keep(conflict: Conflict, show: 'newest' | 'none'): Promise<void> {
    const { app } = this;
    await app.device.keep({ why: 'theirs', by: conflict.saved_by, at: Date.now(), fields: conflict.fields });
    this.open = null;
    const mine = names(app.keeper.mine());
    app.adopt(pick(conflict.fields, names(conflict.fields).filter((name) => !mine.includes(name))));
    app.keeper.resume(conflict.version, { ...app.keeper.known, ...conflict.fields }, mine, conflict.saved_at);
    await app.drawKept(show);
    if (show === 'newest') app.details.kept.scrollIntoView({ block: 'start' });
  }

  private async take(conflict: Conflict): Promise<void> {
    const { app } = this;
    await app.device.keep({ why: 'mine', by: '', at: Date.now(), fields: app.keeper.mine() });
    this.open = null;
    app.adopt(conflict.fields);
    app.keeper.resume(conflict.version, { ...app.keeper.known, ...conflict.fields }, [], conflict.saved_at);
    await app.drawKept();
  }

  /** The lock is ours: go on from what the server has now. */
  async mine(): Promise<void> {
    const { app } = this;
    app.frame.showLock(null);
    if (app.editable) return;
    const story = await this.fetch();
    app.allow(true);
    app.keeper.resume(story?.version ?? app.keeper.base, story ? fieldsOf(story) : app.keeper.known, [], story?.saved_at ?? null);
    app.say(t('lock.yours'));
    await app.drawKept();
    app.view.focus();
  }

  /** Somebody else writes. What is typed here and not saved goes to the device first. */
  async theirs(by: string): Promise<void> {
    const { app } = this;
    const took = app.editable && this.begun;
    if (!took) return this.showTheirs(by, false);
    const unsaved: Partial<Fields> = app.keeper.mine();
    const dirty = app.keeper.dirty;
    this.showTheirs(by, dirty);
    this.open = null;
    this.shown?.close();
    if (dirty) {
      await app.device.keep({ why: 'taken', by, at: Date.now(), fields: unsaved });
      app.keeper.letGo();
      await app.device.dropDraft();
    }
    await this.follow();
    await app.drawKept();
  }

  private showTheirs(by: string, lost: boolean): void {
    const { app } = this;
    app.allow(false);
    app.keeper.pause('reading');
    app.frame.showLock(by, lost);
  }

  async saved(version: number): Promise<void> {
    if (!this.app.editable && version > this.app.keeper.base) await this.follow();
  }

  private async follow(): Promise<void> {
    const story = await this.fetch();
    if (!story || this.app.editable) return;
    const { keeper } = this.app;
    Object.assign(keeper, { base: story.version, known: fieldsOf(story) });
  }

  /** The story as the server has it now, shown; null without an answer. */
  private async fetch(): Promise<Story | null> {
    const { app } = this;
    const page = await app.api.page().catch(() => null);
    if (!page || app.editable) return null;
    app.api.csrf = page.csrf;
    app.story = page.story;
    Object.values(page.story.photos).forEach(learnPhoto);
    app.adopt(fieldsOf(page.story));
    return page.story;
  }
}
