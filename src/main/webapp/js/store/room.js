import { bounded, cover, firstPage, follow, isRoot } from './items.js';

/** A page that stays open for weeks keeps this many rows of a room; the rest is a request away. */
export const KEPT = 2000;

/**
 * @typedef {{id: string, kind: string, body: object, time: number, state: 'sending' | 'delayed' | 'sent' | 'failed',
 *   seq?: number, error?: object}} Outgoing
 * @typedef {{seq: number, n: number, until: number | null}} Line the unread line: behind the message `seq`, whose n is
 *   `n`; messages up to the n `until` are new, all if it is null
 */
export const newRoom = (name) => ({
  name,
  state: 'waiting',
  error: null,
  /** Why a sealed room cannot be opened here: `insecure`, `no-storage`, `no-key`. */
  lock: null,
  class: 'log',
  epoch: null,
  items: [],
  /** The lowest seq that `items` covers, and whether the server has more before it. */
  first: Infinity,
  older: false,
  loading: false,
  outgoing: [],
  count: 0,
  users: [],
  typing: [],
  topic: null,
  /** Numbers of the server: the room's newest seq and n, and where this user has read to, as seq and as n. */
  head: 0,
  n: 0,
  read: 0,
  readN: 0,
  /** Computed from these numbers. */
  unread: 0,
  mentions: 0,
  line: null,
  readsAlong: true,
  /** A message to go to: `{seq}`, a new object for each time. */
  goal: null,
});

/** Each event of `js/client/parley.js` that is about a room. `(room, event, state) => room` */
export const CHANGES = {
  room: (room, { state, error }) => ({ ...room, state, error }),
  present: (room, event) => ({ ...room, class: event.class, count: event.count, users: event.users }),
  presence: (room, event) => ({ ...room, count: event.count, users: changeUsers(room.users, event) }),
  page: begin,
  messages: append,
  replaced,
  lock: (room, { lock }) => ({ ...room, lock }),
  gap: (room, { after }) => ({
    ...room,
    items: [...room.items, { type: 'gap', after, until: null, beyond: false, jumped: false }],
  }),
  numbers,
  read: (room, { seq }, state) => readTo(room, seq, state),
  signal: (room, { kind, from, name, until }, state) =>
    kind === 'typing' && from !== state.me?.id
      ? { ...room, typing: [...room.typing.filter((each) => each.from !== from), { from, name, until }] }
      : room,
  'typing-ended': (room, { now }) => ({ ...room, typing: room.typing.filter(({ until }) => until > now) }),
  loading: (room, { loading }) => ({ ...room, loading }),
  older,
  scrolled: (room, { readsAlong }) => (room.readsAlong === readsAlong ? room : { ...room, readsAlong }),
  goal: (room, { seq }) => ({ ...room, goal: { seq } }),
  topic: (room, { topic }) => ({ ...room, topic }),
  'line-gone': (room) => (room.line === null ? room : { ...room, line: null }),
  sending: (room, { id, kind, body, time }) => addOutgoing(room, { id, kind, body, time, state: 'sending', error: null }),
  restored: (room, { id, kind, body, time, error }) =>
    addOutgoing(room, { id, kind, body, time, state: error ? 'failed' : 'sending', error: error ?? null }),
  sent: (room, { id, seq, time }) => ({ ...room, outgoing: change(room.outgoing, id, { state: 'sent', seq, time }) }),
  delayed: (room, { id, error }) => ({ ...room, outgoing: change(room.outgoing, id, { state: 'delayed', error }) }),
  resending: (room, { id }) => ({ ...room, outgoing: change(room.outgoing, id, { state: 'sending', error: null }) }),
  failed: (room, { id, error }) => ({ ...room, outgoing: change(room.outgoing, id, { state: 'failed', error }) }),
  discarded: (room, { id }) => ({ ...room, outgoing: room.outgoing.filter((each) => each.id !== id) }),
};

function addOutgoing(room, entry) {
  // What another tab has sent may have arrived before that tab told of it.
  if (room.items.some(({ id }) => id === entry.id)) return room;
  return { ...room, outgoing: [...room.outgoing, entry] };
}

function change(list, id, changes) {
  return list.map((each) => (each.id === id ? { ...each, ...changes } : each));
}

function changeUsers(users, { joined = [], left = [] }) {
  const changed = new Map(users.map((user) => [user.id, user]));
  for (const { id } of left) changed.delete(id);
  for (const user of joined) changed.set(user.id, user);
  return [...changed.values()];
}

function begin(room, { epoch, messages, older: more, renewed }, state) {
  const items = firstPage(messages, renewed);
  const first = messages[0]?.seq ?? Infinity;
  const began = { ...room, epoch, items, first, older: more, outgoing: withoutArrived(room.outgoing, messages) };
  const forgotten = renewed ? { ...began, read: 0, readN: 0, n: 0, head: 0, line: null } : began;
  return count(withNumbers(forgotten, messages, state), state);
}

