import { Transfers } from '../js/client/transfers.js';
import { FakeClock, FakeRandom, FakeSocket } from './fakes.js';

const TYPES = new Map([
  [1, 'begin'],
  [2, 'chunk'],
  [3, 'end'],
  [4, 'cancel'],
  [5, 'open'],
  [6, 'credit'],
]);
const NUMBERS = { chunk: 2, welcome: 16, ready: 17, ack: 18, nack: 19, stored: 20, cancelled: 21, opened: 22, sent: 23, error: 32 };

export const USER = { id: 'guest:me', name: 'Me', guest: true };
export const WELCOME = { user: USER, heartbeatMs: 20_000, limits: { fileBytes: 1_000_000, transfers: 8 } };

/** Bytes that tell where they stand. */
export const bytes = (size, salt = 0) => Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8) + salt) & 0xff);

/** What a server does to read a frame, written a second time. */
export function read(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const length = view.getUint16(2);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + length)));
  return { frame: TYPES.get(view.getUint8(1)), version: view.getUint8(0), header, payload: data.subarray(4 + length) };
}

/** What a server does to write one. */
export function written(name, header = {}, payload = new Uint8Array(0), version = 1) {
  const json = new TextEncoder().encode(JSON.stringify(header));
  return new Uint8Array([version, NUMBERS[name] ?? name, json.length >> 8, json.length & 0xff, ...json, ...payload]).buffer;
}

/** The other end of `/files`: it only notes what comes. */
export class FakeFiles extends FakeSocket {
  send(data) {
    const { frame, header, payload } = read(data);
    this.sent.push({ type: frame, ...header, ...(frame === 'chunk' ? { payload: payload.slice() } : {}), mime: header.type });
    this.sent.at(-1).type = frame;
  }

  tell(name, header, payload) {
    this.onmessage?.({ data: written(name, header, payload) });
  }

  welcome(limits = {}) {
    this.onopen?.({});
    this.tell('welcome', { ...WELCOME, limits: { ...WELCOME.limits, ...limits } });
    return this;
  }

  /** The bytes of the chunks, as [offset, length]. */
  get chunks() {
    return this.of('chunk').map(({ offset, payload }) => [offset, payload.length]);
  }
}

/** A journal in memory; what goes in and comes out are copies, as with IndexedDB. */
export class FakeTransferJournal {
  kept = new Map();
  full = false;

  entries = async (user) => [...this.kept.values()].filter((entry) => entry.user === user).map((entry) => ({ ...entry }));
  entry = async (id) => this.kept.has(id) && { ...this.kept.get(id) };
  put = async (entry) => {
    if (this.full && entry.file) throw new DOMException('Full.', 'QuotaExceededError');
    this.kept.set(entry.id, { ...entry });
  };
  change = async (id, changes) => this.kept.has(id) && this.kept.set(id, { ...this.kept.get(id), ...changes });
  remove = async (id) => this.kept.delete(id);
  clear = async (user) => [...this.kept.values()].filter((entry) => entry.user === user).forEach(({ id }) => this.kept.delete(id));
}

/** A page with uploads, whose network, time and journal are the test's. */
export class FilesHarness {
  clock = new FakeClock();
  sockets = [];
  published = [];
  publishes = true;

  constructor({ journal = new FakeTransferJournal(), seed = 1, ...options } = {}) {
    const { sockets } = this;
    this.journal = journal;
    this.transfers = new Transfers({
      url: 'https://chat.example/some/path/',
      clock: this.clock,
      random: new FakeRandom(seed),
      journal,
      whoAmI: async () => ({ answer: 'user', user: USER }),
      emit: (event) => (this.views = event.transfers),
      onStored: async (entry, stored) => this.published.push([entry.name, stored.file]) > 0 && this.publishes,
      WebSocket: class extends FakeFiles {
        constructor(url, protocols) {
          super(url, protocols);
          sockets.push(this);
        }
      },
      ...options,
    });
  }

  views = [];

  get socket() {
    return this.sockets.at(-1);
  }

  async until(condition) {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve));
  }

  async state(state, index = 0) {
    await this.until(() => this.views[index]?.state === state);
    return this.views[index];
  }

  async sent(type, count = 1) {
    await this.until(() => this.socket?.of(type).length >= count);
    return this.socket.of(type)[count - 1];
  }

  async gone() {
    await this.until(() => this.views.length === 0);
  }

  add(content, { name = 'notes.txt', ...more } = {}) {
    const file = new File([content], name, { type: 'text/plain' });
    const begin = { room: 'lobby', name, mime: 'text/plain', size: content.length };
    return this.transfers.add({ room: 'lobby', file, begin, ...more });
  }

  /** Begun, with four chunks of ten bytes in flight. */
  async sending(content = bytes(100), more = {}) {
    await this.transfers.begin(USER);
    const id = await this.add(content, more);
    this.socket.welcome();
    await this.ready();
    return id;
  }

  async ready(answer = {}) {
    const before = this.socket.of('begin').length;
    const { id } = await this.sent('begin', Math.max(1, before));
    this.socket.tell('ready', { id, transfer: 't1', chunkBytes: 10, window: 40, have: 0, ...answer });
  }

  /** The connection breaks, and the next one is there. */
  async reconnect() {
    const { length } = this.sockets;
    this.socket.end(1006);
    await this.until(() => this.clock.waiting.length > 0);
    while (this.sockets.length === length) {
      this.clock.pass(1000);
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.socket.welcome();
  }
}
