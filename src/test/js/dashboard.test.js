import { Feed } from '../js/dashboard/feed.js';
import { History } from '../js/dashboard/history.js';
import { PANELS, summary } from '../js/dashboard/panels.js';
import { assert, test } from './runner.js';

const snapshot = (second, more = {}) => ({ time: second * 1000, uptimeMs: 5000 + second * 1000, published: second * 10, ...more });

test('a history keeps the newest and never grows', () => {
  const history = new History(3);
  for (let second = 1; second <= 100_000; second++) history.add(snapshot(second));
  assert.equal(history.times(), [99_998_000, 99_999_000, 100_000_000]);
  assert.equal(history.length, 3);
});

test('what comes again after a reconnect is left out', () => {
  const history = new History(5);
  [1, 2, 3, 2, 3, 4].forEach((second) => history.add(snapshot(second)));
  assert.equal(history.times(), [1000, 2000, 3000, 4000]);
});

test('rates are for a second, whatever was between the snapshots, and unknown where the server began anew', () => {
  const history = new History(5);
  history.add(snapshot(1));
  history.add(snapshot(3));
  history.add(snapshot(4, { published: 2, uptimeMs: 500 }));
  history.add(snapshot(5, { published: 9, uptimeMs: 1500 }));
  assert.equal(history.rates('published'), [null, 10, null, 7]);
  assert.equal(history.increases('published'), [null, 20, null, 7]);
  assert.equal(history.values('appendP50'), [null, null, null, null]);
});

test('every panel draws an empty history, and one of a single snapshot', () => {
  for (const { series } of PANELS) {
    const history = new History(3);
    assert.equal(series.map(({ of }) => of(history)), series.map(() => []));
    history.add(snapshot(1));
    assert.ok(series.every(({ of }) => of(history).length === 1));
  }
});

test('a summary passes over what is not known', () => {
  assert.equal(summary([null, 3, 1, null]), { now: 1, min: 1, max: 3, sum: 4 });
  assert.equal(summary([null]), { now: null, min: null, max: null, sum: 0 });
});

/** A feed with sockets and a clock of our own. */
function staged(mayWatch = async () => true) {
  const stage = { sockets: [], states: [], snapshots: [], answering: [], tables: [], timers: [] };
  stage.feed = new Feed({
    url: new URL('ws://h/ws/dashboard'),
    listener: {
      snapshots: (each, answering) => stage.snapshots.push(...each) && stage.answering.push(answering),
      tables: (tables) => stage.tables.push(tables),
      state: (state) => stage.states.push(state),
    },
    mayWatch,
    clock: { now: () => 0, setTimeout: (f, ms) => stage.timers.push({ f, ms }) - 1, clearTimeout: (id) => (stage.timers[id] = null) },
    random: { fraction: () => 0 },
    open: (url, subprotocols) => {
      const socket = { url, subprotocols, close() {} };
      stage.sockets.push(socket);
      return socket;
    },
  });
  stage.waiting = () => stage.timers.filter(Boolean);
  return stage;
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('the history comes before the newest', () => {
  const stage = staged();
  stage.feed.start();
  stage.sockets[0].onopen();
  stage.sockets[0].onmessage({ data: JSON.stringify({ ...snapshot(3), history: [snapshot(1), snapshot(2)] }) });
  assert.equal(stage.snapshots.map(({ time }) => time), [1000, 2000, 3000]);
  assert.equal(stage.states.at(-1), 'open');
});

test('what the other nodes told comes with what the answering one tells', () => {
  const stage = staged();
  stage.feed.start();
  stage.sockets[0].onmessage({ data: JSON.stringify({ ...snapshot(3, { node: 'a' }), others: [snapshot(2, { node: 'b' })] }) });
  assert.equal(stage.snapshots.map(({ node, time }) => [node, time]), [['a', 3000], ['b', 2000]]);
  assert.equal(stage.answering, ['a']);
});

test('tables come with a snapshot now and then, what one may do with the first', () => {
  const stage = staged();
  stage.feed.start();
  stage.sockets[0].onmessage({ data: JSON.stringify({ ...snapshot(1), mayDisconnect: true }) });
  assert.equal(stage.tables, []);
  stage.sockets[0].onmessage({ data: JSON.stringify({ ...snapshot(2), tables: { rooms: [] } }) });
  assert.equal(stage.tables, [{ rooms: [], mayDisconnect: true }]);
  assert.equal(Object.hasOwn(stage.snapshots[1], 'tables'), false);
});

test('it comes back after a loss and after silence', async () => {
  const stage = staged();
  stage.feed.start();
  stage.sockets[0].onopen();
  stage.sockets[0].onmessage({ data: JSON.stringify(snapshot(1)) });
  stage.waiting()[0].f();
  assert.equal(stage.sockets.length, 2);
  stage.sockets[1].onopen();
  stage.sockets[1].onclose();
  await settled();
  stage.waiting().at(-1).f();
  assert.equal(stage.sockets.length, 3);
});

test('who may not watch is told so and does not try again', async () => {
  const stage = staged(async () => false);
  stage.feed.start();
  stage.sockets[0].onclose();
  await settled();
  assert.equal(stage.states.at(-1), 'refused');
  assert.equal(stage.waiting(), []);
});

test('a token goes with the handshake as a subprotocol', () => {
  const stage = staged();
  stage.feed.start('a.b-ü');
  assert.equal(stage.sockets[0].subprotocols, ['parley.dashboard.v1', 'parley.bearer.YS5iLcO8']);
  const again = staged();
  again.feed.start();
  assert.equal(again.sockets[0].subprotocols, []);
});
