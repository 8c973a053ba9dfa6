const PREFIX = 'parley.';

/** Storage may be forbidden or full; the page works without it, it only forgets. */
function attempt(f) {
  try {
    return f();
  } catch (error) {
    console.warn('Nothing can be remembered in this browser:', error.message);
    return null;
  }
}

function read(key) {
  return attempt(() => JSON.parse(localStorage.getItem(PREFIX + key)));
}

function write(key, value) {
  attempt(() =>
    value === null || value === '' ? localStorage.removeItem(PREFIX + key) : localStorage.setItem(PREFIX + key, JSON.stringify(value)),
  );
}

const ANNOUNCE = ['off', 'mentions', 'all'];

/** What this browser remembers for convenience. Nothing that would be a loss: unsent messages are in the journal. */
export const remembered = {
  get rooms() {
    const known = read('rooms');
    return Array.isArray(known) ? known.filter((name) => typeof name === 'string') : [];
  },
  set rooms(names) {
    write('rooms', names);
  },
  get name() {
    const name = read('name');
    return typeof name === 'string' ? name : '';
  },
  set name(name) {
    write('name', name);
  },
  get language() {
    return read('language');
  },
  set language(language) {
    write('language', language);
  },
  /** Which new messages are read out: `off`, `mentions` or `all`. */
  get announce() {
    const mode = read('announce');
    return ANNOUNCE.includes(mode) ? mode : 'all';
  },
  set announce(mode) {
    write('announce', mode);
  },
  get notify() {
    return read('notify') === true;
  },
  set notify(wanted) {
    write('notify', wanted);
  },
  /** Whether others see, and with them the server, when somebody writes in an encrypted room. */
  get sealedTyping() {
    return read('sealed-typing') !== false;
  },
  set sealedTyping(wanted) {
    write('sealed-typing', wanted);
  },
  draft(room) {
    const text = read(`draft.${room}`);
    return typeof text === 'string' ? text : '';
  },
  keepDraft(room, text) {
    write(`draft.${room}`, text);
  },
  /** Whoever signs out leaves the settings of the browser, and nothing of what they wrote or where. */
  forget() {
    write('rooms', null);
    attempt(() => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(`${PREFIX}draft.`)) localStorage.removeItem(key);
    });
  },
};
