import { initial, KEPT, olderThan, reduce } from '../js/store/store.js';
import { golden, message, messages, WELCOME } from './fakes.js';
import { assert, test } from './runner.js';

const lobby = { room: 'lobby' };
const after = (...events) => events.reduce(reduce, initial);
const inLobby = (...events) => after({ type: 'user', user: WELCOME.user }, { type: 'opened', ...lobby }, ...events).rooms.lobby;
const page = (list, extra = {}) => ({ type: 'page', ...lobby, epoch: 'e1', messages: list, older: false, renewed: false, ...extra });
const told = (...list) => ({ type: 'messages', ...lobby, epoch: 'e1', messages: list });
const about = (seq, kind, body, from = 'guest:other') => message(seq, { kind, body, from });
const rows = (room) => room.items.map((item) => (item.type === 'gap' ? `gap ${item.after}` : item.seq));

test('a page and what follows it are one timeline', () => {
  const room = inLobby(page(messages(1, 2)), told(message(3)));
  assert.equal(rows(room), [1, 2, 3]);
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
  const room = inLobby(page([message(1)]), once);
  assert.equal(room.items[0].reactions, [{ emoji: '+', from: ['guest:other'] }]);
  const back = inLobby(page([message(1)]), once, told(about(4, 'react', { target: 1, emoji: '+', remove: true })));
  assert.equal(back.items[0].reactions, []);
});

test('what is about an unknown message changes nothing', () => {
  assert.equal(rows(inLobby(page([message(5)]), told(about(6, 'edit', { target: 1, text: 'x' })))), [5]);
});

test('a gap is a row, and an older page that reaches it closes it', () => {
  const holed = [page(messages(1, 3)), { type: 'gap', ...lobby, after: 3 }, told(...messages(8, 9))];
  const room = inLobby(...holed);
  assert.equal(rows(room), [1, 2, 3, 'gap 3', 8, 9]);
  assert.equal(olderThan(room, room.items[3]), 8);
  const part = { type: 'older', ...lobby, before: 8, messages: messages(6, 7), more: true };
  assert.equal(rows(inLobby(...holed, part)), [1, 2, 3, 'gap 3', 6, 7, 8, 9]);
  const rest = { type: 'older', ...lobby, before: 6, messages: messages(3, 5), more: true };
  assert.equal(rows(inLobby(...holed, part, rest)), [1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('a gap whose messages are gone stays and says so', () => {
  const room = inLobby(
    page(messages(1, 3)),
    { type: 'gap', ...lobby, after: 3 },
    told(message(8)),
    { type: 'older', ...lobby, before: 8, messages: [message(7)], more: false },
  );
  assert.equal(rows(room), [1, 2, 3, 'gap 3', 7, 8]);
  assert.ok(room.items[3].beyond);
});

test('a new numbering begins anew below a gap', () => {
  assert.equal(rows(inLobby(page(messages(1, 3)), page([message(1)], { epoch: 'e2', renewed: true }))), ['gap 0', 1]);
});

test('older messages come before the first and are not doubled', () => {
  const older = { type: 'older', ...lobby, before: 5, messages: messages(2, 5), more: true };
  const room = inLobby(page(messages(5, 6)), older);
  assert.equal(rows(room), [2, 3, 4, 5, 6]);
  assert.equal([room.older, olderThan(room)], [true, 2]);
});

const sending = { type: 'sending', ...lobby, id: 'id-1', kind: 'text', body: { text: 'x' }, time: 1 };
const sent = { type: 'sent', ...lobby, id: 'id-1', seq: 1, time: 2 };
const mine = told(message(1, { from: WELCOME.user.id }));

test('an own message is shown once, whichever of ack and message comes first', () => {
  for (const events of [[sending, sent, mine], [sending, mine, sent], [sending, sent, page([message(1)])]]) {
    const room = inLobby(...events);
    assert.equal([rows(room), room.outgoing], [[1], []]);
  }
  assert.equal(inLobby(sending, sent).outgoing.map(({ state }) => state), ['sent']);
});

test('a message that failed can be sent again or thrown away', () => {
  const failed = { type: 'failed', ...lobby, id: 'id-1', error: { name: 'forbidden' } };
  assert.equal(inLobby(sending, failed).outgoing.map(({ state }) => state), ['failed']);
  assert.equal(inLobby(sending, failed, { type: 'resending', ...lobby, id: 'id-1' }).outgoing[0].state, 'sending');
  assert.equal(inLobby(sending, failed, { type: 'discarded', ...lobby, id: 'id-1' }).outgoing, []);
});

test('only what others wrote in a room that is not shown is unread', () => {
  const elsewhere = [{ type: 'known', rooms: [{ room: 'lobby', unread: 2 }] }, { type: 'opened', room: 'other' }];
  const unread = (...events) => after({ type: 'user', user: WELCOME.user }, ...elsewhere, ...events).rooms.lobby.unread;
  assert.equal(unread(told(message(1), about(2, 'react', { target: 1, emoji: '+' }))), 3);
  assert.equal(unread(mine), 2);
  assert.equal(unread({ type: 'opened', ...lobby }), 0);
});

test('the open room of a hidden page counts too, until the page is seen', () => {
  const hidden = [page([]), { type: 'visible', visible: false }, told(message(1))];
  assert.equal(inLobby(...hidden).unread, 1);
  assert.equal(inLobby(...hidden, { type: 'visible', visible: true }).unread, 0);
});

test('what was read in another tab is read here', () => {
  const unread = [page([]), { type: 'visible', visible: false }, told(...messages(1, 3))];
  assert.equal(inLobby(...unread, { type: 'read', ...lobby, seq: 2 }).unread, 3);
  assert.equal(inLobby(...unread, { type: 'read', ...lobby, seq: 3 }).unread, 0);
});

test('somebody types until they have written or some time has passed', async () => {
  const typing = { ...(await golden('server-signal')), until: 5000 };
  const names = (...events) => inLobby(...events).typing.map(({ name }) => name);
  assert.equal(names(typing, typing), ['Grace']);
  assert.equal(names(typing, told(message(1, { from: typing.from }))), []);
  assert.equal(names(typing, { type: 'typing-ended', ...lobby, now: 4999 }), ['Grace']);
  assert.equal(names(typing, { type: 'typing-ended', ...lobby, now: 5000 }), []);
  assert.equal(names({ ...typing, from: WELCOME.user.id }), []);
});

test('members come and go', async () => {
  const { present } = await golden('server-joined');
  const room = inLobby({ type: 'present', ...lobby, class: 'log', ...present }, {
    ...(await golden('server-presence')),
    left: [present.users[0]],
  });
  assert.equal(room.users.map(({ name }) => name), ['Grace']);
  assert.equal(room.count, 2);
});

test('a latest room shows one value', () => {
  const room = inLobby({ type: 'present', ...lobby, class: 'latest', count: 0, users: [] }, page([message(1)]), told(message(9)));
  assert.equal(rows(room), [9]);
});

test('a room that goes on for weeks keeps its newest rows and can be asked for the others', () => {
  const room = inLobby(page([]), told(...messages(1, KEPT * 1.25)), told(message(KEPT * 1.25 + 1)));
  assert.equal([room.items.length, room.items.at(-1).seq, room.older], [KEPT, KEPT * 1.25 + 1, true]);
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
