/**
 * A room's rows: root messages in the order of their seq, and gaps. A gap stands for the seqs between `after` and
 * `until`, both excluded, that are not here; `until: null` as long as nothing came behind it.
 *
 * @typedef {{type: 'message', seq: number, n?: number, id: string, time: number, from: string, name: string,
 *   guest?: boolean, kind: string, body: object, edited?: number, deleted?: number, reactions?: object[]}} Message
 * @typedef {{type: 'gap', after: number, until: number | null, beyond: boolean, jumped: boolean}} Gap `beyond`: the server
 *   does not have it either; `jumped`: it is there because somebody went to an old message, so reading goes on downwards
 * @typedef {Message | Gap} Item
 */

/** Kinds that are about another message and have no row of their own. */
const ABOUT_OTHERS = new Set(['edit', 'delete', 'react']);

export const isRoot = ({ kind }) => !ABOUT_OTHERS.has(kind);

const asItem = (message) => ({ type: 'message', ...message });

/** Where an item stands among the others; a gap behind the last message before it. */
export const place = (item) => (item.type === 'gap' ? item.after + 0.5 : item.seq);

/** @returns {number} the index of the first item at or behind a place */
export function lowerBound(items, at) {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place(items[middle]) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @returns {Message | undefined} */
export function messageAt(items, seq) {
  const item = items[lowerBound(items, seq)];
  return item?.type === 'message' && item.seq === seq ? item : undefined;
}

/** The first page of a room. `renewed`: the numbering began anew, so nothing from before belongs to it. */
export function firstPage(messages, renewed) {
  const roots = messages.filter(isRoot).map(asItem);
  if (!renewed) return roots;
  return [{ type: 'gap', after: 0, until: roots[0]?.seq ?? null, beyond: true, jumped: false }, ...roots];
}

/** Entries of the log in their order: new rows, and changes of earlier ones. */
export function follow(items, messages) {
  const next = [...items];
  const last = next.at(-1);
  if (last?.type === 'gap' && last.until === null && messages.length > 0) {
    next[next.length - 1] = { ...last, until: messages[0].seq };
  }
  for (const message of messages) fold(next, message);
  return next;
}

function fold(items, message) {
  if (isRoot(message)) {
    // In an ephemeral room nothing is numbered: there the order of arrival is.
    items.push({ ...asItem(message), seq: message.seq ?? (items.at(-1)?.seq ?? 0) + 1 });
    return;
  }
  const at = lowerBound(items, message.body.target);
  const target = items[at];
  // What it is about is not here: older pages come folded.
  if (target?.type === 'message' && target.seq === message.body.target) items[at] = FOLDS[message.kind](target, message);
}

const FOLDS = {
  edit: (item, { time, body: { target, ...body } }) => ({ ...item, body, edited: time }),
  delete: (item, { time }) => ({ ...item, body: {}, deleted: time, reactions: [] }),
  react: (item, { from, body }) => ({ ...item, reactions: react(item.reactions ?? [], from, body) }),
};

/** @param {{emoji: string, remove?: boolean}} body */
export function react(reactions, from, { emoji, remove = false }) {
  const others = (list) => list.filter((id) => id !== from);
  const known = reactions.some((each) => each.emoji === emoji);
  const all = known ? reactions : [...reactions, { emoji, from: [] }];
  return all
    .map((each) => (each.emoji === emoji ? { emoji, from: remove ? others(each.from) : [...others(each.from), from] } : each))
    .filter((each) => each.from.length > 0);
}

/** What somebody has not sent yet, as it will look; `reactions` and the body only. */
export function preview(item, entry, me) {
  const { target, ...body } = entry.body;
  if (entry.kind === 'edit') return { ...item, body, edited: entry.time };
  if (entry.kind === 'react') return { ...item, reactions: react(item.reactions ?? [], me, body) };
  return item;
}

/**
 * A folded page from somewhere in the room. It has everything from its first message up to `before`.
 *
 * @param {Item[]} items
 * @param {number} first the lowest seq that the items cover
 * @param {{before: number, messages: object[], more: boolean}} page
 * @param {boolean} jumped whether a new gap is there because somebody went to an old message
 * @returns {{items: Item[], first: number}}
 */
export function cover(items, first, { before, messages, more }, jumped = false) {
  const from = messages[0]?.seq ?? before;
  const have = new Set(items.map(({ seq }) => seq));
  const added = messages.filter((message) => isRoot(message) && !have.has(message.seq)).map(asItem);
  const gaps = items.filter(({ type }) => type === 'gap');
  if (before < first) gaps.push({ type: 'gap', after: before - 1, until: first, beyond: false, jumped });
  const open = gaps.flatMap((gap) => without(gap, from, before)).map((gap) => (more || gap.after >= before - 1 ? gap : { ...gap, beyond: true }));
  const rows = [...items.filter(({ type }) => type === 'message'), ...added, ...open];
  return { items: rows.sort((a, b) => place(a) - place(b)), first: Math.min(first, from) };
}

/** What is left of a gap when the seqs from `from` to below `before` are there. */
function without(gap, from, before) {
  const until = gap.until ?? Infinity;
  if (before - 1 <= gap.after || from >= until) return [gap];
  const parts = [];
  if (from - 1 > gap.after) parts.push({ ...gap, until: from });
  if (before < until) parts.push({ ...gap, after: before - 1 });
  return parts;
}

/**
 * Rows of a room that goes on for weeks: the newest while somebody reads along. Whoever reads further up keeps what is
 * there, up to a bound; then the middle goes, behind a gap that says so.
 *
 * @returns {{items: Item[], cut: boolean}} `cut`: rows went at the beginning
 */
export function bounded(items, kept, readsAlong) {
  if (readsAlong && items.length > kept * 1.25) return { items: items.slice(-kept), cut: true };
  if (items.length <= kept * 8) return { items, cut: false };
  const head = items.slice(0, kept * 4);
  const tail = items.slice(-kept);
  const until = tail.find(({ type }) => type === 'message').seq;
  const after = head.findLast(({ type }) => type === 'message').seq;
  return { items: [...head, { type: 'gap', after, until, beyond: false, jumped: true }, ...tail], cut: false };
}
