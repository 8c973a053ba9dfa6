package org.parley.auth;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Reason;
import org.parley.auth.Authentication.Refused;
import org.parley.hub.Access;
import org.parley.hub.User;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.SECONDS;

/**
 * Guests' sign-ins. A sign-in holds for 180 days or until it is revoked, on every node that shares the database. Every
 * method may throw {@link SignInsUnavailableException}.
 */
public final class SignIns {
    /** How long a sign-in holds, in milliseconds. */
    public static final long LIFETIME_MILLIS = DAYS.toMillis(180);

    /**
     * For how long a node may go on taking a cookie that another node revoked, in milliseconds. The node that revokes
     * knows at once.
     */
    static final long CHECK_GOOD_FOR_MILLIS = SECONDS.toMillis(10);

    private static final String GUEST = "guest:";
    private static final int KEY_BYTES = 32;
    private static final int ID_BYTES = 16;
    private static final int CHECKED = 20_000;

    private final SignInTable table;
    private final Clock clock;
    private final SecureRandom random;
    private final SignedCookie cookie;
    private final RecentlyChecked<Boolean> holding = new RecentlyChecked<>(CHECKED, CHECK_GOOD_FOR_MILLIS);
    private final RecentlyChecked<String> seenNames = new RecentlyChecked<>(CHECKED, HOURS.toMillis(1));
    private final List<Revocations> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong nextSweep = new AtomicLong();

    /**
     * Reads the signing key, or makes it on the first start.
     *
     * @param database migrated; each connection in auto-commit mode
     */
    public SignIns(DataSource database, Clock clock, SecureRandom random) {
        this.table = new SignInTable(database);
        this.clock = clock;
        this.random = random;
        byte[] offered = new byte[KEY_BYTES];
        random.nextBytes(offered);
        this.cookie = new SignedCookie(table.key(offered));
    }

    /**
     * A new guest.
     *
     * @throws NameException if the name is not allowed, or is a token user's
     */
    public Identity signIn(String name) throws NameException {
        SignedCookie.Content content =
                new SignedCookie.Content(randomId(), randomId(), guestName(name), clock.millis());
        forgetExpired(content.created());
        table.insert(content);
        return identity(content);
    }

    /**
     * The same guest under another name, for another 180 days.
     *
     * @return empty if the sign-in was revoked meanwhile
     * @throws NameException as {@link #signIn}
     */
    public Optional<Identity> rename(Identity guest, String name) throws NameException {
        SignedCookie.Content content = new SignedCookie.Content(
                guest.signIn(), guest.user().id().substring(GUEST.length()), guestName(name), clock.millis());
        return table.renew(content) ? Optional.of(identity(content)) : Optional.empty();
    }

    /** The value of the cookie for a guest's identity; only of characters that need no quotes (RFC 6265). */
    public String cookie(Identity guest) {
        return cookie.sign(new SignedCookie.Content(
                guest.signIn(),
                guest.user().id().substring(GUEST.length()),
                guest.user().name(),
                guest.expires() - LIFETIME_MILLIS));
    }

    /** Whom a cookie proves. */
    public Authentication verify(String value) {
        Optional<SignedCookie.Content> content = cookie.verify(value);
        if (content.isEmpty()) {
            return Refused.because(Reason.INVALID, "The cookie is not one that this server issued.");
        }
        Identity identity = identity(content.get());
        if (identity.expires() <= clock.millis()) {
            return Refused.because(Reason.EXPIRED, "The sign-in has expired.");
        }
        if (!holds(identity.signIn())) {
            return Refused.because(Reason.REVOKED, "The sign-in was ended.");
        }
        return new Authenticated(identity);
    }

    /**
     * Whether a sign-in has not been revoked. A connection asks again after it is registered with the hub: a revocation
     * between the handshake and then would miss it.
     */
    public boolean holds(String signIn) {
        long now = clock.millis();
        return holding.get(signIn, now).orElseGet(() -> {
            boolean holds = table.holds(signIn);
            holding.putIfUnknown(signIn, holds, now);
            return holds;
        });
    }

    /** Ends a sign-in for good and tells the listeners. Of a sign-in that has ended already, the same again. */
    public void revoke(Identity guest) {
        long now = clock.millis();
        table.revoke(guest.signIn(), now);
        holding.put(guest.signIn(), false, now);
        listeners.forEach(listener -> listener.revoked(guest));
    }

    /**
     * The ids of users whose sign-in was revoked lately, on any node: a node may have missed to be told so.
     *
     * @return those of the last minutes, each time anew; clocks of nodes may differ by as much
     */
    public List<String> revokedLately() {
        return table.guestsRevokedSince(clock.millis() - MINUTES.toMillis(5)).stream()
                .map(guest -> GUEST + guest)
                .toList();
    }

    /** From now on the listener is told of each revocation on this node. */
    public void onRevoked(Revocations listener) {
        listeners.add(listener);
    }

    /** Keeps the name of a token user from guests. Costs a statement an hour, and one for each new name. */
    void seen(User tokenUser) {
        long now = clock.millis();
        if (seenNames.get(tokenUser.id(), now).filter(tokenUser.name()::equals).isPresent()) {
            return;
        }
        table.tokenUser(tokenUser.id(), tokenUser.name(), Name.folded(tokenUser.name()));
        seenNames.put(tokenUser.id(), tokenUser.name(), now);
    }

    private String guestName(String raw) throws NameException {
        String name = Name.of(raw);
        if (table.tokenUserIsCalled(Name.folded(name))) {
            throw new NameException("That name belongs to somebody else.", true);
        }
        return name;
    }

    private void forgetExpired(long now) {
        long due = nextSweep.get();
        if (now >= due && nextSweep.compareAndSet(due, now + HOURS.toMillis(1))) {
            table.deleteCreatedBefore(now - LIFETIME_MILLIS);
        }
    }

    private static Identity identity(SignedCookie.Content content) {
        User user = new User(GUEST + content.guest(), content.name(), true);
        return new Identity(user, Access.EVERY_ROOM, content.created() + LIFETIME_MILLIS, content.signIn());
    }

    private String randomId() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
