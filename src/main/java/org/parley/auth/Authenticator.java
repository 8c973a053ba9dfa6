package org.parley.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.event.Event;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Decides whom a request comes from. The first credential that is present decides, in the order {@code Authorization},
 * subprotocol, cookie, query; a bad one is refused and no later one is tried, so that a client learns which is bad.
 */
public final class Authenticator {
    /** The name of the cookie. Not {@code session}: an endpoint of the tutorials echoes the cookie of that name. */
    public static final String COOKIE = "parley";

    private static final System.Logger LOG = System.getLogger(Authenticator.class.getName());
    private static final Refused UNAVAILABLE =
            new Refused(Reason.UNAVAILABLE, "Sign-ins cannot be checked at the moment.", Duration.ofSeconds(2));

    private final Mode mode;
    private final SignIns signIns;
    private final Tokens tokens;
    private final SignInLimit limit;

    /** @param signInsPerMinute how many sign-ins one address gets a minute; 0 = no limit */
    public Authenticator(Mode mode, SignIns signIns, Tokens tokens, int signInsPerMinute, Clock clock) {
        this.mode = mode;
        this.signIns = signIns;
        this.tokens = tokens;
        this.limit = new SignInLimit(signInsPerMinute, clock);
    }

    public Authentication authenticate(Credentials credentials) {
        if (credentials.bearer().isPresent()) {
            return token(credentials.bearer().get());
        }
        if (credentials.subprotocol().isPresent()) {
            return decoded(credentials.subprotocol().get())
                    .map(this::token)
                    .orElseGet(() -> Refused.because(Reason.INVALID, "The subprotocol's token is not base64url."));
        }
        if (credentials.cookie().isPresent() && mode.guests()) {
            return guest(credentials.cookie().get());
        }
        if (credentials.query().isPresent()) {
            return token(credentials.query().get());
        }
        return Refused.because(Reason.MISSING, missing());
    }

    /** Whom a token proves: for a connection that brings a new one. */
    public Authentication token(String token) {
        if (!mode.tokens()) {
            return Refused.because(Reason.NOT_ACCEPTED, "This server takes no tokens, only guests.");
        }
        Authentication outcome = tokens.verify(token);
        if (outcome instanceof Authenticated authenticated) {
            remember(authenticated.identity());
        }
        return outcome;
    }

    /**
     * Signs a guest in, or gives one that is signed in another name.
     *
     * @param address the peer's, numeric: what the rate limit counts by
     * @param present who the guest is so far, if the request proved it
     */
    public Authentication signIn(String name, String address, Optional<Identity> present) {
        if (!mode.guests()) {
            return Refused.because(Reason.NOT_ACCEPTED, "This server takes no guests: a token is needed.");
        }
        Duration wait = limit.take(address);
        if (!wait.isZero()) {
            return new Refused(Reason.TOO_MANY_REQUESTS, "Too many sign-ins from this address.", wait);
        }
        try {
            return new Authenticated(present.isPresent() ? renamed(present.get(), name) : signIns.signIn(name));
        } catch (NameException e) {
            return Refused.because(e.taken() ? Reason.NAME_TAKEN : Reason.NAME_NOT_ALLOWED, e.getMessage());
        } catch (SignInsUnavailableException e) {
            Event.of("sign-in-unavailable").with("reason", e.getMessage()).warn(LOG);
            return UNAVAILABLE;
        }
    }

    private Identity renamed(Identity guest, String name) throws NameException {
        Optional<Identity> renamed = signIns.rename(guest, name);
        return renamed.isPresent() ? renamed.get() : signIns.signIn(name);
    }

    private Authentication guest(String cookie) {
        try {
            return signIns.verify(cookie);
        } catch (SignInsUnavailableException e) {
            Event.of("sign-in-unchecked").with("reason", e.getMessage()).warn(LOG);
            return UNAVAILABLE;
        }
    }

    /** A token stands for itself: its user comes in even when the database cannot note the name. */
    private void remember(Identity identity) {
        try {
            signIns.seen(identity.user());
        } catch (SignInsUnavailableException e) {
            // Until the next try the name is not kept from guests.
            Event.of("name-not-kept").with("reason", e.getMessage()).warn(LOG);
        }
    }

    private String missing() {
        return switch (mode) {
            case GUEST -> "Nobody is signed in.";
            case TOKEN -> "A token is needed.";
            case BOTH -> "Nobody is signed in, and there is no token.";
        };
    }

    private static Optional<String> decoded(String base64url) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(base64url), UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
