package org.parley.auth;

/** Told when a sign-in ends before its time, after the database has it and on the thread that ended it. */
public interface Revocations {
    /**
     * Ends what lives from this sign-in. Must return soon: somebody's HTTP request waits.
     *
     * @param identity the identity as it was when it was revoked; {@code signIn} is not null
     */
    void revoked(Identity identity);
}
