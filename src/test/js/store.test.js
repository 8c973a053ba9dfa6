import { KEPT, newOnes } from '../js/store/room.js';
import { allWaiting, behind, initial, reduce } from '../js/store/store.js';
import { golden, message, messages, WELCOME } from './fakes.js';
import { assert, test } from './runner.js';

const lobby = { room: 'lobby' };
const me = WELCOME.user;
const after = (...events) => events.reduce(reduce, initial);
const inLobby = (...events) => after({ type: 'user', user: me }, { type: 'opened', ...lobby }, ...events).rooms.lobby;
const page = (list, extra = {}) => ({ type: 'page', ...lobby, epoch: 'e1', messages: list, older: false, renewed: false, ...extra });
const told = (...list) => ({ type: 'messages', ...lobby, epoch: 'e1', messages: list });
const about = (seq, kind, body, from = 'guest:other') => message(seq, { kind, body, from, n: undefined });
const rows = (room) => room.items.map((item) => (item.type === 'gap' ? `gap ${item.after}` : item.seq));
const older = (before, list, more) => ({ type: 'older', ...lobby, before, messages: list, more });

test('a page and what follows it are one timeline', () => {
  assert.equal(rows(inLobby(page(messages(1, 2)), told(message(3)))), [1, 2, 3]);
});

test('golden messages: an edit changes its target and has no row', async () => {
  const { room, ...pushed } = await golden('server-messages');
  const shown = inLobby({ ...pushed, room });
  assert.equal(rows(shown), [42]);
  assert.equal([shown.items[0].body, shown.items[0].edited], [{ text: 'The build is green again' }, pushed.messages[1].time]);
});

test('a delete empties its target', () => {
  const [, item] = inLobby(page(messages(1, 2)), told(about(3, 'delete', { target: 2 }))).items;
  assert.equal([item.body, item.deleted], [{}, message(3).time]);
});

test('reactions are counted once for each user and can be taken back', () => {
  const once = told(about(2, 'react', { target: 1, emoji: '+' }), about(3, 'react', { target: 1, emoji: '+' }));
  assert.equal(inLobby(page([message(1)]), once).items[0].reactions, [{ emoji: '+', from: ['guest:other'] }]);
  const back = inLobby(page([message(1)]), once, told(about(4, 'react', { target: 1, emoji: '+', remove: true })));
  assert.equal(back.items[0].reactions, []);
});

test('what is about an unknown message changes nothing', () => {
  assert.equal(rows(inLobby(page([message(5)]), told(about(6, 'edit', { target: 1, text: 'x' })))), [5]);
});

const holed = [page(messages(1, 3)), { type: 'gap', ...lobby, after: 3 }, told(...messages(8, 9))];

