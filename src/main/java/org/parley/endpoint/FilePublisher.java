package org.parley.endpoint;

import java.util.concurrent.CompletableFuture;

import org.parley.hub.Access;
import org.parley.hub.Broadcast;
import org.parley.hub.Delivery;
import org.parley.hub.Publisher;
import org.parley.hub.User;

/** Publishes the one message about a file, in the name of whoever uploaded it. */
final class FilePublisher implements Publisher {
    private final Publisher uploader;
    private final CompletableFuture<Delivery> outcome = new CompletableFuture<>();

    FilePublisher(Publisher uploader) {
        this.uploader = uploader;
    }

    @Override
    public String id() {
        return uploader.id();
    }

    @Override
    public User user() {
        return uploader.user();
    }

    @Override
    public Access access() {
        return uploader.access();
    }

    @Override
    public void offer(Broadcast broadcast) {
        outcome.complete(broadcast.delivery());
    }

    /** Nothing waits: who needs the outcome is called by its completion, on a thread of its own. */
    @Override
    public void flush() {}

    /** Completed by the thread that commits for all rooms: whatever depends on it must run elsewhere. */
    CompletableFuture<Delivery> outcome() {
        return outcome;
    }
}
