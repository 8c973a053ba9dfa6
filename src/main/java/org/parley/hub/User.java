package org.parley.hub;

/**
 * Who sends: {@code guest:<random>} for a guest, {@code user:<issuer>:<subject>} for somebody with a token.
 *
 * @param id stable and unique; what authorship, markers and idempotency hang on
 * @param name what people read: a label, neither unique nor an identity
 * @param guest whether nobody vouches for the name
 */
public record User(String id, String name, boolean guest) {}
