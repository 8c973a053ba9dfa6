package org.parley.auth;

import org.parley.hub.Access;
import org.parley.hub.User;

/**
 * What a credential proved.
 *
 * @param user who it is
 * @param access what the user may do with this credential
 * @param expires when the credential ends, in milliseconds since 1970; 0 = never
 * @param signIn the id of the sign-in that can be revoked; null for a token
 */
public record Identity(User user, Access access, long expires, String signIn) {}
