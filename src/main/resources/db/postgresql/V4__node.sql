-- Which nodes live, by this database's clock.
CREATE TABLE node (
  name text COLLATE "C" PRIMARY KEY,
  seen timestamptz NOT NULL
);
