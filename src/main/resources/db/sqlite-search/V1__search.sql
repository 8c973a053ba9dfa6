-- Up to which seq of which epoch a room is in the index.
CREATE TABLE indexed (
  room_id INTEGER PRIMARY KEY,
  epoch   TEXT    NOT NULL,
  seq     INTEGER NOT NULL
);

-- A row's id is the room's id and the seq, so that a room is a range of ids. The texts themselves are in chat.db only.
CREATE VIRTUAL TABLE words USING fts5 (
  text,
  content = '',
  contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 2'
);
