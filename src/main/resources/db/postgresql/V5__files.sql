CREATE TABLE file (
  number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          text COLLATE "C" NOT NULL UNIQUE,
  room        text COLLATE "C" NOT NULL,
  owner       text COLLATE "C" NOT NULL,
  owner_name  text    NOT NULL,
  guest       boolean NOT NULL,
  name        text,
  type        text    NOT NULL,
  size        bigint  NOT NULL,
  chunk_bytes integer NOT NULL,
  -- Bytes that are stored, from the first on: it changes together with the rows of chunks.
  have        bigint  NOT NULL DEFAULT 0,
  sha256      text,
  image       text,
  created     bigint  NOT NULL,
  touched     bigint  NOT NULL,
  -- 0 unfinished, 1 stored, 2 deleted: its chunks are being removed.
  state       integer NOT NULL DEFAULT 0,
  -- The message that it hangs on; 0: not known.
  seq         bigint  NOT NULL DEFAULT 0
);
CREATE INDEX file_unfinished ON file (owner) WHERE state = 0;
CREATE INDEX file_message ON file (room, seq) WHERE seq > 0;

CREATE TABLE chunk (
  file_number bigint NOT NULL,
  position    bigint NOT NULL,
  bytes       bytea  NOT NULL,
  PRIMARY KEY (file_number, position)
);
-- What people send is compressed already.
ALTER TABLE chunk ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- How many bytes a user or a room has stored: "user …" or "room …".
CREATE TABLE file_usage (
  whose text COLLATE "C" PRIMARY KEY,
  bytes bigint NOT NULL DEFAULT 0
);
