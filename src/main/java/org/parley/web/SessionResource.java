package org.parley.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;

import org.parley.auth.Authentication;
import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.auth.Authenticator;
import org.parley.auth.Identity;
import org.parley.auth.SignIns;
import org.parley.auth.SignInsUnavailableException;
import org.parley.event.Event;
import org.parley.hub.ErrorCode;
import org.parley.hub.User;
import org.parley.json.InvalidJsonException;
import org.parley.json.Json;

/**
 * Signing in, who I am, and signing out.
 *
 * <pre>
 * POST   /api/session {"name":"Ada"}   201 {"user":{"id":"guest:…","name":"Ada","guest":true},"expires":…}, cookie
 *                                      200 the same guest under another name
 * GET    /api/session                  200 the same shape; 200 {"user":null} without any credential;
 *                                      401 a problem whose name says why the credential does not hold
 * DELETE /api/session                  204, the sign-in is revoked and the cookie gone
 * </pre>
 *
 * A page cannot see why a handshake was refused, so it asks with {@code GET}. {@code expires} is in milliseconds since
 * 1970, 0 = never.
 */
@RequestScoped
@Path("session")
@Produces(MediaType.APPLICATION_JSON)
public class SessionResource {
    private static final System.Logger LOG = System.getLogger(SessionResource.class.getName());
    private static final JsonProvider JSON = JsonProvider.provider();

    /** Enough for a name of 40 characters, each escaped; and too little to nest deep in. */
    private static final int MAX_BODY_BYTES = 1024;

    private static final String NOBODY =
            JSON.createObjectBuilder().addNull("user").build().toString();

    @Inject
    private Authenticator authenticator;

    @Inject
    private SignIns signIns;

    @Context
    private HttpServletRequest request;

    public SessionResource() {}

    SessionResource(Authenticator authenticator, SignIns signIns, HttpServletRequest request) {
        this.authenticator = authenticator;
        this.signIns = signIns;
        this.request = request;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response signIn(InputStream body) throws IOException {
        Optional<Identity> present = identity();
        if (present.isPresent() && present.get().signIn() == null) {
            return new Problem(409, "token", "Whoever comes with a token has the token's name.").response();
        }
        String name = name(body);
        Authentication outcome = authenticator.signIn(name, request.getRemoteAddr(), present);
        if (outcome instanceof Refused refused) {
            return Problem.of(refused).response();
        }
        Identity guest = ((Authenticated) outcome).identity();
        boolean renamed = present.map(Identity::user)
                .map(User::id)
                .filter(guest.user().id()::equals)
                .isPresent();
        return Response.status(renamed ? Response.Status.OK : Response.Status.CREATED)
                .entity(json(guest))
                .cookie(cookie(signIns.cookie(guest), (int) (SignIns.LIFETIME_MILLIS / 1000)))
                .build();
    }

    @GET
    public Response whoAmI() {
        if (authentication() instanceof Authenticated authenticated) {
            return Response.ok(json(authenticated.identity())).build();
        }
        Refused refused = (Refused) authentication();
        // A browser logs every 401 as an error; that somebody comes for the first time is none.
        return refused.reason() == Reason.MISSING
                ? Response.ok(NOBODY).build()
                : Problem.of(refused).response();
    }

    /** A cookie that is no good any more is taken away as well: to sign out twice is no error. */
    @DELETE
    public Response signOut() {
        if (authentication() instanceof Refused refused) {
            boolean nothingToEnd = refused.reason() == Reason.MISSING || refused.reason() == Reason.UNAVAILABLE;
            return nothingToEnd ? Problem.of(refused).response() : signedOut();
        }
        Identity identity = ((Authenticated) authentication()).identity();
        if (identity.signIn() == null) {
            return new Problem(409, "token", "A token ends where it was issued.").response();
        }
        try {
            signIns.revoke(identity);
            return signedOut();
        } catch (SignInsUnavailableException e) {
            Event.of("sign-out-unavailable")
                    .with("request", Caller.correlation(request))
                    .with("reason", e.getMessage())
                    .warn(LOG);
            return Problem.of(ErrorCode.UNAVAILABLE, "The sign-in could not be ended; it still holds.")
                    .response();
        }
    }

    private Response signedOut() {
        return Response.noContent().cookie(cookie("", 0)).build();
    }

    private Authentication authentication() {
        return Caller.authentication(request);
    }

    private Optional<Identity> identity() {
        return authentication() instanceof Authenticated authenticated
                ? Optional.of(authenticated.identity())
                : Optional.empty();
    }

    private String name(InputStream body) throws IOException {
        try {
            if (Json.read(JsonBody.read(request, body, MAX_BODY_BYTES)) instanceof JsonObject object) {
                if (object.get("name") instanceof JsonString name) {
                    return name.getString();
                }
                throw new Problem(400, "name-missing", "The body needs a member name, a string.").exception();
            }
        } catch (InvalidJsonException e) {
            Event.of("body-unread").with("request", Caller.correlation(request)).debug(LOG);
        }
        throw Problem.of(ErrorCode.MALFORMED, "The body is not a JSON object.").exception();
    }

    private NewCookie cookie(String value, int maxAgeSeconds) {
        String path = request.getContextPath();
        return new NewCookie.Builder(Authenticator.COOKIE)
                .value(value)
                .path(path.isEmpty() ? "/" : path)
                .maxAge(maxAgeSeconds)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    private static String json(Identity identity) {
        User user = identity.user();
        return JSON.createObjectBuilder()
                .add(
                        "user",
                        JSON.createObjectBuilder()
                                .add("id", user.id())
                                .add("name", user.name())
                                .add("guest", user.guest()))
                .add("expires", identity.expires())
                .build()
                .toString();
    }
}
