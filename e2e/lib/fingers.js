// Keys no faster than fingers: ProseMirror puts its own selection back 20 ms after it got the focus, and reads one that the
// browser moved only with the next `selectionchange`; a key within that time acts where the cursor was before.

const moment = (ms) => new Promise((passed) => { setTimeout(passed, ms); });

/// Every page of a context, those that are there and those to come, is typed in as people do.
export function fingers(context) {
  context.on('page', ({ keyboard }) => {
    for (const [does, delay] of [['press', 40], ['type', 5]]) {
      const strike = keyboard[does].bind(keyboard);
      keyboard[does] = async (keys, options) => { await moment(30); await strike(keys, { delay, ...options }); };
    }
  });
  return context;
}
