-- Which nodes live, by this database's clock.
CREATE TABLE node (
  name text COLLATE "C" PRIMARY KEY,
  seen timestamptz NOT NULL,
  -- What it tells of itself, for the dashboards of the others.
  snapshot text
);

-- Nodes ask for those that were revoked lately.
CREATE INDEX sign_in_revoked ON sign_in (revoked) WHERE revoked IS NOT NULL;
