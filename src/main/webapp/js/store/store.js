/**
 * What the page shows, as one value, and how each event of `js/client/parley.js` (and a few of the page) changes it.
 * Nothing here knows the DOM or the network; every change makes new objects, so a view can compare by identity.
 *
 * @typedef {{type: 'message', seq: number, id: string, time: number, from: string, name: string, guest?: boolean,
 *   kind: string, body: object, edited?: number, deleted?: number, reactions?: object[]}
 *   | {type: 'gap', after: number, beyond: boolean}} Item `beyond`: the server does not have it either
 * @typedef {{id: string, kind: string, body: object, time: number, state: 'sending' | 'delayed' | 'sent' | 'failed',
 *   seq?: number, error?: object}} Outgoing
 */

/** Kinds that are about another message and have no row of their own. */
const ABOUT_OTHERS = new Set(['edit', 'delete', 'react']);

/** A page that stays open for weeks keeps this many rows of a room; the rest is a request away. */
export const KEPT = 2000;

export const initial = Object.freeze({
  me: null,
  limits: null,
  connection: { name: 'idle' },
  rooms: {},
  active: null,
  visible: true,
  warning: null,
});

const newRoom = (name) => ({
  name,
  state: 'waiting',
  error: null,
  class: 'log',
  epoch: null,
  items: [],
  outgoing: [],
  older: false,
  loadingOlder: false,
  count: 0,
  users: [],
  unread: 0,
  typing: [],
});

/**
 * @param {typeof initial} state
 * @param {object} event
 * @returns {typeof initial} the same object when nothing changed
 */
export function reduce(state, event) {
  switch (event.type) {
    case 'user':
      return { ...state, me: event.user, limits: event.limits };
    case 'signed-out':
      return { ...initial, visible: state.visible };
    case 'visible':
      return look({ ...state, visible: event.visible });
    case 'connection':
      return { ...state, connection: event.state };
    case 'warning':
      return { ...state, warning: event.error };
    case 'warning-read':
      return { ...state, warning: null };
    case 'opened':
      return activate(state, event.room);
    case 'known':
      return know(state, event.rooms);
    case 'forgotten':
      return forget(state, event.room);
    default:
      return inRoom(state, event);
  }
}

function activate(state, name) {
  const room = state.rooms[name] ?? newRoom(name);
  return look({ ...state, active: name, rooms: { ...state.rooms, [name]: room } });
}

/** Somebody sees the open room: nothing in it is unread. */
function look(state) {
  const room = state.rooms[state.active];
  if (!state.visible || !room || room.unread === 0) return state;
  return { ...state, rooms: { ...state.rooms, [state.active]: { ...room, unread: 0 } } };
}

function know(state, names) {
  const added = names.filter(({ room }) => !state.rooms[room]);
  if (added.length === 0) return state;
  const rooms = Object.fromEntries(added.map(({ room, unread = 0 }) => [room, { ...newRoom(room), unread }]));
  return { ...state, rooms: { ...state.rooms, ...rooms } };
}

function forget(state, name) {
  const { [name]: gone, ...rooms } = state.rooms;
  if (!gone) return state;
  return { ...state, rooms, active: state.active === name ? (Object.keys(rooms)[0] ?? null) : state.active };
}

function inRoom(state, event) {
  const room = state.rooms[event.room];
  const change = CHANGES[event.type];
  if (!room || !change) return state;
  const changed = change(room, event, state);
  return changed === room ? state : { ...state, rooms: { ...state.rooms, [event.room]: changed } };
}

const CHANGES = {
  room: (room, { state, error }) => ({ ...room, state, error }),
  present: (room, event) => ({ ...room, class: event.class, count: event.count, users: event.users }),
  presence: (room, event) => ({ ...room, count: event.count, users: changeUsers(room.users, event) }),
  page: begin,
  messages: append,
  gap: (room, { after }) => ({ ...room, items: [...room.items, { type: 'gap', after, beyond: false }] }),
  read: (room, { seq }) => (room.items.some((item) => item.seq > seq) ? room : { ...room, unread: 0 }),
  signal: (room, { kind, from, name, until }, state) =>
    kind === 'typing' && from !== state.me?.id
      ? { ...room, typing: [...room.typing.filter((each) => each.from !== from), { from, name, until }] }
      : room,
  'typing-ended': (room, { now }) => ({ ...room, typing: room.typing.filter(({ until }) => until > now) }),
  'loading-older': (room, { loading }) => ({ ...room, loadingOlder: loading }),
  older: prepend,
  sending: (room, { id, kind, body, time }) => ({
    ...room,
    outgoing: [...room.outgoing, { id, kind, body, time, state: 'sending' }],
  }),
  restored: (room, { id, kind, body, time, error = null }) => ({
    ...room,
    outgoing: [...room.outgoing, { id, kind, body, time, state: error ? 'failed' : 'sending', error }],
  }),
  sent: (room, { id, seq, time }) => ({ ...room, outgoing: change(room.outgoing, id, { state: 'sent', seq, time }) }),
  delayed: (room, { id, error }) => ({ ...room, outgoing: change(room.outgoing, id, { state: 'delayed', error }) }),
  resending: (room, { id }) => ({ ...room, outgoing: change(room.outgoing, id, { state: 'sending', error: null }) }),
  failed: (room, { id, error }) => ({ ...room, outgoing: change(room.outgoing, id, { state: 'failed', error }) }),
  discarded: (room, { id }) => ({ ...room, outgoing: room.outgoing.filter((each) => each.id !== id) }),
};

