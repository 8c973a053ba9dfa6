-- Filled behind the log when somebody searches, so that no append waits for it.
CREATE TABLE indexed (
  room_id bigint PRIMARY KEY,
  epoch   text   NOT NULL,
  seq     bigint NOT NULL
);

CREATE TABLE words (
  room_id bigint   NOT NULL,
  seq     bigint   NOT NULL,
  text    tsvector NOT NULL,
  PRIMARY KEY (room_id, seq)
);
CREATE INDEX words_text ON words USING gin (text);
