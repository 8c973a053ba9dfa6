CREATE TABLE file (
  number      INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT    NOT NULL UNIQUE,
  room        TEXT    NOT NULL,
  owner       TEXT    NOT NULL,
  owner_name  TEXT    NOT NULL,
  guest       INTEGER NOT NULL,
  name        TEXT,
  type        TEXT    NOT NULL,
  size        INTEGER NOT NULL,
  chunk_bytes INTEGER NOT NULL,
  -- Bytes that are stored, from the first on: it changes together with the rows of chunks.
  have        INTEGER NOT NULL DEFAULT 0,
  sha256      TEXT,
  image       TEXT,
  created     INTEGER NOT NULL,
  touched     INTEGER NOT NULL,
  -- 0 unfinished, 1 stored, 2 deleted: its chunks are being removed.
  state       INTEGER NOT NULL DEFAULT 0,
  -- The message that it hangs on; 0: not known.
  seq         INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX file_unfinished ON file (owner) WHERE state = 0;
CREATE INDEX file_message ON file (room, seq) WHERE seq > 0;

CREATE TABLE chunk (
  file_number INTEGER NOT NULL,
  position    INTEGER NOT NULL,
  bytes       BLOB    NOT NULL,
  PRIMARY KEY (file_number, position)
) STRICT;

-- How many bytes a user or a room has stored: "user …" or "room …".
CREATE TABLE file_usage (
  whose TEXT PRIMARY KEY,
  bytes INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