function change(list, id, changes) {
  return list.map((each) => (each.id === id ? { ...each, ...changes } : each));
}

function changeUsers(users, { joined = [], left = [] }) {
  const changed = new Map(users.map((user) => [user.id, user]));
  for (const { id } of left) changed.delete(id);
  for (const user of joined) changed.set(user.id, user);
  return [...changed.values()];
}

function asItem(message) {
  return { type: 'message', ...message };
}

function begin(room, { epoch, messages, older, renewed }) {
  const roots = messages.filter(({ kind }) => !ABOUT_OTHERS.has(kind)).map(asItem);
  const items = renewed ? [{ type: 'gap', after: 0, beyond: true }, ...roots] : roots;
  return { ...room, epoch, items, older, outgoing: withoutArrived(room.outgoing, messages) };
}

/** A message that has arrived is no longer on its way, whether its ack came before or will come after. */
function withoutArrived(outgoing, messages) {
  if (outgoing.length === 0) return outgoing;
  const arrived = new Set(messages.map(({ id }) => id));
  return outgoing.filter(({ id }) => !arrived.has(id));
}

function append(room, { messages }, state) {
  const items = room.class === 'latest' ? [] : [...room.items];
  for (const message of messages) fold(items, message);
  const shown = state.visible && state.active === room.name;
  const authors = new Set(messages.map(({ from }) => from));
  const fresh = messages.filter(({ kind, from }) => !ABOUT_OTHERS.has(kind) && from !== state.me?.id).length;
  const kept = items.length > KEPT * 1.25 ? items.slice(-KEPT) : items;
  return {
    ...room,
    items: kept,
    older: room.older || kept !== items,
    outgoing: withoutArrived(room.outgoing, messages),
    unread: shown ? 0 : room.unread + fresh,
    typing: room.typing.filter(({ from }) => !authors.has(from)),
  };
}

/** Puts one entry of the log into the list: a new row, or a change of an earlier one. */
function fold(items, message) {
  if (!ABOUT_OTHERS.has(message.kind)) {
    items.push(asItem(message));
    return;
  }
  const at = items.findLastIndex((item) => item.type === 'message' && item.seq === message.body.target);
  // What it is about was never shown, or stands before a gap: older pages come folded.
  if (at >= 0) items[at] = FOLDS[message.kind](items[at], message);
}

const FOLDS = {
  edit: (item, { time, body: { target, ...body } }) => ({ ...item, body, edited: time }),
  delete: (item, { time }) => ({ ...item, body: {}, deleted: time, reactions: [] }),
  react: (item, { from, body }) => ({ ...item, reactions: react(item.reactions ?? [], from, body) }),
};

function react(reactions, from, { emoji, remove = false }) {
  const others = (list) => list.filter((id) => id !== from);
  const known = reactions.some((each) => each.emoji === emoji);
  const all = known ? reactions : [...reactions, { emoji, from: [] }];
  return all
    .map((each) => (each.emoji === emoji ? { emoji, from: remove ? others(each.from) : [...others(each.from), from] } : each))
    .filter((each) => each.from.length > 0);
}

/** Older messages go in front of `before`, which is the first row or the first one behind a gap. */
function prepend(room, { before, messages, more }) {
  const have = new Set(room.items.map(({ seq }) => seq));
  const roots = messages.filter(({ seq, kind }) => !have.has(seq) && !ABOUT_OTHERS.has(kind)).map(asItem);
  const at = room.items.findIndex((item) => item.type === 'message' && item.seq >= before);
  const end = at < 0 ? room.items.length : at;
  const gap = room.items[end - 1];
  if (gap?.type !== 'gap') return { ...room, items: insert(room.items, end, 0, roots), older: more, loadingOlder: false };
  const reached = messages.length > 0 && messages[0].seq <= gap.after + 1;
  const kept = reached ? [] : [{ ...gap, beyond: !more }];
  return { ...room, items: insert(room.items, end - 1, 1, [...kept, ...roots]), loadingOlder: false };
}

function insert(list, at, removed, added) {
  return [...list.slice(0, at), ...added, ...list.slice(at + removed)];
}

/** The seq before which the next older page has to end: of a gap when one is given, else of the whole list. */
export function olderThan(room, gap = null) {
  const from = gap === null ? 0 : room.items.indexOf(gap);
  return room.items.slice(from).find(({ type }) => type === 'message')?.seq ?? null;
}

/** Holds the state and tells views when it changed. */
export class Store {
  #state = initial;
  #listeners = new Set();

  get state() {
    return this.#state;
  }

  dispatch(event) {
    const before = this.#state;
    this.#state = reduce(before, event);
    if (this.#state !== before) for (const listener of [...this.#listeners]) listener(this.#state, event);
  }

  /** @returns {() => void} ends it */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
