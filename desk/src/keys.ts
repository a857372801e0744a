// The keyboard: one table of keys and what they do, and typed shorthands.

import { baseKeymap, chainCommands, exitCode, toggleMark } from 'prosemirror-commands';
import { redo, undo } from 'prosemirror-history';
import { inputRules, InputRule, textblockTypeInputRule, wrappingInputRule } from 'prosemirror-inputrules';
import { keymap } from 'prosemirror-keymap';
import { liftListItem, sinkListItem, splitListItem } from 'prosemirror-schema-list';
import type { Command, EditorState, Plugin, Transaction } from 'prosemirror-state';
import { goToNextCell } from 'prosemirror-tables';
import { ancestor, enterInLine, fresh, insertBlock, insertBreak, insertFootnote, leaveOnEmpty, setStyle, toggleList } from './commands';
import { nodes, schema } from './document/schema';

interface Actions {
  link(): void;
  help(): void;
  toolbar(): void;
  save(): void;
}

const act = (work: () => void): Command => () => {
  work();
  return true;
};

export function keys(actions: Actions): Plugin[] {
  const { marks } = schema;
  const item = nodes.list_item!;
  // After Escape the next Tab leaves the text, so that nobody is caught in it.
  let leaving = false;
  const tab = (inside: Command): Command => (state, dispatch, view) => {
    const stays = !leaving && inside(state, dispatch, view);
    leaving = false;
    return stays;
  };
  const escape: Command = () => {
    leaving = true;
    return false;
  };
  const inList = (command: Command): Command => (state, dispatch, view) =>
    command(state, dispatch, view) || ancestor(state, ['list_item']) !== null;
  return [keymap({
    'Mod-b': toggleMark(marks.strong!), 'Mod-i': toggleMark(marks.emphasis!), 'Mod-e': toggleMark(marks.code!),
    'Mod-Shift-x': toggleMark(marks.strike!), 'Mod-,': toggleMark(marks.sub!), 'Mod-.': toggleMark(marks.sup!),
    'Mod-k': act(actions.link), 'Mod-/': act(actions.help), 'Alt-F10': act(actions.toolbar), 'Mod-s': act(actions.save),
    'Mod-Alt-0': setStyle('paragraph'), 'Mod-Alt-1': setStyle('heading2'), 'Mod-Alt-2': setStyle('heading3'), 'Mod-Alt-3': setStyle('heading4'),
    'Mod-Shift-8': toggleList('bullet_list'), 'Mod-Shift-7': toggleList('ordered_list'), 'Mod-Alt-f': insertFootnote,
    'Mod-z': undo, 'Mod-y': redo, 'Mod-Shift-z': redo,
    'Shift-Enter': chainCommands(exitCode, insertBreak), 'Mod-Enter': chainCommands(exitCode, insertBreak),
    Enter: chainCommands(enterInLine, splitListItem(item), leaveOnEmpty),
    Tab: tab(chainCommands(goToNextCell(1), inList(sinkListItem(item)))),
    'Shift-Tab': tab(chainCommands(goToNextCell(-1), inList(liftListItem(item)))),
    'Mod-]': sinkListItem(item), 'Mod-[': liftListItem(item), Escape: escape,
  }), keymap(baseKeymap)];
}

/** `## ` makes a heading, `- ` a list, `1. ` a numbered one, `> ` a quote, three dashes a break, three backticks code. */
export function shorthands(): Plugin {
  const rule = new InputRule(/^(---|\*\*\*)$/, (state) => insertBlock(emptied(state), fresh.rule()));
  return inputRules({ rules: [
    textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading!, (match) => ({ level: match[1]!.length })),
    wrappingInputRule(/^\s*[-*•]\s$/, nodes.bullet_list!),
    wrappingInputRule(/^(\d+)[.)]\s$/, nodes.ordered_list!, (match) => ({ start: Number(match[1]) }), (match, node) =>
      node.childCount + node.attrs.start === Number(match[1])),
    textblockTypeInputRule(/^```$/, nodes.code_block!),
    rule,
    new InputRule(/^>\s$/, (state) => insertBlock(emptied(state), fresh.quote())),
  ] });
}

/** Without what was typed into the line of the cursor. */
function emptied(state: EditorState): Transaction {
  const { $from } = state.selection;
  return state.tr.delete($from.start(), $from.end());
}
