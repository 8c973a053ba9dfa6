package org.parley.hub;

import java.util.concurrent.CompletableFuture;

/** The publisher of one message that no connection waits for: told once what became of it. */
public final class SinglePublish implements Publisher {
    private final String id;
    private final User user;
    private final Access access;
    private final CompletableFuture<Delivery> outcome = new CompletableFuture<>();

    /** @param id for logs: of the call or connection that it was asked for by */
    public SinglePublish(String id, User user, Access access) {
        this.id = id;
        this.user = user;
        this.access = access;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public User user() {
        return user;
    }

    @Override
    public Access access() {
        return access;
    }

    @Override
    public void offer(Broadcast broadcast) {
        outcome.complete(broadcast.delivery());
    }

    /** Nothing waits: who needs the outcome is called by its completion, on a thread of its own. */
    @Override
    public void flush() {}

    /** Completed by the thread that commits for all rooms: whatever depends on it must run elsewhere. */
    public CompletableFuture<Delivery> outcome() {
        return outcome;
    }
}
