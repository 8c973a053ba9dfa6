CREATE TABLE room (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name      text COLLATE "C" NOT NULL UNIQUE,
  class     text   NOT NULL CHECK (class IN ('LOG', 'LATEST', 'EPHEMERAL')),
  epoch     text   NOT NULL,
  last      bigint NOT NULL DEFAULT 0,
  n         bigint NOT NULL DEFAULT 0,
  time      bigint NOT NULL DEFAULT 0,
  -- The oldest seq that is still there (last + 1: none), and n as it was before it.
  first     bigint NOT NULL DEFAULT 1,
  trimmed_n bigint NOT NULL DEFAULT 0,
  last_root bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50);

CREATE TABLE message (
  room_id     bigint  NOT NULL,
  seq         bigint  NOT NULL,
  n           bigint  NOT NULL,
  time        bigint  NOT NULL,
  id          text    NOT NULL,
  sender      text    NOT NULL,
  sender_name text    NOT NULL,
  guest       boolean NOT NULL,
  kind        text    NOT NULL,
  body        text    NOT NULL,
  -- The seq of the root message before this entry, 0 if there is none: a chain costs a page less than an index.
  root_before bigint NOT NULL,
  -- The seq that an edit, delete or reaction is about; null for a root message.
  target      bigint,
  edited      bigint  NOT NULL DEFAULT 0,
  deleted     bigint  NOT NULL DEFAULT 0,
  PRIMARY KEY (room_id, seq)
);

-- The edits of a message that is being deleted.
CREATE INDEX message_edit ON message (room_id, target) WHERE kind = 'edit';

CREATE TABLE idempotency (
  -- Ascends as keys come in, so that sweeping the oldest needs no index on time.
  number  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  room_id bigint NOT NULL,
  sender  text COLLATE "C" NOT NULL,
  id      text COLLATE "C" NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
  seq     bigint NOT NULL,
  time    bigint NOT NULL,
  stored  bigint NOT NULL,
  -- Ids begin with the time: with them in front, a batch of many rooms and senders touches few pages of the index.
  UNIQUE (id, sender, room_id)
);

CREATE TABLE reaction (
  room_id bigint NOT NULL,
  target  bigint NOT NULL,
  emoji   text COLLATE "C" NOT NULL,
  sender  text COLLATE "C" NOT NULL,
  seq     bigint NOT NULL,
  PRIMARY KEY (room_id, target, emoji, sender)
);

CREATE TABLE following (
  follower text COLLATE "C" NOT NULL,
  room_id  bigint NOT NULL,
  -- The read marker, and n as it was there: the row it was read from may be trimmed.
  seq      bigint NOT NULL,
  n        bigint NOT NULL,
  PRIMARY KEY (follower, room_id)
);

-- The database cluster and timeline that the epochs belong to.
CREATE TABLE cluster (
  one      integer PRIMARY KEY CHECK (one = 1),
  identity text NOT NULL
);
INSERT INTO cluster (one, identity) VALUES (1, '');
