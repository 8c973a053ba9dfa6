package org.parley.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A connection that keeps what it is offered, and checks what the hub must never do to one. */
final class RecordingConnection implements Connection {
    private static final AtomicInteger IDS = new AtomicInteger();

    private final String id = "c" + IDS.incrementAndGet();
    private final User user;
    private final Access access;
    private final List<Delivery> deliveries = new ArrayList<>();
    private Disconnect disconnected;

    RecordingConnection(String user) {
        this(user, Access.EVERY_ROOM);
    }

    RecordingConnection(String user, Access access) {
        this.user = new User("guest:" + user, user, true);
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
    public void prepare(Broadcast broadcast) {
        assertThat(Thread.holdsLock(this)).isFalse();
    }

    @Override
    public synchronized void offer(Broadcast broadcast) {
        deliveries.add(broadcast.delivery());
        notifyAll();
    }

    @Override
    public void flush() {
        // What is offered counts as sent.
    }

    @Override
    public synchronized void disconnect(Disconnect why) {
        disconnected = why;
    }

    synchronized Disconnect disconnected() {
        return disconnected;
    }

    synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    synchronized void forget() {
        deliveries.clear();
    }

    /** Waits for an answer to that request and gives it. */
    <D extends Delivery> D answer(String request, Class<D> type) {
        await().until(() -> deliveries().stream().anyMatch(d -> request.equals(d.request())));
        Delivery answer = deliveries().stream()
                .filter(d -> request.equals(d.request()))
                .findFirst()
                .orElseThrow();
        assertThat(answer).isInstanceOf(type);
        return type.cast(answer);
    }

    <D extends Delivery> List<D> all(Class<D> type) {
        return deliveries().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Every message of pushes and pages, in the order they came. */
    List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        for (Delivery delivery : deliveries()) {
            if (delivery instanceof Delivery.Messages pushed) {
                messages.addAll(pushed.messages());
            } else if (delivery instanceof Delivery.Joined joined) {
                messages.addAll(joined.messages());
            } else if (delivery instanceof Delivery.History history) {
                messages.addAll(history.messages());
            }
        }
        return messages;
    }

    List<Long> seqs() {
        return messages().stream().map(Message::seq).toList();
    }
}
