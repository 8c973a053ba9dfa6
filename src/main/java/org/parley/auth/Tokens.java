package org.parley.auth;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;

import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.event.Event;
import org.parley.hub.User;

/**
 * Verifies JSON Web Tokens (RFC 7519): HS256 by a shared secret; RS256, ES256 and EdDSA with Ed25519 (RFC 8037) by the
 * issuer's published keys. Unsigned and encrypted tokens are refused.
 *
 * <p>Claims: {@code sub} (required, 1–255 characters), {@code exp} (required), {@code nbf} (with 60 s of tolerance),
 * {@code iss} and {@code aud} as the settings say, {@code name} (shown; else the subject), and {@code rooms}:
 *
 * <pre>{"rooms": {"team.*": "rw", "news": "r"}}      or      {"rooms": {"*": "admin"}}</pre>
 *
 * an object from pattern to right. A pattern is a room's name, or a beginning followed by one {@code *}; a right is
 * {@code r}, {@code w}, {@code rw}, or {@code admin} with the pattern {@code *}. What matching patterns grant adds up, a
 * room that none matches is closed. Without the claim every room is open and nothing can be administered.
 *
 * <p>The user's id is {@code user:<issuer>:<subject>}; {@code %} and {@code :} in the issuer are percent-encoded, so that
 * no two pairs make the same id. A token without an issuer makes {@code user::<subject>}.
 */
public final class Tokens implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Tokens.class.getName());
    private static final int MAX_TOKEN_CHARACTERS = 8 * 1024;
    private static final int MAX_NAME_PART = 255;
    private static final int CLOCK_SKEW_SECONDS = 60;
    private static final Refused KEYS_UNAVAILABLE =
            new Refused(Reason.UNAVAILABLE, "The issuer's keys cannot be had at the moment.", Duration.ofSeconds(30));

    private final TokenKeys keys;
    private final Clock clock;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /** @throws IllegalArgumentException if the secret is too short or the JWKS has no usable address */
    public Tokens(TokenSettings settings, Clock clock) {
        this.keys = new TokenKeys(settings);
        this.clock = clock;
        processor.setJWSKeySelector(keys);
        processor.setJWSVerifierFactory(keys.verifiers());
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWTClaimsSetVerifier(claims(settings, clock));
    }

    /** Whom a token in compact form proves. May wait for the issuer's keys, at most a few seconds. */
    public Authentication verify(String token) {
        if (keys.none()) {
            return Refused.because(Reason.NOT_ACCEPTED, "This server has no key to check tokens with.");
        }
        if (token.length() > MAX_TOKEN_CHARACTERS) {
            return invalid("The token is longer than " + MAX_TOKEN_CHARACTERS + " characters.");
        }
        try {
            return authenticated(processor.process(token, null));
        } catch (ExpiredJWTException e) {
            return expired();
        } catch (BadJWTException e) {
            // Claims are looked at after the signature, so the message tells a holder about his own token only.
            return invalid("The token is not accepted: " + e.getMessage() + ".");
        } catch (BadJOSEException e) {
            return invalid("The token's signature, key or algorithm is not accepted.");
        } catch (ParseException e) {
            return invalid("The token is malformed.");
        } catch (RateLimitReachedException e) {
            // Not a warning: whoever invents key ids would fill the log.
            Event.of("keys-asked-a-moment-ago").debug(LOG);
            return KEYS_UNAVAILABLE;
        } catch (KeySourceException e) {
            Event.of("keys-unavailable").with("reason", e.getMessage()).warn(LOG);
            return KEYS_UNAVAILABLE;
        } catch (JOSEException | RuntimeException e) {
            // Its message may quote the token.
            Event.of("token-unprocessed")
                    .with("failure", e.getClass().getSimpleName())
                    .debug(LOG);
            return invalid("The token could not be processed.");
        }
    }

    private Authentication authenticated(JWTClaimsSet claims) throws BadJWTException {
        // The verifier's tolerance is for nbf: a connection ends when its token does, so there is none here.
        long expires = claims.getExpirationTime().getTime();
        if (expires <= clock.millis()) {
            return expired();
        }
        String subject = claims.getSubject();
        String issuer = claims.getIssuer() == null ? "" : claims.getIssuer();
        if (!storable(subject) || subject.isEmpty() || !storable(issuer)) {
            throw new BadJWTException("sub or iss is empty, too long, or has control characters");
        }
        try {
            User user = new User(id(issuer, subject), Name.label(name(claims), Name.label(subject, "?")), false);
            return new Authenticated(new Identity(user, TokenAccess.of(claims.getClaim("rooms")), expires, null));
        } catch (ParseException e) {
            throw new BadJWTException(e.getMessage(), e);
        }
    }

    private static String name(JWTClaimsSet claims) throws ParseException {
        String name = claims.getStringClaim("name");
        return name == null ? claims.getSubject() : name;
    }

    private static String id(String issuer, String subject) {
        return "user:" + issuer.replace("%", "%25").replace(":", "%3A") + ":" + subject;
    }

    private static boolean storable(String part) {
        return part.length() <= MAX_NAME_PART && part.codePoints().noneMatch(Character::isISOControl);
    }

    private static DefaultJWTClaimsVerifier<SecurityContext> claims(TokenSettings settings, Clock clock) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        settings.issuer().ifPresent(exact::issuer);
        Set<String> audience =
                settings.audience().map(List::of).map(HashSet::new).orElse(null);
        DefaultJWTClaimsVerifier<SecurityContext> verifier =
                new DefaultJWTClaimsVerifier<>(audience, exact.build(), Set.of("sub", "exp"), null) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        verifier.setMaxClockSkew(CLOCK_SKEW_SECONDS);
        return verifier;
    }

    private static Refused invalid(String detail) {
        return Refused.because(Reason.INVALID, detail);
    }

    private static Refused expired() {
        return Refused.because(Reason.EXPIRED, "The token has expired.");
    }

    /** Stops the thread that refreshes the issuer's keys. */
    @Override
    public void close() {
        keys.close();
    }
}
