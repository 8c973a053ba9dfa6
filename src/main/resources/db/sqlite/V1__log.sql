CREATE TABLE room (
  id        INTEGER PRIMARY KEY,
  name      TEXT    NOT NULL UNIQUE,
  class     TEXT    NOT NULL CHECK (class IN ('LOG', 'LATEST', 'EPHEMERAL')),
  epoch     TEXT    NOT NULL,
  last      INTEGER NOT NULL DEFAULT 0,
  n         INTEGER NOT NULL DEFAULT 0,
  time      INTEGER NOT NULL DEFAULT 0,
  -- The oldest seq that is still there (last + 1: none), and n as it was before it.
  first     INTEGER NOT NULL DEFAULT 1,
  trimmed_n INTEGER NOT NULL DEFAULT 0,
  last_root INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE message (
  room_id     INTEGER NOT NULL,
  seq         INTEGER NOT NULL,
  n           INTEGER NOT NULL,
  time        INTEGER NOT NULL,
  id          TEXT    NOT NULL,
  sender      TEXT    NOT NULL,
  sender_name TEXT    NOT NULL,
  guest       INTEGER NOT NULL,
  kind        TEXT    NOT NULL,
  body        TEXT    NOT NULL,
  -- The seq of the root message before this entry, 0 if there is none: a chain costs a page less than an index.
  root_before INTEGER NOT NULL,
  -- The seq that an edit, delete or reaction is about; null for a root message.
  target      INTEGER,
  edited      INTEGER NOT NULL DEFAULT 0,
  deleted     INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (room_id, seq)
) WITHOUT ROWID;

-- The edits of a message that is being deleted.
CREATE INDEX message_edit ON message (room_id, target) WHERE kind = 'edit';

CREATE TABLE idempotency (
  -- Ascends as keys come in, so that sweeping the oldest needs no index on time.
  number  INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL,
  sender  TEXT    NOT NULL,
  id      TEXT    NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
  seq     INTEGER NOT NULL,
  time    INTEGER NOT NULL,
  stored  INTEGER NOT NULL,
  -- Ids begin with the time: with them in front, a batch of many rooms and senders touches few pages of the index.
  UNIQUE (id, sender, room_id)
);

CREATE TABLE reaction (
  room_id INTEGER NOT NULL,
  target  INTEGER NOT NULL,
  emoji   TEXT    NOT NULL,
  sender  TEXT    NOT NULL,
  seq     INTEGER NOT NULL,
  PRIMARY KEY (room_id, target, emoji, sender)
) WITHOUT ROWID;

CREATE TABLE following (
  follower TEXT    NOT NULL,
  room_id  INTEGER NOT NULL,
  -- The read marker, and n as it was there: the row it was read from may be trimmed.
  seq      INTEGER NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (follower, room_id)
) WITHOUT ROWID;
