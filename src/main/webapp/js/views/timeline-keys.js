/** How far the keys go from one message to another; which some do also from a button within it. */
export const MOVES = {
  ArrowUp: { by: -1, within: true },
  ArrowDown: { by: 1, within: true },
  PageUp: { by: -10 },
  PageDown: { by: 10 },
  Home: { by: -Infinity, within: true },
  End: { by: Infinity, within: true },
};

/** What a key does to the message that has the focus. */
export const KEYS = { e: 'edit', r: 'reply', '+': 'react', c: 'copy', Delete: 'delete' };
