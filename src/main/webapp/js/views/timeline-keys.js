/** How far the keys go from one message to another; the vertical ones also from a button within it. */
export const MOVES = {
  ArrowUp: { by: -1, vertical: true },
  ArrowDown: { by: 1, vertical: true },
  PageUp: { by: -10 },
  PageDown: { by: 10 },
  Home: { by: -Infinity },
  End: { by: Infinity },
};

/** What a key does to the message that has the focus. */
export const KEYS = { e: 'edit', r: 'reply', '+': 'react', c: 'copy', Delete: 'delete' };