test('a gap is a row, and older pages that reach it close it', () => {
  assert.equal(rows(inLobby(...holed)), [1, 2, 3, 'gap 3', 8, 9]);
  assert.equal(rows(inLobby(...holed, older(8, messages(6, 7), true))), [1, 2, 3, 'gap 3', 6, 7, 8, 9]);
  const rest = [older(8, messages(6, 7), true), older(6, messages(3, 5), true)];
  assert.equal(rows(inLobby(...holed, ...rest)), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a gap whose messages are gone stays and says so', () => {
  const room = inLobby(...holed, older(8, [message(7)], false));
  assert.equal(rows(room), [1, 2, 3, 'gap 3', 7, 8, 9]);
  assert.ok(room.items[3].beyond);
});

test('a gap of nothing but edits closes', () => {
  assert.equal(rows(inLobby(...holed, older(8, messages(2, 3), true))), [1, 2, 3, 8, 9]);
});

test('a new numbering begins anew below a gap', () => {
  assert.equal(rows(inLobby(page(messages(1, 3)), page([message(1)], { epoch: 'e2', renewed: true }))), ['gap 0', 1]);
});

test('older messages come before the first and are not doubled', () => {
  const room = inLobby(page(messages(5, 6), { older: true }), older(5, messages(2, 5), true));
  assert.equal([rows(room), room.older, room.first], [[2, 3, 4, 5, 6], true, 2]);
  const whole = inLobby(page(messages(5, 6), { older: true }), older(5, messages(1, 4), false));
  assert.equal([rows(whole), whole.older], [[1, 2, 3, 4, 5, 6], false]);
});

test('going to an old message leaves a gap behind it that is filled downwards', () => {
  const jump = [page(messages(500, 501), { older: true }), { ...older(60, messages(10, 59), true), jumped: true }];
  const room = inLobby(...jump);
  assert.equal([rows(room).length, rows(room)[50], room.older], [53, 'gap 59', true]);
  assert.ok(room.items[50].jumped);
  const further = inLobby(...jump, older(110, messages(60, 109), true));
  assert.equal(rows(further)[100], 'gap 109');
  const between = inLobby(...jump, older(200, messages(150, 199), true));
  assert.equal(rows(between).filter((row) => typeof row === 'string'), ['gap 59', 'gap 199']);
});

const sending = { type: 'sending', ...lobby, id: 'id-1', kind: 'text', body: { text: 'x' }, time: 1 };
const sent = { type: 'sent', ...lobby, id: 'id-1', seq: 1, time: 2 };
const mine = told(message(1, { from: me.id }));

test('an own message is shown once, whichever of ack and message comes first', () => {
  for (const events of [[sending, sent, mine], [sending, mine, sent], [sending, sent, page([message(1)])]]) {
    const room = inLobby(...events);
    assert.equal([rows(room), room.outgoing], [[1], []]);
  }
  assert.equal(inLobby(sending, sent).outgoing.map(({ state }) => state), ['sent']);
  assert.equal(inLobby(mine, sending).outgoing, [], 'another tab was quicker');
});

test('a message that failed can be sent again or thrown away', () => {
  const failed = { type: 'failed', ...lobby, id: 'id-1', error: { name: 'forbidden' } };
  assert.equal(inLobby(sending, failed).outgoing.map(({ state }) => state), ['failed']);
  assert.equal(inLobby(sending, failed, { type: 'resending', ...lobby, id: 'id-1' }).outgoing[0].state, 'sending');
  assert.equal(inLobby(sending, failed, { type: 'discarded', ...lobby, id: 'id-1' }).outgoing, []);
});

test('what an earlier life of the page wrote is there, also in a room that is not known yet', () => {
  const state = after({ ...sending, type: 'restored', room: 'other' }, { ...sending, type: 'restored', id: 'id-2', room: 'other', error: { name: 'x' } });
  assert.equal(state.rooms.other.outgoing.map((each) => each.state), ['sending', 'failed']);
  assert.equal(allWaiting(state), 1);
});

const numbers = (extra) => ({ type: 'known', rooms: [{ ...lobby, seq: 10, n: 9, read: 6, unread: 4, ...extra }] });
const aside = (...events) => after({ type: 'user', user: me }, { type: 'opened', room: 'other' }, ...events).rooms.lobby;

test('unread is a difference of numbers and counts nothing twice', () => {
  assert.equal(aside(numbers()).unread, 4);
  assert.equal(aside(numbers(), numbers()).unread, 4);
  assert.equal(aside(numbers(), page(messages(8, 10).map((m) => ({ ...m, n: m.seq - 1 })))).unread, 4);
  assert.equal(aside(numbers(), told(message(11, { n: 10 })), told(about(12, 'react', { target: 11, emoji: '+' }))).unread, 5);
});

test('what this user writes is read by them', () => {
  assert.equal(aside(numbers(), told(message(11, { n: 10, from: me.id }))).unread, 0);
});

test('what was read in another tab or on another device is read here', () => {
  const list = messages(5, 10).map((each) => ({ ...each, n: each.seq - 1 }));
  const read = (seq) => aside(numbers(), page(list), { type: 'read', ...lobby, seq }).unread;
  assert.equal([read(7), read(8), read(10), read(3)], [3, 2, 0, 4]);
});

test('mentions are those among the unread ones', () => {
  const mention = (seq) => message(seq, { body: { text: '@Me', mentions: [{ id: me.id, name: 'Me' }] } });
  const list = [mention(4), mention(8), message(9), mention(10)];
  assert.equal(aside(numbers(), page(list)).mentions, 2);
  assert.equal(aside(numbers(), page(list), { type: 'read', ...lobby, seq: 9 }).mentions, 1);
  assert.equal(aside(numbers(), page(list), { type: 'read', ...lobby, seq: 10 }).mentions, 0);
  assert.equal(aside(numbers(), page([message(9, { body: { text: 'x', mentions: 'odd' } })])).mentions, 0);
});

test('the line stands where somebody had read to until they leave or take it away', () => {
  const opened = [numbers(), { type: 'opened', ...lobby }];
  const room = (...events) => after({ type: 'user', user: me }, ...opened, ...events).rooms.lobby;
  assert.equal([room().line.seq, newOnes(room())], [6, 4]);
  const read = { type: 'read', ...lobby, seq: 10 };
  assert.equal([room(read).line.seq, newOnes(room(read)), room(read).unread], [6, 4, 0]);
  assert.equal(newOnes(room(read, told(message(11, { n: 10 })))), 4, 'seen as it came');
  assert.equal(room(read, { type: 'line-gone', ...lobby }).line, null);
  assert.equal(room(read, { type: 'opened', room: 'other' }).line, null);
});

test('a hidden page draws the line at the first message nobody saw', () => {
  const hidden = [page(messages(1, 2)), { type: 'read', ...lobby, seq: 2 }, { type: 'visible', visible: false }];
  const room = inLobby(...hidden, told(message(3)), told(message(4)));
  assert.equal([room.line.seq, newOnes(room), room.unread], [2, 2, 2]);
});

test('somebody types until they have written or some time has passed', async () => {
  const typing = { ...(await golden('server-signal')), until: 5000 };
  const names = (...events) => inLobby(...events).typing.map(({ name }) => name);
  assert.equal(names(typing, typing), ['Grace']);
  assert.equal(names(typing, told(message(1, { from: typing.from }))), []);
  assert.equal(names(typing, { type: 'typing-ended', ...lobby, now: 4999 }), ['Grace']);
  assert.equal(names(typing, { type: 'typing-ended', ...lobby, now: 5000 }), []);
  assert.equal(names({ ...typing, from: me.id }), []);
});

test('members come and go', async () => {
  const { present } = await golden('server-joined');
  const room = inLobby({ type: 'present', ...lobby, class: 'log', ...present }, {
    ...(await golden('server-presence')),
    left: [present.users[0]],
  });
  assert.equal([room.users.map(({ name }) => name), room.count], [['Grace'], 2]);
});

test('a latest room shows one value', () => {
  const room = inLobby({ type: 'present', ...lobby, class: 'latest', count: 0, users: [] }, page([message(1)]), told(message(9)));
  assert.equal(rows(room), [9]);
});

test('a room that goes on for weeks keeps its newest rows and can be asked for the others', () => {
  const room = inLobby(page([]), told(...messages(1, KEPT * 1.25)), told(message(KEPT * 1.25 + 1)));
  assert.equal([room.items.length, room.items.at(-1).seq, room.older], [KEPT, KEPT * 1.25 + 1, true]);
});

test('whoever reads further up keeps those rows, and what goes is a gap', () => {
  const up = [page([]), { type: 'scrolled', ...lobby, readsAlong: false }];
  const room = inLobby(...up, told(...messages(1, KEPT * 8)), told(message(KEPT * 8 + 1)));
  assert.equal([room.items[0].seq, room.items.at(-1).seq, room.items.length], [1, KEPT * 8 + 1, KEPT * 5 + 1]);
  assert.equal(room.items.filter(({ type }) => type === 'gap').map((gap) => [gap.after, gap.until]), [[KEPT * 4, KEPT * 7 + 2]]);
});

test('how much is still to come after a break is known by the numbers', () => {
  const state = after({ type: 'opened', ...lobby }, page(messages(1, 3)), { type: 'room', ...lobby, state: 'replaying' }, numbers({ seq: 103, n: 103 }));
  assert.equal(behind(state), 100);
  assert.equal(behind(reduce(state, { type: 'room', ...lobby, state: 'live' })), 0);
});

test('a lost connection knows since when', () => {
  const connection = (name, now) => ({ type: 'connection', state: { name }, now });
  assert.equal(after(connection('connecting', 5), connection('open', 6)).lostAt, null);
  assert.equal(after(connection('open', 6), connection('waiting', 7), connection('connecting', 9)).lostAt, 7);
});

test('a forgotten room leaves another one open', () => {
  const state = after({ type: 'opened', room: 'a' }, { type: 'opened', room: 'b' }, { type: 'forgotten', room: 'b' });
  assert.equal([Object.keys(state.rooms), state.active], [['a'], 'a']);
});

test('what does not concern the page changes nothing', () => {
  const state = after({ type: 'opened', room: 'a' });
  assert.ok(reduce(state, told(message(1))) === state);
  assert.ok(reduce(state, { type: 'signal', room: 'a', kind: 'x-other' }) === state);
});
