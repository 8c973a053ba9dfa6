import { Announcements } from '../js/page/announcements.js';
import { completion, findEmoji, mentionsIn, withEmoji } from '../js/page/completion.js';
import { Frames } from '../js/page/frames.js';
import { neighbour } from '../js/page/neighbour.js';
import { roomName } from '../js/page/room-name.js';
import { holdsTopic, topicRoom } from '../js/page/topics.js';
import { FakeClock } from './fakes.js';
import { assert, test } from './runner.js';

const USERS = [
  { id: 'u1', name: 'Grace Hopper' },
  { id: 'u2', name: 'Alan' },
];
const labels = (text, users = USERS) => completion(text, text.length, users)?.choices.map(({ label }) => label) ?? null;

test('an @ offers people whose name or part of it begins so', () => {
  assert.equal(labels('@'), ['@Grace Hopper', '@Alan']);
  assert.equal(labels('hi @ho'), ['@Grace Hopper']);
  assert.equal(labels('(@grace h'), ['@Grace Hopper']);
  assert.equal([labels('mail@alan'), labels('@zoe'), labels('no')], [null, null, null]);
});

test('what is chosen replaces what was typed and nothing else', () => {
  const { start, end, choices } = completion('ask @al please', 7, USERS);
  assert.equal(['ask @al please'.slice(start, end), choices[0].insert, choices[0].user.id], ['@al', '@Alan ', 'u2']);
});

test('a colon and two letters offer emoji, those that begin so first', () => {
  assert.equal(labels(':tad'), ['🎉 :tada:']);
  assert.equal(findEmoji('heart')[0], ['heart', '❤️']);
  assert.equal([labels(':t'), labels('12:30'), labels('x:tada')], [null, null, null]);
});

test('short names that were typed whole become emoji, times and code do not', () => {
  assert.equal(withEmoji('done :tada: (:+1:) :nosuch: 12:30:45'), 'done 🎉 (👍) :nosuch: 12:30:45');
});

test('only those whose mention is still there are mentioned, each once', () => {
  assert.equal(mentionsIn('@Alan and @Alan', [USERS[1], USERS[0], USERS[1]]), [USERS[1]]);
});

test('a room is named as the server takes it', () => {
  assert.equal([roomName(' #Project X '), roomName('_x'), roomName(''), roomName('a/b')], ['Project-X', null, null, null]);
  assert.equal(roomName('cafe\u0301'), 'caf\u00e9');
});

test('three messages in five seconds are read out, the others are one sentence', () => {
  const clock = new FakeClock();
  const said = [];
  const announcements = new Announcements({ clock, say: (m) => said.push(m), saySum: (n) => said.push(`${n} more`) });
  for (const each of ['a', 'b', 'c', 'd', 'e']) announcements.heard(each);
  assert.equal(said, ['a', 'b', 'c']);
  clock.pass(5000);
  assert.equal(said, ['a', 'b', 'c', '2 more']);
  clock.pass(5000);
  announcements.heard('f');
  assert.equal(said.at(-1), 'f');
});

test('a room that never rests is one sentence each five seconds', () => {
  const clock = new FakeClock();
  const said = [];
  const announcements = new Announcements({ clock, say: (m) => said.push(m), saySum: (n) => said.push(n) });
  for (let i = 0; i < 200; i++) {
    announcements.heard('x');
    clock.pass(100);
  }
  assert.ok(said.length <= 3 * 5, `${said.length} in 20 s`);
  assert.equal(said.reduce((sum, each) => sum + (each === 'x' ? 1 : each), 0) >= 150, true);
});

test('a topic has a room whose name the server takes, its own for each room', () => {
  assert.equal(topicRoom('lobby'), 'state.topic.lobby');
  const long = 'x'.repeat(63);
  const rooms = ['x'.repeat(52), `${long}a`, `${long}b`, 'ж'.repeat(64), '𝔘'.repeat(64)].map(topicRoom);
  assert.equal(rooms[0], `state.topic.${'x'.repeat(52)}`);
  assert.equal(new Set(rooms).size, rooms.length);
  for (const room of rooms) assert.ok([...room].length === 64 && roomName(room) === room && holdsTopic(room), room);
});

/** A screen whose frames come when the test says so, and whose drawing takes as long as it says. */
function screen() {
  const clock = new FakeClock();
  const frames = [];
  const made = { clock, frames, cost: 0, drawn: 0, isHidden: false };
  const draw = () => {
    made.drawn++;
    clock.pass(made.cost);
  };
  made.subject = new Frames(draw, {
    frame: (f) => frames.push(f),
    later: (f, ms) => clock.setTimeout(f, ms),
    now: clock.now,
    hidden: () => made.isHidden,
  });
  made.showFrame = () => {
    frames.splice(0).forEach((f) => f());
    clock.pass(0);
  };
  return made;
}

test('however often something changes, it is drawn once a frame', () => {
  const page = screen();
  for (let i = 0; i < 5; i++) page.subject.ask();
  assert.equal([page.frames.length, page.drawn], [1, 0]);
  page.showFrame();
  page.subject.ask();
  assert.equal([page.frames.length, page.drawn], [1, 1]);
  page.showFrame();
  assert.equal(page.drawn, 2);
});

test('a frame that costs much is followed by time for other things, but not too long', () => {
  const page = screen();
  for (const [cost, wait] of [[20, 60], [500, 250]]) {
    page.cost = cost;
    page.subject.ask();
    page.showFrame();
    page.subject.ask();
    page.clock.pass(wait - 1);
    assert.equal(page.frames.length, 0);
    page.clock.pass(1);
    assert.equal(page.frames.length, 1);
    page.cost = 0;
    page.showFrame();
  }
});

test('a hidden page is drawn without frames, also when it was hidden before its frame came', () => {
  const page = screen();
  page.subject.ask();
  page.isHidden = true;
  page.subject.flush();
  assert.equal(page.drawn, 1);
  page.showFrame();
  assert.equal(page.drawn, 1);
  page.subject.ask();
  page.clock.pass(0);
  assert.equal(page.drawn, 2);
});

test('the neighbours of a room go round, and may be only those with something unread', () => {
  const rooms = { a: { name: 'a', unread: 0 }, b: { name: 'b', unread: 0 }, c: { name: 'c', unread: 2 } };
  assert.equal([neighbour({ rooms, active: 'a' }, 1, false), neighbour({ rooms, active: 'a' }, -1, false)], ['b', 'c']);
  assert.equal([neighbour({ rooms, active: 'a' }, 1, true), neighbour({ rooms, active: 'c' }, 1, true)], ['c', 'c']);
  assert.equal(neighbour({ rooms: {}, active: null }, 1, false), null);
});
