-- The key that signs guests' cookies, one row; base64. Here, so that all nodes agree and a restart signs nobody out.
CREATE TABLE signing_key (
    name   TEXT NOT NULL PRIMARY KEY,
    secret TEXT NOT NULL
);

-- One row a sign-in of a guest. created: ms since 1970, renewed on a rename; revoked: ms since 1970, null while it holds.
CREATE TABLE sign_in (
    id      TEXT   NOT NULL PRIMARY KEY,
    guest   TEXT   NOT NULL,
    name    TEXT   NOT NULL,
    created BIGINT NOT NULL,
    revoked BIGINT
);

CREATE INDEX sign_in_created ON sign_in (created);

-- Users that came with a token: no guest gets their name. folded: the name as people confuse names.
CREATE TABLE token_user (
    id     TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL,
    folded TEXT NOT NULL
);

CREATE INDEX token_user_folded ON token_user (folded);