/** A message that has arrived is no longer on its way, whether its ack came before or will come after. */
function withoutArrived(outgoing, messages) {
  if (outgoing.length === 0) return outgoing;
  const arrived = new Set(messages.map(({ id }) => id));
  return outgoing.filter(({ id }) => !arrived.has(id));
}

function append(room, { messages }, state) {
  const all = room.class === 'latest' ? follow([], messages) : follow(room.items, messages);
  const shown = state.active === room.name;
  const { items, cut } = bounded(all, KEPT, room.readsAlong || !shown);
  const authors = new Set(messages.map(({ from }) => from));
  const typing = room.typing.some(({ from }) => authors.has(from)) ? room.typing.filter(({ from }) => !authors.has(from)) : room.typing;
  const appended = {
    ...room,
    items,
    typing,
    first: cut ? items.find(({ type }) => type === 'message').seq : Math.min(room.first, messages[0]?.seq ?? Infinity),
    older: room.older || cut,
    outgoing: withoutArrived(room.outgoing, messages),
  };
  const counted = count(withNumbers(appended, messages, state), state);
  const unseen = !state.visible && shown && counted.unread > 0 && counted.line?.until !== null;
  return unseen ? withLine(counted) : counted;
}

/** Messages of a sealed room that look different now: this page folds them, and not the server. */
function replaced(room, { messages }, state) {
  const changed = new Map(messages.map((message) => [message.seq, message]));
  const items = room.items.map((item) => (item.type === 'message' && changed.has(item.seq) ? { type: 'message', ...changed.get(item.seq) } : item));
  return count({ ...room, items }, state);
}

/** Publishing moves one's own marker, so what somebody wrote is read by them. */
function withNumbers(room, messages, { me }) {
  let { head, n, read, readN } = room;
  for (const message of messages) {
    head = Math.max(head, message.seq ?? 0);
    n = Math.max(n, message.n ?? 0);
    if (message.from === me?.id && message.seq > read) [read, readN] = [message.seq, Math.max(readN, message.n ?? n)];
  }
  return { ...room, head, n, read, readN };
}

/** What `rooms` said. An answer may be older than what was pushed since. */
function numbers(room, { seq, n, read, unread }, state) {
  const known = { ...room, head: Math.max(room.head, seq), n: Math.max(room.n, n) };
  const further = read >= room.read ? { ...known, read, readN: Math.max(room.readN, n - unread) } : known;
  return count(further, state);
}

function readTo(room, seq, state) {
  if (seq <= room.read) return room;
  const line = room.line && room.line.until === null ? { ...room.line, until: room.n } : room.line;
  return count({ ...room, line, read: seq, readN: nAt(room, seq) }, state);
}

/** The n of the last countable message at or before a seq; what is known if that message is not here. */
function nAt(room, seq) {
  if (seq >= room.head) return room.n;
  const before = room.items.findLast((item) => item.type === 'message' && item.seq <= seq && item.n !== undefined);
  return Math.max(room.readN, before?.n ?? 0);
}

/** @returns {boolean} whether a message mentions this user */
export const mentions = (message, me) => message.body?.mentions?.some?.((each) => each?.id === me?.id) === true;

function count(room, { me }) {
  const unread = Math.max(0, room.n - room.readN);
  let mentioned = 0;
  for (let i = room.items.length - 1; unread > 0 && i >= 0; i--) {
    const item = room.items[i];
    if (item.type === 'message' && item.seq <= room.read) break;
    if (item.type === 'message' && item.from !== me?.id && mentions(item, me)) mentioned++;
  }
  return { ...room, unread, mentions: mentioned };
}

/** Draws the line where this user has read to. It stands there until the room is left, whatever is read meanwhile. */
export function withLine(room) {
  return { ...room, line: room.unread === 0 ? null : { seq: room.read, n: room.readN, until: null } };
}

/** How many messages were new when the line was drawn, or came before somebody saw them. */
export const newOnes = ({ line, n }) => (line ? (line.until ?? n) - line.n : 0);

function older(room, { before, messages, more, jumped = false }, state) {
  const covered = cover(room.items, room.first, { before, messages, more }, jumped);
  const reachesTop = covered.first < room.first || before <= room.first;
  return count({ ...room, ...covered, older: reachesTop ? more : room.older, loading: false }, state);
}

/** The seq before which a request has to end so that it fills a gap, from the side on which somebody reads. */
export function fills(gap, limit) {
  const until = gap.until ?? Infinity;
  return gap.jumped ? Math.min(until, gap.after + limit + 1) : until;
}

/** Publishes of a room that are not sent, with those that have no row of their own. */
export const waiting = (room) => room.outgoing.filter(({ state }) => state === 'sending' || state === 'delayed').length;

/** Those that have a row of their own. */
export const leaving = (room) => room.outgoing.filter(isRoot);
