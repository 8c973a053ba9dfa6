import { CHANGES, newRoom, waiting, withLine } from './room.js';

/**
 * What the page shows, as one value, and how each event of `js/client/parley.js` (and a few of the page) changes it.
 * Nothing here knows the DOM or the network; every change makes new objects, so a view can compare by identity.
 */
export const initial = Object.freeze({
  me: null,
  limits: null,
  connection: { name: 'idle' },
  /** When an open connection was lost; null while there is one. */
  lostAt: null,
  online: true,
  rooms: {},
  active: null,
  visible: true,
  warning: null,
  /** What others wrote in this browser and did not send, see `js/client/orphans.js`. */
  orphans: [],
  /** Files on their way to the server, see `TransferView` of `js/client/transfer.js`. */
  transfers: [],
});

/**
 * @param {typeof initial} state
 * @param {object} event
 * @returns {typeof initial} the same object when nothing changed
 */
export function reduce(state, event) {
  switch (event.type) {
    case 'user':
      return { ...state, me: event.user, limits: event.limits ?? state.limits };
    case 'signed-out':
      return { ...initial, visible: state.visible, online: state.online };
    case 'visible':
      return state.visible === event.visible ? state : { ...state, visible: event.visible };
    case 'online':
      return state.online === event.online ? state : { ...state, online: event.online };
    case 'connection':
      return connected(state, event);
    case 'warning':
      return { ...state, warning: event.error };
    case 'orphans':
      return { ...state, orphans: event.authors };
    case 'transfers':
      return { ...state, transfers: event.transfers };
    case 'warning-read':
      return { ...state, warning: null };
    case 'opened':
      return activate(state, event.room);
    case 'known':
      return know(state, event.rooms);
    case 'forgotten':
      return forget(state, event.room);
    case 'restored':
      return inRoom(know(state, [{ room: event.room }]), event);
    default:
      return inRoom(state, event);
  }
}

function connected(state, { state: connection, now = 0 }) {
  const lostAt = connection.name === 'open' || connection.name === 'idle' ? null : (state.lostAt ?? now);
  return { ...state, connection, lostAt };
}

function activate(state, name) {
  if (state.active === name) return state;
  const left = state.rooms[state.active];
  const rooms = left ? { ...state.rooms, [left.name]: { ...left, line: null, goal: null, readsAlong: true } } : state.rooms;
  return { ...state, active: name, rooms: { ...rooms, [name]: withLine(rooms[name] ?? newRoom(name)) } };
}

/** @param {{room: string, seq?: number, n?: number, read?: number, unread?: number}[]} list as `rooms` answers */
function know(state, list) {
  const added = list.filter(({ room }) => !state.rooms[room]).map(({ room }) => [room, newRoom(room)]);
  const known = added.length === 0 ? state : { ...state, rooms: { ...state.rooms, ...Object.fromEntries(added) } };
  return list.filter(({ n }) => n !== undefined).reduce((next, each) => inRoom(next, { type: 'numbers', ...each }), known);
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

/** Publishes of all rooms that wait. */
export const allWaiting = (state) => Object.values(state.rooms).reduce((sum, room) => sum + waiting(room), 0);

/** Entries that the server has and that this page is fetching after a break; 0 when it has them all. */
export function behind(state) {
  const rooms = Object.values(state.rooms).filter((room) => room.state === 'replaying');
  return rooms.reduce((sum, room) => sum + Math.max(1, room.head - (room.items.at(-1)?.seq ?? 0)), 0);
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
