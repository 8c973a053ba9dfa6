package org.parley.web;

import java.util.concurrent.CompletableFuture;

import org.parley.auth.Identity;
import org.parley.hub.Access;
import org.parley.hub.Broadcast;
import org.parley.hub.Delivery;
import org.parley.hub.Publisher;
import org.parley.hub.User;

/** One call that publishes one message and is told once what became of it. */
final class HttpPublisher implements Publisher {
    private final Identity identity;
    private final String id;
    private final CompletableFuture<Delivery> outcome = new CompletableFuture<>();

    HttpPublisher(Identity identity, String id) {
        this.identity = identity;
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public User user() {
        return identity.user();
    }

    @Override
    public Access access() {
        return identity.access();
    }

    @Override
    public void offer(Broadcast broadcast) {
        outcome.complete(broadcast.delivery());
    }

    /** Nothing waits: who needs the outcome is called by its completion, on a thread of his own. */
    @Override
    public void flush() {}

    /** Completed by the thread that commits for all rooms: whatever depends on it must run elsewhere. */
    CompletableFuture<Delivery> outcome() {
        return outcome;
    }
}
