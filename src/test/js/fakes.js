import { Parley } from '../js/client/parley.js';

/** Time that passes when the test says so. */
export class FakeClock {
  #now = 1_767_225_600_000;
  #timers = new Map();
  #last = 0;

  now = () => this.#now;

  setTimeout = (f, ms) => {
    this.#timers.set(++this.#last, { f, at: this.#now + ms });
    return this.#last;
  };

  clearTimeout = (timer) => this.#timers.delete(timer);

  /** Due times of what waits, in ms from now. */
  get waiting() {
    return [...this.#timers.values()].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  pass(ms) {
    const end = this.#now + ms;
    for (;;) {
      const next = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!next) break;
      this.#timers.delete(next[0]);
      this.#now = Math.max(this.#now, next[1].at);
      next[1].f();
    }
    this.#now = end;
  }
}

/** Chance that is always the same: the middle of every window, and different bytes for each id. */
export class FakeRandom {
  #seed;
  value = 0.5;

  constructor(seed = 1) {
    this.#seed = seed;
  }

  fraction = () => this.value;
  bytes = (n) => Uint8Array.from({ length: n }, () => (this.#seed = (this.#seed * 48_271) % 2_147_483_647) >> 8);
}

/** A WebSocket whose other end is the test. */
export class FakeSocket {
  sent = [];
  closedWith = null;
  readyState = 1;

  constructor(url, protocols) {
    this.url = url;
    this.protocols = protocols;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close(code, reason) {
    this.closedWith = { code, reason };
  }

  accept(welcome) {
    this.onopen?.({});
    if (welcome) this.say(welcome);
  }

  say(frame) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  end(code, reason = '') {
    this.onclose?.({ code, reason, wasClean: code !== 1006 });
  }

  /** Frames of one type, oldest first. */
  of(type) {
    return this.sent.filter((frame) => frame.type === type);
  }

  last(type) {
    return this.of(type).at(-1);
  }
}

export const WELCOME = {
  type: 'welcome',
  user: { id: 'guest:me', name: 'Me', guest: true },
  node: 'n1',
  heartbeatMs: 20_000,
  limits: { messageBytes: 1000, signalBytes: 100, rooms: 10, dedupeMs: 86_400_000 },
  reconnect: { minMs: 1000, maxMs: 16_000 },
};

export const message = (seq, extra = {}) => ({
  seq,
  n: seq,
  time: 1_767_225_600_000 + seq,
  id: `id-${seq}`,
  from: 'guest:other',
  name: 'Other',
  guest: true,
  kind: 'text',
  body: { text: `text ${seq}` },
  ...extra,
});

export const messages = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => message(from + i));

/** A client whose network, time and chance are the test's. */
export class Harness {
  clock = new FakeClock();
  random = new FakeRandom();
  sockets = [];
  events = [];
  session = { status: 200, content: { user: WELCOME.user }, headers: {} };
  asked = [];

  constructor(options = {}) {
    const { sockets } = this;
    this.parley = new Parley({
      url: 'https://chat.example/some/path/',
      clock: this.clock,
      random: this.random,
      fetch: (url, request) => this.#fetch(url, request),
      WebSocket: class extends FakeSocket {
        constructor(url, protocols) {
          super(url, protocols);
          sockets.push(this);
        }
      },
      ...options,
    });
    this.parley.subscribe((event) => this.events.push(event));
  }

  async #fetch(url, request) {
    this.asked.push(`${request.method ?? 'GET'} ${url}`);
    if (this.session === null) throw new TypeError('Failed to fetch');
    const { status, content, headers } = this.session;
    return new Response(content === undefined ? 'no json' : JSON.stringify(content), { status, headers });
  }

  get socket() {
    return this.sockets.at(-1);
  }

  get state() {
    return this.of('connection').at(-1).state;
  }

  of(type) {
    return this.events.filter((event) => event.type === type);
  }

  /** The seqs that were told as following each other. */
  get told() {
    return this.of('messages').flatMap((event) => event.messages.map(({ seq }) => seq));
  }

  open(user = WELCOME.user) {
    this.parley.connect();
    this.socket.accept({ ...WELCOME, user });
    return this;
  }

  /** The connection breaks and the next one is there. */
  reconnect(code = 1006) {
    this.socket.end(code);
    this.clock.pass(this.state.until - this.clock.now());
    this.socket.accept(WELCOME);
    return this;
  }

  joined(answer = {}) {
    const { id, room } = this.socket.last('join');
    const present = { count: 1, users: [WELCOME.user] };
    const defaults = { class: 'log', epoch: 'e1', seq: 0, recovered: true, more: false, older: false, messages: [] };
    this.socket.say({ type: 'joined', id, room, present, ...defaults, ...answer });
    return this;
  }

  push(list, epoch = 'e1', room = 'lobby') {
    this.socket.say({ type: 'messages', room, epoch, messages: list });
    return this;
  }

  /** Answers the newest request for history. */
  history(list, answer = {}) {
    const { id, room } = this.socket.last('history');
    const defaults = { epoch: 'e1', seq: list.at(-1)?.seq ?? 0, more: false, recovered: true };
    this.socket.say({ type: 'history', id, room, messages: list, ...defaults, ...answer });
    return this;
  }

  /** Lets promises and answers go on until the condition holds; the runner's limit ends a test where it never does. */
  async until(condition) {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve));
  }

  /** Until it is known why the handshake failed. */
  decided() {
    return this.until(() => this.state.name !== 'checking');
  }
}

export const golden = async (name) => (await fetch(new URL(`../golden/${name}.json`, import.meta.url))).json();
